// `npm run bench:page`: rewrites the tables of docs/performance.md from the newest kept result of each question.
import { readFile, writeFile } from "node:fs/promises";
import { filledPage } from "./fillPage.ts";
import { keptResults } from "./results.ts";

const page = new URL("../docs/performance.md", import.meta.url);
await writeFile(page, filledPage(await readFile(page, "utf8"), await keptResults()));
