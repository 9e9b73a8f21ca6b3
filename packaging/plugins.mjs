import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { optionalPeers } from "./settings.mjs";

const peerFile = fileURLToPath(new URL("../src/peer.ts", import.meta.url));
const peerImport = new RegExp(`\\bimport\\("((?:${optionalPeers.join("|")})(?:/[\\w-]+)?)"\\)(?!\\.)`, "g");

/** Loads packages that the user may have installed by `peer` in src/peer.ts, wherever the sources import one when it is needed. */
export function peers() {
  return {
    name: "peers",
    setup({ onLoad }) {
      onLoad({ filter: /\/src\/.*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, "utf8");
        // Not in types: `typeof import("ccxt")`.
        const changed = text.replaceAll(peerImport, (whole, name, offset) =>
          /typeof\s*$/.test(text.slice(0, offset)) ? whole : `peer("${name}")`,
        );
        if (changed === text) return undefined;
        return { contents: `import { peer } from ${JSON.stringify(peerFile)};\n${changed}`, loader: "ts" };
      });
    },
  };
}

const named = `(node:)?(${builtinModules.join("|")})`;

/**
 * Node's own modules asked for by name where code in CommonJS requires them, which a module cannot; with `all`, wherever they are used, in a script
 * that is neither.
 */
export function builtins({ all = false } = {}) {
  return {
    name: "builtins",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: new RegExp(`^${named}$`) }, ({ path, kind }) =>
        all || kind === "require-call" ? { path: path.replace(/^(node:)?/, "node:"), namespace: "builtin" } : undefined,
      );
      onLoad({ filter: /.*/, namespace: "builtin" }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
      }));
    },
  };
}

/** One file with other contents. */
export function replaced(file, contents) {
  return {
    name: "replaced",
    setup({ onLoad }) {
      onLoad({ filter: /\/workerText\.ts$/ }, ({ path }) => (path === file ? { contents, loader: "ts" } : undefined));
    },
  };
}

/** What is loaded when it is needed, a part at a time: every `import()` of a file of a part loads the whole part, so that there are few files. */
export function parts(files, root) {
  return {
    name: "parts",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, kind, resolveDir }) => {
        const part = kind === "dynamic-import" && files.partOf(join(resolveDir, path));
        return part ? { path: part, namespace: "part" } : undefined;
      });
      onLoad({ filter: /.*/, namespace: "part" }, ({ path }) => ({
        contents: files
          .filesOf(path)
          .map((file) => `export * from ${JSON.stringify(file)};`)
          .join("\n"),
        resolveDir: dirname(join(root, "package.json")),
      }));
    },
  };
}
