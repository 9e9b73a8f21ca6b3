import { isDeepStrictEqual } from "node:util";
import { randomFrom } from "../data/random.ts";
import { referenceCount, referenceOpportunities, taskOf } from "../data/task.ts";
import { accountOf, exitOf, type Outcomes, type Parameters, PortfolioReplayer, SetReplayer } from "../engine.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Question } from "../question.ts";

const exits = 100;
const filters = 100;
const captured = 400;
const portfolio = {
  capital: 1000,
  stake: { kind: "share", share: 0.1 },
  leverage: 3,
  maintenanceMargin: 0.005,
  maxOpen: Number.POSITIVE_INFINITY,
} as const;
/** Sets that the plain walk does, and that are compared to the bit. */
const compared = 20;

/** What do the accounts of many sets cost: one purse, ten positions, mark-to-market equity by day? */
export const portfolioQuestion: Question = {
  name: "portfolio",
  title: "Portfolio",
  async ask({ market, say }) {
    const opportunities = referenceOpportunities(market);
    const { table, rules, memoryBytes } = taskOf(market, opportunities, {});
    const sets = Array.from({ length: exits }, (_, k): Parameters => {
      const atr_tp_multiplier = 1 + (k % 10) / 4;
      return { atr_tp_multiplier, atr_stop_multiplier: 1 + Math.floor(k / 10) / 4, max_holding_hours: 24 };
    });
    const captures = capturedRows();
    const longestBars = 96;
    const walker = new SetReplayer({ ...opportunities, market, rules, longestBars, memoryBytes });
    const replayer = new PortfolioReplayer({ table, market, rules, portfolio, longestBars, memoryBytes });
    const outcomesOf = (): Outcomes[] => sets.map((params) => walker.replay(params).outcomes);
    const outcomes = outcomesOf();
    const sumsOf = (exit: number, rows: Uint32Array) =>
      replayer.sums(exitOf(sets[exit]!), rows, picked(outcomes[exit]!, rows));
    const plainSums = (exit: number, rows: Uint32Array) => {
      const trades = walker.trades(sets[exit]!);
      const task = { table, market, rules, portfolio };
      return accountOf(
        task,
        sets[exit]!,
        [...rows].map((row) => trades[row]!),
      ).sums;
    };
    let taken = 0;
    for (let k = 0; k < compared; k++) {
      const sums = sumsOf(k, captures[k]!);
      taken += sums.trades;
      if (!isDeepStrictEqual(sums, plainSums(k, captures[k]!)))
        throw new Error(`set ${k}: the core and the plain walk differ`);
    }
    const core = await measure(() => {
      for (let exit = 0; exit < exits; exit++) for (const rows of captures) sumsOf(exit, rows);
    });
    say(`core: ${core.milliseconds.toFixed(0)} ms for ${exits * filters} sets`);
    const walks = await measure(() => void outcomesOf());
    const plain = await measure(() => {
      for (let k = 0; k < compared; k++) plainSums(k, captures[k]!);
    });
    replayer.release();
    walker.release();
    const trades = exits * filters * captured;
    return {
      columns: [
        { key: "work", head: "work", format: "text" },
        { key: "sets", head: "sets", format: "count" },
        ...rateColumns("a trade", "trades"),
      ],
      rows: [
        { work: "accounts, this engine's core", sets: exits * filters, ...rateCells(core, trades) },
        {
          work: "what each exit does to every opportunity, walked once",
          sets: exits,
          ...rateCells(walks, exits * referenceCount),
        },
        { work: "accounts, plain TypeScript", sets: compared, ...rateCells(plain, compared * captured) },
      ],
      notes: [
        `${exits} exits with ${filters} captures of ${captured} of ${referenceCount} opportunities each, ${Math.round(taken / compared)} of them taken; ${replayer.days.count} days; leverage 3, a tenth of equity a trade; one thread, warm`,
        `the sums of ${compared} sets are those of the plain walk to the bit`,
      ],
    };
  },
};

/** Ascending rows, dealt at random. */
function capturedRows(): Uint32Array[] {
  const random = randomFrom(11);
  return Array.from({ length: filters }, () => {
    const rows = new Set<number>();
    while (rows.size < captured) rows.add(Math.floor(random() * referenceCount));
    return Uint32Array.from(rows).sort();
  });
}

const room = {
  halfBars: new Int32Array(captured),
  reason: new Uint8Array(captured),
  exit: new Float64Array(captured),
  return: new Float64Array(captured),
};

/** The outcomes of some rows; the columns are the same each time. */
function picked(outcomes: Outcomes, rows: Uint32Array): typeof room {
  for (let k = 0; k < rows.length; k++) {
    const row = rows[k]!;
    room.halfBars[k] = outcomes.halfBars[row]!;
    room.reason[k] = outcomes.reason[row]!;
    room.exit[k] = outcomes.exit[row]!;
    room.return[k] = outcomes.return[row]!;
  }
  return room;
}
