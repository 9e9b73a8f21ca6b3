import type { OpportunityTable } from "../opportunities/table.ts";
import { barsHeldAtMost } from "../search/market.ts";
import { breaksConstraint, type Objective, scoreOf } from "../search/objectives.ts";
import type { RankedSet } from "../search/result.ts";
import { figuresOf, type SetReplayer } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import { exitKeyOf, exitOf } from "../space/exits.ts";
import { neighboursOf } from "../space/neighbours.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import { type Baselines, buyAndHold, randomEntriesOf } from "../validation/baselines.ts";
import type { Plateau } from "../validation/plateau.ts";
import { enterAtRandom, type RandomEntries } from "../validation/randomEntries.ts";
import { meanPoints } from "../validation/tradeSums.ts";
import type { Settings } from "./request.ts";
import type { Run } from "./run.ts";

/** The search that a set was chosen from: its space, and its best set. */
export interface LastSearch {
  readonly space: Space;
  readonly best: RankedSet;
  readonly objective: Objective;
}

/** Scores around a set, on the training part. Neighbours with the same trades count once, and those with the set's own trades are not neighbours. */
export function plateauAround(
  settings: Settings,
  replayer: SetReplayer,
  params: Parameters,
  { space, best, objective }: LastSearch,
): Plateau {
  const seen = new Set([tradesText(replayer.trades(params))]);
  const neighbours: number[] = [];
  for (const neighbour of neighboursOf(space, params)) {
    const trades = replayer.trades(neighbour);
    const text = tradesText(trades);
    if (seen.has(text)) continue;
    seen.add(text);
    const heldAtMost = barsHeldAtMost(exitOf(neighbour), settings.rules, settings.timeframeMs);
    const { metrics } = figuresOf(neighbour, trades, replayer.objectiveTotal, settings.timeframeMs, heldAtMost);
    const isRanked = !breaksConstraint(metrics, settings.constraints);
    neighbours.push(isRanked ? scoreOf(objective, metrics, settings.drawdownLimit) : 0);
  }
  return { neighbours, best: best.score };
}

/** A key for a set's trades: which opportunities they take, for how long, and with what result. */
function tradesText(trades: readonly Trade[]): string {
  return trades.map(({ row, bars, return: net }) => `${row} ${bars} ${net}`).join();
}

const permutations = 200;

/** Trades and the table whose rows they name. */
export interface TradesOfTable {
  readonly trades: readonly Trade[];
  readonly table: OpportunityTable;
}

/** The hold-out trades of a set, entered at random. */
export function randomEntries(
  run: Run,
  { trades, table }: TradesOfTable,
  params: Parameters,
  splitMs: number,
): RandomEntries | null {
  const exit = exitOf(params);
  const { rules, seed, entry } = run.settings;
  return enterAtRandom({
    trades,
    market: run.market,
    exit: { ...exit, holdingBars: run.barsHeld(params) },
    rules,
    entry,
    ...(exit.usesExitSignal && table.exitBars && { exitBars: table.exitBars }),
    fromMs: splitMs,
    seed,
    runs: permutations,
    onStep: run.session.beat,
  });
}

/** Baselines on the hold-out. */
export function baselinesOf(
  run: Run,
  holdout: SetReplayer,
  params: Parameters,
  entries: RandomEntries | null,
  splitMs: number,
): Baselines {
  const exitsOnly = Object.fromEntries(Object.entries(params).filter(([key]) => exitKeyOf(key)));
  const unfiltered = holdout.trades(exitsOnly);
  const { table } = holdout;
  const symbols = table.symbols.filter((_, symbol) => table.symbol.includes(symbol));
  return {
    no_filters: {
      n: unfiltered.length,
      avg_return: meanPoints(unfiltered),
      total_return: unfiltered.length * meanPoints(unfiltered),
    },
    random_entries: randomEntriesOf(entries),
    buy_and_hold: buyAndHold(run.market, symbols, splitMs, run.settings.rules),
  };
}
