// Bundles the client of a page, library and all, into two files beside src/page, which packaging/inline.mjs writes into a module: `npm run build` calls it.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const licence = here("../../../node_modules/uplot/LICENSE");

await build({
  entryPoints: [
    { in: here("main.ts"), out: "page" },
    { in: here("page.css"), out: "page" },
  ],
  outdir: here("../bundle"),
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2022", "chrome100", "firefox100", "safari15"],
  // The licence of what is bundled goes into every page.
  banner: { js: `/*! uPlot, https://github.com/leeoniya/uPlot\n${readFileSync(licence, "utf8").trim()}\n*/` },
  // An inlined script must not end early.
  charset: "ascii",
  logLevel: "warning",
});
