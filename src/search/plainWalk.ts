import type { Candles } from "../candles/candles.ts";
import { candleFrom, slotOf } from "../candles/slots.ts";
import type { ExitReason, TradeRules } from "./trades.ts";

/** An exit with its holding time in bars of time, including missing candles. */
export interface BarExit {
  /** Target and stop in ATRs. */
  readonly takeProfit: number;
  readonly stopLoss: number;
  readonly holdingBars: number;
  readonly trailing: { readonly activation: number; readonly distance: number } | null;
}

/** One opportunity as the walk sees it. */
export interface Signal {
  readonly bar: number;
  readonly direction: 1 | -1;
  readonly entry: number;
  /** Price units. */
  readonly atr: number;
}

export interface WalkedTrade {
  /** Bars of time from the signal's candle to the exit's. */
  readonly bars: number;
  readonly reason: ExitReason;
  readonly exit: number;
  /** Net, a fraction of entry. */
  readonly return: number;
  readonly ambiguous: boolean;
  readonly otherReturn: number;
}

/**
 * The exit model `path`, bar by bar: the rule that every faster way must equal to the bit.
 * Slow and obvious on purpose; it walks from the candle after the signal's to the longest holding time or the end of the data. A holding
 * time whose candle is missing ends at the open of the next one.
 */
export function walkTrade(candles: Candles, signal: Signal, exit: BarExit, rules: TradeRules): WalkedTrade {
  const { entry, atr, direction } = signal;
  const target = exit.takeProfit * atr;
  const fixedStop = -exit.stopLoss * atr;
  let peak = 0;
  for (let bar = signal.bar + 1; bar < candles.count; bar++) {
    const i = slotOf(candles, bar) - slotOf(candles, signal.bar);
    const open = candles.open[bar]!;
    const high = candles.high[bar]!;
    const low = candles.low[bar]!;
    const openExcursion = direction * (open - entry);
    const favourable = direction === 1 ? high - entry : entry - low;
    const adverse = direction === 1 ? low - entry : entry - high;

    let stop = fixedStop;
    let stopReason: ExitReason = "stop_loss";
    if (exit.trailing && peak >= exit.trailing.activation * atr) {
      const trail = peak - exit.trailing.distance * atr;
      if (trail > stop) {
        stop = trail;
        stopReason = "trailing_stop";
      }
    }
    if (openExcursion <= stop) return leave(open, i, stopReason);
    if (openExcursion >= target) return leave(open, i, "take_profit");
    if (i > exit.holdingBars) return leave(open, i, "timeout");
    const isStopTouched = adverse <= stop;
    const isTargetTouched = favourable >= target;
    if (isStopTouched && isTargetTouched) {
      const isTargetTaken =
        rules.intrabar === "target-first" ||
        (rules.intrabar === "nearest-open" && target - openExcursion < openExcursion - stop);
      const atStop = leave(entry + direction * stop, i, stopReason);
      const atTarget = leave(entry + direction * target, i, "take_profit");
      const [taken, other] = isTargetTaken ? [atTarget, atStop] : [atStop, atTarget];
      return { ...taken, ambiguous: true, otherReturn: other.return };
    }
    if (isStopTouched) return leave(entry + direction * stop, i, stopReason);
    if (isTargetTouched) return leave(entry + direction * target, i, "take_profit");
    if (i === exit.holdingBars) return leave(candles.close[bar]!, i, "timeout");
    if (favourable > peak) peak = favourable;
  }
  const lastBar = candles.count - 1;
  return leave(candles.close[lastBar]!, slotOf(candles, lastBar) - slotOf(candles, signal.bar), "end_of_data");

  function leave(price: number, bars: number, reason: ExitReason): WalkedTrade {
    return leaveAt(candles, signal, rules, price, bars, reason);
  }
}

/**
 * The exit model `summary`, of the older system: of the `lookaheadBars` after the signal only the highest high, the lowest low and the
 * last close are known. Where stop and target were both touched, the larger excursion decides (favourable strictly larger: the target).
 */
export function walkSummary(
  candles: Candles,
  signal: Signal,
  exit: Pick<BarExit, "takeProfit" | "stopLoss">,
  rules: TradeRules,
  lookaheadBars: number,
): WalkedTrade {
  const { bar, entry, atr, direction } = signal;
  const last = candleFrom(candles, slotOf(candles, bar) + lookaheadBars + 1) - 1;
  const close = candles.close[last]!;
  let high = last > bar ? Number.NEGATIVE_INFINITY : close;
  let low = last > bar ? Number.POSITIVE_INFINITY : close;
  for (let at = bar + 1; at <= last; at++) {
    if (candles.high[at]! > high) high = candles.high[at]!;
    if (candles.low[at]! < low) low = candles.low[at]!;
  }
  const dataBars = slotOf(candles, candles.count - 1) - slotOf(candles, bar);
  const bars = Math.min(lookaheadBars, dataBars);
  const target = entry + direction * (exit.takeProfit * atr);
  const stop = entry - direction * (exit.stopLoss * atr);
  const isTargetTouched = direction === 1 ? high >= target : low <= target;
  const isStopTouched = direction === 1 ? low <= stop : high >= stop;
  const up = (high - entry) / entry;
  const down = (entry - low) / entry;
  const atTarget = leaveAt(candles, signal, rules, target, bars, "take_profit");
  const atStop = leaveAt(candles, signal, rules, stop, bars, "stop_loss");
  if (isTargetTouched && isStopTouched) {
    const [taken, other] = (direction === 1 ? up > down : down > up) ? [atTarget, atStop] : [atStop, atTarget];
    return { ...taken, ambiguous: true, otherReturn: other.return };
  }
  if (isTargetTouched) return atTarget;
  if (isStopTouched) return atStop;
  return leaveAt(candles, signal, rules, close, bars, bars < lookaheadBars ? "end_of_data" : "timeout");
}

function leaveAt(
  candles: Candles,
  { direction, entry }: Signal,
  rules: TradeRules,
  price: number,
  bars: number,
  reason: ExitReason,
): WalkedTrade {
  const barsPer8h = (8 * 3_600_000) / candles.timeframeMs;
  const cost = 2 * (rules.fee + rules.slippage) + direction * rules.fundingPer8h * (bars / barsPer8h);
  const net = (direction * (price - entry)) / entry - cost;
  return { bars, reason, exit: price, return: net, ambiguous: false, otherReturn: net };
}
