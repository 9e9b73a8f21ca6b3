import { cellsOf } from "../baseline/cells.ts";
import { factorisedSearch } from "../baseline/factorised.ts";
import { type Sides, sidesOf } from "../baseline/passages.ts";
import { axesOf, type Exits, exitsOf } from "../baseline/space.ts";
import { Walker } from "../baseline/walk.ts";
import { pickPassing } from "../data/pickPassing.ts";
import { referenceExits, referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, searchTable } from "../engine.ts";
import { type CorePassages, enginePassages } from "../enginePassages.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, rateCells, rateColumns, type Timing } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** What does it cost to walk an opportunity once for all levels, against once for every exit? */
export const passages: Question = {
  name: "passages",
  title: "First passages",
  async ask({ market, say }) {
    const all = taskOf(market, referenceOpportunities(market), referenceSpace);
    // The filters only choose who is walked: what is left has passed the loosest.
    const task = taskOf(market, pickPassing(all), referenceExits);
    const rows = cellsOf(axesOf(task), task.table.count).rows;
    const exits = exitsOf(task);
    const notes = [
      `${rows.length.toLocaleString("en-US")} opportunities; 27 levels: 6 targets, 6 stops, 9 trailing variants, 6 holding times, up to 288 bars`,
      "the plain walk of every exit is what the passages spare; the plain passages also combine the levels into 60 stop and 36 target items",
      "the searches are whole ones over these opportunities without filters: passages, 2,160 sums, leaders replayed",
    ];
    const core = enginePassages(task, rows);
    requireSamePassages(core(), sidesOf(task, exits, rows), exits, rows.length);
    const found = await searchTable(task);
    requireSameLeaders("the search without filters", found.top, factorisedSearch(task));

    const sets = orderSpace(referenceExits);
    const every = Array.from({ length: sets.sets }, (_, k) => sets.parametersOf(k));
    const walker = new Walker(task);
    const table: Record<string, Cell>[] = [];
    const add = (what: string, timing: Timing): void => {
      table.push({ what, ...rateCells(timing, rows.length) });
      say(`${what}: ${timing.milliseconds.toFixed(2)} ms`);
    };
    add("passages, this engine's core", await measure(() => void core()));
    add("passages, plain TypeScript", await measure(() => void sidesOf(task, exits, rows)));
    add(
      "every exit walked bar by bar, plain TypeScript",
      await measure(() => every.forEach((set) => void walker.sums(set))),
    );
    add("search of 2,160 exits, this engine", await measure(async () => (await searchTable(task)).engine.milliseconds));
    add("search of 2,160 exits, plain TypeScript", await measure(() => void factorisedSearch(task)));
    return {
      columns: [{ key: "what", head: "work", format: "text" }, ...rateColumns("an opportunity", "opportunities")],
      rows: table,
      notes,
    };
  },
};

/** Fixed stops alone are compared: they stand in both as they are. */
function requireSamePassages({ times, returns }: CorePassages, { stops }: Sides, exits: Exits, rows: number): void {
  const plain = exits.variants.findIndex(({ trailing }) => trailing === null);
  for (let stop = 0; stop < exits.stops.length; stop++)
    for (let k = 0; k < rows; k++) {
      const item = (stop * exits.variants.length + plain) * rows + k;
      const time = times[stop * rows + k]!;
      const isTouched = time !== 0x7fffffff;
      const difference = isTouched ? Math.abs(100 * returns[stop * rows + k]! - stops.points[item]!) : 0;
      if (time !== stops.time[item] || difference > 1e-9) throw new Error(`passages: stop ${stop} of row ${k} differs`);
    }
}
