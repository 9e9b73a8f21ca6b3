import { factorisedSearch } from "../baseline/factorised.ts";
import { Walker } from "../baseline/walk.ts";
import { runNode, script } from "../child.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, searchTable } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, rateCells, rateColumns, summarise, type Timing } from "../measure.ts";
import { passingOf } from "../passing.ts";
import type { Context, Question } from "../question.ts";

/** Sets that the bar-by-bar walk is timed on, an even stride over the space. */
const walkedSets = 20_000;
const freshProcesses = 5;

/** How many pairs of a parameter set and an opportunity a second, from loaded tables to the leaderboard? */
export const pairs: Question = {
  name: "pairs",
  title: "Pairs a second",
  async ask(context) {
    const { market } = context;
    const task = taskOf(market, referenceOpportunities(market), referenceSpace);
    const order = orderSpace(task.space);
    const sets = order.sets;
    const found = await searchTable(task);
    requireSameLeaders("the factorised search", found.top, factorisedSearch(task));
    const walker = new Walker(task);
    const walked = found.top.map(({ index, params }) => ({ index, score: walker.score(params) }));
    requireSameLeaders("the walk", found.top, walked);
    context.say("equal; timing");

    const count = task.table.count;
    const engine = await measure(async () => (await searchTable(task)).engine.milliseconds);
    const plain = await measure(() => void factorisedSearch(task));
    const sample = Array.from({ length: walkedSets }, (_, k) =>
      order.parametersOf(Math.floor((k * sets) / walkedSets)),
    );
    const walk = await measure(() => {
      for (const set of sample) walker.sums(set);
    });
    const row = (what: string, timing: Timing) => ({ what, ...rateCells(timing, sets * count) });
    const ofSample = walkedSets / sets;
    return {
      columns: [{ key: "what", head: "search", format: "text" }, ...rateColumns("a pair", "pairs")],
      rows: [
        row("this engine, warm", engine),
        row("this engine, first call of a process", await fresh("engine", context)),
        row("the same factorisation in plain TypeScript, warm", plain),
        row("the same, first call of a process", await fresh("plain", context)),
        row("walked bar by bar in plain TypeScript, from a sample", {
          ...walk,
          milliseconds: walk.milliseconds / ofSample,
        }),
      ],
      notes: [
        `${sets.toLocaleString("en-US")} sets x ${count.toLocaleString("en-US")} opportunities, of which ${passingOf(task).toLocaleString("en-US")} pass the loosest filters; objective ${task.objective}, one thread, 16 MiB`,
        "a pair is one parameter set on one opportunity of the table, whether or not the set's filters let it in",
        `the walk is timed on ${walkedSets.toLocaleString("en-US")} sets, an even stride over the space, and scaled up`,
        `first calls: median of ${freshProcesses} processes`,
      ],
    };
  },
};

async function fresh(which: "engine" | "plain", { candles, say }: Context): Promise<Timing> {
  const samples: number[] = [];
  for (let k = 0; k < freshProcesses; k++) {
    const { stdout } = await runNode([script("fresh"), which, ...(candles === undefined ? [] : [candles])]);
    samples.push((JSON.parse(stdout) as { milliseconds: number }).milliseconds);
  }
  say(`${which}, fresh: ${samples.map(Math.round).join(", ")} ms`);
  return summarise(samples);
}
