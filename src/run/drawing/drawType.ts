import { type Purse, purseOf } from "../../portfolio/purse.ts";
import { onePosition } from "../../search/onePosition.ts";
import type { Trade } from "../../search/trades.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { SetFinding } from "../../validation/result.ts";
import type { PartTrades } from "../../validation/verdict.ts";
import type { Run } from "../run.ts";
import type { Part } from "../typeParts.ts";
import { byMonth, daysOfMarket, heldByDay, pointsByDay } from "./days.ts";
import type { Drawn } from "./drawn.ts";
import { funnelOf } from "./funnel.ts";
import { drawnTrades } from "./trades.ts";

/** A judged set that is drawn. */
export interface SetToDraw {
  readonly name: string;
  readonly params: Parameters;
  readonly trades: PartTrades;
  /** What one purse made of those of the hold-out; null or undefined without a portfolio. */
  readonly purse?: Purse | null;
}

/** What is drawn of one type: of its sets, the first of which is the one proposed, and of the tests of that one. */
export interface TypeToDraw {
  /** Those that its sets were replayed on, the hold-out last. */
  readonly parts: readonly Part[];
  /** Epoch ms; null if all of the data is one part. */
  readonly splitMs: number | null;
  readonly sets: readonly SetToDraw[];
  readonly finding: SetFinding | null;
}

/** What is drawn of one set that was replayed over all of a table. */
export function drawWhole(
  run: Run,
  part: Part,
  set: Omit<SetToDraw, "trades" | "purse">,
  trades: readonly Trade[],
): Drawn {
  const { portfolio, rules } = run.settings;
  const task = portfolio && { table: part.table, market: run.market, rules, portfolio };
  const purse = task && purseOf(task, set.params, trades);
  const sets = [{ ...set, trades: { training: [], holdout: trades }, purse }];
  return drawType(run, { parts: [part], splitMs: null, sets, finding: null });
}

/** Everything drawn of one type, computed once from trades that the run has made anyway. */
export function drawType(run: Run, { parts, splitMs, sets, finding }: TypeToDraw): Drawn {
  const { market } = run;
  const { limits } = run.settings;
  const days = daysOfMarket(market);
  const taken = sets.map(({ trades, purse }) => ({
    training: onePosition(trades.training, limits),
    holdout: purse ? purse.trades : onePosition(trades.holdout, limits),
  }));
  const all = taken.map(({ training, holdout }): readonly Trade[] => [...training, ...holdout]);
  const [first] = sets;
  const { symbols, symbol } = parts.at(-1)!.table;
  const held = symbols.filter((_, code) => symbol.includes(code));
  return {
    pictures: Object.fromEntries((finding?.tests ?? []).map(({ name, picture = {} }) => [name, picture])),
    sets: sets.map(({ name, purse }, k) => ({
      name,
      days: pointsByDay(all[k]!, days),
      count: all[k]!.length,
      ...(purse && { account: purse.result }),
    })),
    trades: first ? drawnTrades(taken[0]!.holdout, market) : null,
    months: first ? byMonth(all[0]!) : [],
    funnel: first
      ? funnelOf(parts, first.params, {
          trades: first.trades.training.length + first.trades.holdout.length,
          onePosition: all[0]!.length,
        })
      : null,
    held: held.length === 0 ? null : heldByDay(market, held, days, splitMs),
  };
}
