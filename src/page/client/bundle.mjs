// Bundles the client of a page, library and all, into two files beside src/page and copies them to dist/: `npm run build` calls it.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

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
  // The licences of what is bundled stay in the file.
  legalComments: "inline",
  // An inlined script must not end early.
  charset: "ascii",
  logLevel: "warning",
});
cpSync(here("../bundle"), here("../../../dist/page/bundle"), { recursive: true });
