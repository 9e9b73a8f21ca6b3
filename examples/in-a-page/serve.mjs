// Serves this folder, and the installed package's core as sluice/core.js:
//
//   node serve.mjs                  http://localhost:8080, one thread
//   node serve.mjs --isolated       with the headers that let threads share memory
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";

const core = import.meta.resolve("sluice/core");
const files = {
  "/": ["text/html", new URL("index.html", import.meta.url)],
  "/worker.js": ["text/javascript", new URL("worker.js", import.meta.url)],
  "/sluice/core.js": ["text/javascript", core],
};
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

createServer(async ({ url }, response) => {
  const [type, file] = files[url] ?? [];
  if (!file) return response.writeHead(404).end();
  response.writeHead(200, { "Content-Type": type, ...(process.argv.includes("--isolated") && isolation) });
  response.end(await readFile(fileURLToPath(file)));
}).listen(Number(process.env.PORT ?? 8080), "127.0.0.1", function () {
  console.log(`http://localhost:${this.address().port}`);
});
