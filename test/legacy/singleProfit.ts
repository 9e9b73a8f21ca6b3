import { type Candles, unbroken } from "../../src/candles/candles.ts";
import { walkSummary } from "../../src/search/plainWalk.ts";
import { exitInAtrs } from "../support/exits.ts";

/** An opportunity as the older system's exit simulation took it. */
export interface LegacyOpportunity {
  readonly entry_price: number;
  readonly atr: number;
  readonly direction?: string;
  readonly signal_score?: number;
  readonly volume_surge?: boolean;
  readonly volume_surge_type?: string;
  readonly recent_low?: number;
  readonly recent_high?: number;
  readonly future_data?: { readonly max_high?: number; readonly min_low?: number; readonly final_close?: number };
}

/** The older system's profit in percent: our summary rule with its own widening of stop and target around it. */
export function legacyProfit(
  opportunity: LegacyOpportunity,
  params: Readonly<Record<string, number>>,
  isDynamic: boolean,
  withCosts: boolean,
): number {
  const { entry_price: entry, atr } = opportunity;
  if (entry <= 0 || atr <= 0) return 0;
  const direction = (opportunity.direction ?? "long") === "long" ? 1 : -1;
  let target = params["atr_tp_multiplier"] ?? 4;
  let stop = params["atr_stop_multiplier"] ?? 1.5;
  const widen = (byStop: number, byTarget: number): void => {
    stop *= byStop;
    target *= byTarget;
  };
  const score = opportunity.signal_score ?? 75;
  if (isDynamic && score >= 85) widen(1.2, 1.15);
  else if (isDynamic && score <= 70) widen(0.9, 0.95);
  if (opportunity.volume_surge_type === "extreme_surge") widen(1.5, 1.3);
  else if (opportunity.volume_surge_type === "strong_surge") widen(1.3, 1.2);
  else if (opportunity.volume_surge) widen(1.15, 1.1);
  const structural =
    direction === 1
      ? opportunity.recent_low && entry - opportunity.recent_low * 0.95
      : opportunity.recent_high && opportunity.recent_high * 1.05 - entry;
  if (structural) stop = Math.max(stop, structural / atr);
  const fee = withCosts ? 0.0007 : 0;
  const future = opportunity.future_data;
  if (future?.max_high === undefined) return 0 - 200 * fee;
  return (
    100 *
    walkSummary(
      candlesOf(entry, future),
      { bar: 0, direction, entry, atr },
      exitInAtrs({ takeProfit: target, stopLoss: stop, holdingBars: 1, trailing: null }),
      { fee, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: 1 },
      1,
    ).return
  );
}

/** The signal bar, then all of the future in one bar. */
function candlesOf(entry: number, future: NonNullable<LegacyOpportunity["future_data"]>): Candles {
  const pair = (value: number | undefined): Float64Array => Float64Array.of(entry, value ?? entry);
  return unbroken({
    symbol: "X",
    timeframeMs: 900_000,
    firstOpenTimeMs: 0,
    count: 2,
    open: pair(entry),
    high: pair(future.max_high),
    low: pair(future.min_low),
    close: pair(future.final_close),
    volume: pair(0),
  });
}
