import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const imports = /\b(from|import)(\s*\(?\s*)"([^"]+)"/g;

/** Writes the typings that tsc made of the entries, and those that they refer to, into the package. They need no other package's but Node's. */
export function copyTypes(root, entries) {
  const [from, to] = [join(root, "modules"), join(root, "dist/types")];
  const found = new Set();
  const places = exportsOf(readFileSync(join(from, "index.d.ts"), "utf8"));
  const copy = (name) => {
    if (found.has(name)) return;
    found.add(name);
    // The compiler names a type that a file does not import by the entry that exports it, which would bring all the others with it.
    const own = readFileSync(join(from, name), "utf8").replaceAll(
      /\bimport\("(?:\.\.?\/)+index\.ts"\)\.(\w+)/g,
      (whole, type) => {
        const place = places.get(type);
        if (!place) return whole;
        const path = relative(dirname(name), place);
        return `import("${path.startsWith(".") ? path : `./${path}`}").${type}`;
      },
    );
    const text = own.replaceAll(imports, (whole, word, between, path) => {
      if (path === "valibot") return `${word}${between}"./${relative(dirname(name), "valibot.js")}"`;
      if (!path.startsWith(".")) return whole;
      copy(join(dirname(name), path.replace(/\.[jt]s$/, ".d.ts")));
      return `${word}${between}"${path.replace(/\.ts$/, ".js")}"`;
    });
    mkdirSync(join(to, dirname(name)), { recursive: true });
    writeFileSync(join(to, name), text);
  };
  for (const entry of entries) copy(`${entry}.d.ts`);
  copyFileSync(fileURLToPath(new URL("valibot.d.ts", import.meta.url)), join(to, "valibot.d.ts"));
}

/** The file that each type exported by an entry comes from, as a path below the entry's folder. */
function exportsOf(text) {
  const places = new Map();
  for (const [, names, path] of text.matchAll(/export (?:type )?\{([^}]*)\} from "\.\/([^"]+)"/g))
    for (const name of names.split(",")) places.set(name.trim().replace(/^type /, ""), path);
  return places;
}
