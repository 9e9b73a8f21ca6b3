import { onePosition } from "../../search/onePosition.ts";
import type { Trade } from "../../search/trades.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { SetFinding } from "../../validation/result.ts";
import type { PartTrades } from "../../validation/verdict.ts";
import type { Run } from "../run.ts";
import type { TypeParts } from "../typeParts.ts";
import { byMonth, daysOfMarket, heldByDay, pointsByDay } from "./days.ts";
import type { Drawn } from "./drawn.ts";
import { funnelOf } from "./funnel.ts";
import { drawnTrades } from "./trades.ts";

/** A judged set that is drawn. */
export interface SetToDraw {
  readonly name: string;
  readonly params: Parameters;
  readonly trades: PartTrades;
}

/** What is drawn of one type: of its sets, the first of which is the one proposed, and of the tests of that one. */
export interface TypeToDraw {
  readonly parts: Pick<TypeParts, "training" | "holdout">;
  readonly splitMs: number;
  readonly sets: readonly SetToDraw[];
  readonly finding: SetFinding | null;
}

/** Everything drawn of one type, computed once from trades that the run has made anyway. */
export function drawType(run: Run, { parts, splitMs, sets, finding }: TypeToDraw): Drawn {
  const { market } = run;
  const { limits } = run.settings;
  const days = daysOfMarket(market);
  const taken = sets.map(({ trades }) => ({
    training: onePosition(trades.training, limits),
    holdout: onePosition(trades.holdout, limits),
  }));
  const all = taken.map(({ training, holdout }): readonly Trade[] => [...training, ...holdout]);
  const [first] = sets;
  const { symbols, symbol } = parts.holdout.table;
  const held = symbols.filter((_, code) => symbol.includes(code));
  return {
    pictures: Object.fromEntries((finding?.tests ?? []).map(({ name, picture = {} }) => [name, picture])),
    sets: sets.map(({ name }, k) => ({ name, days: pointsByDay(all[k]!, days), count: all[k]!.length })),
    trades: first ? drawnTrades(taken[0]!.holdout, market) : null,
    months: first ? byMonth(all[0]!) : [],
    funnel: first
      ? funnelOf([parts.training, parts.holdout], first.params, {
          trades: first.trades.training.length + first.trades.holdout.length,
          onePosition: all[0]!.length,
        })
      : null,
    held: held.length === 0 || !Number.isFinite(splitMs) ? null : heldByDay(market, held, days, splitMs),
  };
}
