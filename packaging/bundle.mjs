// Bundles src/ into dist/, the package: few files, parts that are loaded when they are needed, and nothing that is read from a place beside them but
// the code of a call's thread, which travels as a text as well. `npm run build` calls it, after tsc.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";
import { licencesOf } from "./licences.mjs";
import { partsOf } from "./parts.mjs";
import { builtins, parts, peers, replaced } from "./plugins.mjs";
import { shippedCode, threadCode } from "./settings.mjs";
import { copyTypes } from "./types.mjs";

const root = fileURLToPath(new URL("../", import.meta.url));
const at = (path) => `${root}${path}`;
const entries = {
  index: at("src/index.ts"),
  "cli/main": at("src/cli/main.ts"),
  "sluice-worker": at("src/library/worker.ts"),
};

rmSync(at("dist"), { recursive: true, force: true });
mkdirSync(at("dist"));

/** The thread's code once more, as one script that needs no file; it is packed as small as it gets, because few need it. */
const { outputFiles, metafile: ofWorker } = await build({
  ...shippedCode,
  minify: true,
  entryPoints: [entries["sluice-worker"]],
  target: "node20.19",
  platform: "node",
  format: "iife",
  plugins: [peers(), builtins({ all: true })],
  metafile: true,
  write: false,
});
const packed = brotliCompressSync(outputFiles[0].contents, {
  params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY },
}).toString("base64");

const shipped = {
  ...shippedCode,
  absWorkingDir: root,
  entryPoints: entries,
  outdir: at("dist"),
  chunkNames: "[name]-[hash]",
  platform: "node",
  format: "esm",
  splitting: true,
  define: { SLUICE_WORKER_FILE: '"./sluice-worker.js"' },
  metafile: true,
};
const workerText = replaced(at("src/library/workerText.ts"), `export const workerText = ${JSON.stringify(packed)};`);
const alone = await build({ ...shipped, plugins: [peers(), builtins(), workerText], write: false });
const { metafile } = await build({
  ...shipped,
  plugins: [peers(), builtins(), workerText, parts(partsOf(alone.metafile, root), root)],
});
copyTypes(root, ["index", "core"]);

/** One file that needs no other, for a page that has no bundler; pages are downloaded, so its names are short. */
const { metafile: ofCore } = await build({
  ...shippedCode,
  minify: true,
  absWorkingDir: root,
  entryPoints: { core: at("src/core.ts") },
  outdir: at("dist"),
  platform: "browser",
  format: "esm",
  metafile: true,
});
/** What a page whose policy allows no blob serves as a file of its own. */
await build({ ...threadCode, entryPoints: { "sweep-worker": at("src/core/sweepWorker.ts") }, outdir: at("dist") });
writeFileSync(
  at("dist/types/sweep-worker.d.ts"),
  "/** A script for a Web Worker; it exports nothing. */\nexport {};\n",
);

writeFileSync(at("dist/licences.txt"), licencesOf([metafile, ofWorker, ofCore], root));
