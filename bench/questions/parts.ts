import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { command, runNode } from "../child.ts";
import { writeFiles } from "../data/files.ts";
import { hugeSpace, spacesBySize } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { bestOf, cutExits, exitSidesIn, exitsIn, orderSpace, type Space, searchTable } from "../engine.ts";
import type { Cell, Context, Question } from "../question.ts";

/** About 10^8 sets. */
const space = spacesBySize.at(-1)!;
const cutSpaces = [spacesBySize.at(-2)!, space, hugeSpace];
const count = 40_000;
const objective = "sqn";

/** What does a cut into parts cost, and what do two workers save? */
export const parts: Question = {
  name: "parts",
  title: "Parts",
  async ask(context) {
    const rows = [...cutSpaces.flatMap((each) => cutsInEngine(context, each)), ...(await workers(context))];
    return {
      columns: [
        { key: "what", head: "search", format: "text" },
        { key: "sets", head: "sets", format: "count" },
        { key: "parts", head: "parts", format: "count" },
        { key: "milliseconds", head: "time", format: "ms" },
        { key: "times", head: "times the first", format: "times" },
        { key: "largest", head: "slowest part", format: "ms" },
      ],
      rows,
      notes: [
        `${count.toLocaleString("en-US")} opportunities, objective ${objective}, one thread each, 64 MiB, one run each after a first one`,
        "engine: the sum over all parts, one after the other; every merged leaderboard has the bytes of the whole search's",
        "commands: from the first start to the merged JSON, each part a command that starts, checks the inputs and reads them",
      ],
    };
  },
};

function cutsInEngine({ market, say }: Context, searched: Space): Record<string, Cell>[] {
  const { sets } = orderSpace(searched);
  const task = taskOf(market, referenceOpportunities(market, count), searched, { objective, memoryMiB: 64 });
  searchTable(task);
  const whole = searchTable(task);
  const { stops, targets } = exitSidesIn(searched);
  const rows: Record<string, Cell>[] = [];
  for (const number of [1, 2, 8, 64]) {
    const found = cutExits(stops, targets, number)
      .filter((exits) => exitsIn(exits) > 0)
      .map((exits) => searchTable({ ...task, exits }));
    const merged = bestOf(
      objective,
      task.top,
      found.map(({ top }) => top),
    );
    if (JSON.stringify(merged) !== JSON.stringify(whole.top))
      throw new Error(`${number} parts: the leaderboards differ`);
    const times = found.map(({ engine }) => engine.milliseconds);
    const milliseconds = times.reduce((sum, time) => sum + time, 0);
    const first = (rows[0]?.["milliseconds"] as number | undefined) ?? milliseconds;
    rows.push({
      what: "engine",
      sets,
      parts: number,
      milliseconds,
      times: milliseconds / first,
      largest: Math.max(...times),
    });
    say(`engine, ${sets.toLocaleString("en-US")} sets, ${number} parts: ${Math.round(milliseconds)} ms`);
  }
  return rows;
}

/** Whole commands: one search, and the same in parts by one worker and by two at once. */
async function workers({ market, candles, say }: Context): Promise<Record<string, Cell>[]> {
  const files = await writeFiles(market, candles, referenceOpportunities(market, count), space);
  const folder = await mkdtemp(join(tmpdir(), "sluice-bench-job-"));
  const job = join(folder, "job");
  const read = ["--opportunities", files.opportunities, "--candles", files.candles, "--space", files.space];
  const flags = [...read, "--objective", objective, "--memory", "64mb", "--threads", "1", "--quiet", "--json"];
  const ran = async (verb: string, ...args: readonly string[]): Promise<{ stdout: string; milliseconds: number }> =>
    runNode([command, verb, ...args]);
  try {
    const whole = await ran("search", ...flags);
    const rows: Record<string, Cell>[] = [
      {
        what: "sluice search",
        sets: orderSpace(space).sets,
        parts: null,
        milliseconds: whole.milliseconds,
        times: 1,
        largest: null,
      },
    ];
    for (const [number, at] of [
      [8, 1],
      [8, 2],
      [2, 2],
    ] as const) {
      await rm(job, { recursive: true, force: true });
      const started = performance.now();
      await ran("split", ...flags, "--parts", String(number), "--out", job);
      const open = Array.from({ length: number }, (_, part) => String(part));
      const times: number[] = [];
      const work = async (): Promise<void> => {
        for (let part = open.shift(); part !== undefined; part = open.shift())
          times.push((await ran("part", "--job", job, "--part", part, "--quiet", "--json")).milliseconds);
      };
      await Promise.all(Array.from({ length: at }, work));
      const merged = await ran("merge", "--job", job, "--quiet", "--json");
      const milliseconds = performance.now() - started;
      if (topOf(merged.stdout) !== topOf(whole.stdout)) throw new Error(`${number} parts: the results differ`);
      const what = `sluice split, part and merge, ${at === 1 ? "one worker" : "two workers"}`;
      rows.push({
        what,
        sets: orderSpace(space).sets,
        parts: number,
        milliseconds,
        times: milliseconds / whole.milliseconds,
        largest: Math.max(...times),
      });
      say(`${what}, ${number} parts: ${Math.round(milliseconds)} ms`);
    }
    return rows;
  } finally {
    await files.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The result without what may differ. */
function topOf(stdout: string): string {
  const { engine: _, ...result } = JSON.parse(stdout) as { readonly engine: unknown };
  return JSON.stringify(result);
}
