import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { cellText, tableText } from "./format.ts";
import type { Machine } from "./machine.ts";
import { plotSvg } from "./plot.ts";
import type { Table } from "./question.ts";

/** One run of the benches: what `--json` prints and `--save` keeps. */
export interface Result {
  /** ISO time of the start, UTC. */
  readonly date: string;
  readonly machine: Machine;
  readonly data: string;
  readonly tables: readonly (Table & { readonly name: string; readonly title: string })[];
}

const folder = fileURLToPath(new URL("../bench/results/", import.meta.url));
const plots = fileURLToPath(new URL("../docs/plots/", import.meta.url));

/** Keeps a result as JSON and Markdown under its time, and its plots where the documentation shows them; returns the JSON's path. */
export async function saveResult(result: Result): Promise<string> {
  const name = result.date.slice(0, 19).replace("T", "-").replaceAll(":", "");
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}${name}.json`, `${JSON.stringify(result, null, 1)}\n`);
  await writeFile(`${folder}${name}.md`, resultText(result));
  for (const { plots: drawn = [] } of result.tables)
    for (const plot of drawn)
      if (plot.series.some(({ points }) => points.length > 1)) {
        await mkdir(plots, { recursive: true });
        await writeFile(`${plots}${plot.file}.svg`, plotSvg(plot));
      }
  return `${folder}${name}.json`;
}

/** Every kept result, oldest first. */
export async function keptResults(): Promise<Result[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => JSON.parse(await readFile(folder + name, "utf8")) as Result));
}

/** Machine, Node and engine in a sentence. */
export function provenance({ date, machine, data }: Result): string {
  const { cpu, cores, memoryBytes, system, node, v8, load, engine } = machine;
  const memory = cellText(memoryBytes, "bytes");
  return `${date.slice(0, 10)}, ${engine}; ${cpu}, ${cores} cores, ${memory}, ${system}; Node ${node.slice(1)} (V8 ${v8}); load ${load.toFixed(1)} at the start; ${data}`;
}

export function resultText(result: Result): string {
  const parts = result.tables.map((table) => `## ${table.title}\n\n${tableText(table)}`);
  return `# ${result.date}\n\n${provenance(result)}\n\n${parts.join("\n")}`;
}
