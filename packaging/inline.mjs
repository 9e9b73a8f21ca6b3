// Writes into src/ what the code carries along as text: the core, the code of a sweep's threads, and what is inlined into every page. A bundler that
// takes the code along then takes everything. `npm run build` calls it, after the core and the client of a page are made.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { threadCode } from "./settings.mjs";

const src = new URL("../src/", import.meta.url);
const read = (path) => readFileSync(new URL(path, src));

/** A generated module: what each constant holds. */
function write(path, constants) {
  const lines = Object.entries(constants).map(([name, [meaning, text]]) => {
    return `/** ${meaning} */\nexport const ${name}: string =\n  ${JSON.stringify(text)};\n`;
  });
  writeFileSync(new URL(path, src), `// Written by \`npm run build\`; not to be edited.\n\n${lines.join("\n")}`);
}

write("core/coreBytes.ts", {
  coreBase64: ["core.wasm in Base64.", read("core/core.wasm").toString("base64")],
});
write("page/assetTexts.ts", {
  script: ["The bundled client of a page.", read("page/bundle/page.js").toString()],
  style: ["Its style sheet.", read("page/bundle/page.css").toString()],
});

const { outputFiles } = await build({
  ...threadCode,
  entryPoints: [fileURLToPath(new URL("core/sweepWorker.ts", src))],
  write: false,
});
write("core/sweepWorkerText.ts", {
  sweepWorkerText: ["The code of a thread that follows a sweep.", outputFiles[0].text],
});
