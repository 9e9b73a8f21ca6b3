import type { Candles } from "../candles/candles.ts";
import { candleFrom, slotOf } from "../candles/slots.ts";
import { distanceOf, type Exit, type StopLevel } from "../space/exitParts.ts";
import type { ExitReason, TradeRules } from "./trades.ts";

/** An exit with its holding time in bars of time, including missing candles. */
export interface BarExit extends Omit<Exit, "holdingHours"> {
  readonly holdingBars: number;
}

/** One opportunity as the walk sees it. */
export interface Signal {
  readonly bar: number;
  readonly direction: 1 | -1;
  readonly entry: number;
  /** Price units. */
  readonly atr: number;
  /** Bars of time from the signal's candle to the one at whose close its exit signal leaves; 0 or absent if there is none. */
  readonly exitBars?: number;
}

export interface WalkedTrade {
  /** Bars of time from the signal's candle to the exit's. */
  readonly bars: number;
  readonly reason: ExitReason;
  readonly exit: number;
  /** Net, a fraction of entry, and the same before what it cost. */
  readonly return: number;
  readonly gross: number;
  readonly ambiguous: boolean;
  readonly otherReturn: number;
  /** Bars until the part of a partial exit left, 0 if it did not, and its own net return. */
  readonly partialBars: number;
  readonly partialReturn: number;
}

/** One way out: a price in a bar. */
interface Way {
  readonly price: number;
  readonly bars: number;
}

/**
 * The exit model `path`, bar by bar: the rule that every faster way must equal to the bit.
 * Slow and obvious on purpose; it walks from the candle after the signal's to the longest holding time or the end of the data. A holding
 * time, or an exit signal, whose candle is missing ends at the open of the next one.
 */
export function walkTrade(candles: Candles, signal: Signal, exit: BarExit, rules: TradeRules): WalkedTrade {
  const { entry, direction } = signal;
  const given = { candles, signal, rules };
  const exitBars = exit.usesExitSignal ? (signal.exitBars ?? 0) : 0;
  const trade = { entry, atr: signal.atr, cost: 2 * (rules.fee + rules.slippage) };
  const stops = exit.stops.length;
  const stopLevels: StopLevel[] = new Array(stops);
  for (let k = 0; k < stops; k++) stopLevels[k] = exit.stops[k]!.levelOf(trade);
  const targetLevels = exit.target.levelsOf(trade);
  const partialLevel = exit.partial ? distanceOf(exit.partial.level, trade) : Number.POSITIVE_INFINITY;
  let peak = 0;
  let isNewPeak = true;
  // The highest of the stops, which changes with the peak alone.
  let stop = Number.NEGATIVE_INFINITY;
  let which = 0;
  let target = Number.POSITIVE_INFINITY;
  let nextTarget = 0;
  let part: Way | null = null;
  for (let bar = signal.bar + 1; bar < candles.count; bar++) {
    const i = slotOf(candles, bar) - slotOf(candles, signal.bar);
    const open = candles.open[bar]!;
    const high = candles.high[bar]!;
    const low = candles.low[bar]!;
    const openExcursion = direction * (open - entry);
    const favourable = direction === 1 ? high - entry : entry - low;
    const adverse = direction === 1 ? low - entry : entry - high;

    if (isNewPeak) {
      stop = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < stops; k++) {
        const { from, at, follows } = stopLevels[k]!;
        const level = follows ? peak + at : at;
        if (peak >= from && level > stop) {
          stop = level;
          which = k;
        }
      }
      isNewPeak = false;
    }
    const elapsedMs = (i - 1) * candles.timeframeMs;
    while (nextTarget < targetLevels.length && targetLevels[nextTarget]!.fromMs <= elapsedMs)
      target = targetLevels[nextTarget++]!.at;
    const isPartNearer = exit.partial !== null && partialLevel - openExcursion < target - openExcursion;

    // At the open: what was gapped through.
    if (openExcursion <= stop) return leave(open, i, exit.stops[which]!.reason, part);
    if (!part && openExcursion >= partialLevel && isPartNearer) part = { price: open, bars: i };
    if (openExcursion >= target) return leave(open, i, exit.target.reason, part);
    if (i > exit.holdingBars) return leave(open, i, "timeout", part);
    if (exitBars > 0 && i > exitBars) return leave(open, i, "exit_signal", part);

    // Inside the bar.
    const isTargetTouched = favourable >= target;
    const isPartTouched: boolean = !part && favourable >= partialLevel && (!isTargetTouched || isPartNearer);
    const partIf: Way | null = isPartTouched ? { price: entry + direction * partialLevel, bars: i } : part;
    if (adverse <= stop) {
      const atStop = entry + direction * stop;
      const { reason } = exit.stops[which]!;
      const partBefore = isPartTouched && isBeforeStop(partialLevel, openExcursion, stop, rules) ? partIf : part;
      if (isTargetTouched) {
        const atTarget = leave(entry + direction * target, i, exit.target.reason, partIf);
        return isBeforeStop(target, openExcursion, stop, rules)
          ? eitherWay(atTarget, leave(atStop, i, reason, part))
          : eitherWay(leave(atStop, i, reason, partBefore), atTarget);
      }
      const stopped = leave(atStop, i, reason, partBefore);
      if (!isPartTouched) return stopped;
      return eitherWay(stopped, leave(atStop, i, reason, partBefore === part ? partIf : part));
    }
    part = partIf;
    if (isTargetTouched) return leave(entry + direction * target, i, exit.target.reason, part);
    if (i === exit.holdingBars) return leave(candles.close[bar]!, i, "timeout", part);
    if (i === exitBars) return leave(candles.close[bar]!, i, "exit_signal", part);
    if (favourable > peak) {
      peak = favourable;
      isNewPeak = true;
    }
  }
  const last = candles.count - 1;
  return leave(candles.close[last]!, slotOf(candles, last) - slotOf(candles, signal.bar), "end_of_data", part);

  function leave(price: number, bars: number, reason: ExitReason, left: Way | null): WalkedTrade {
    const whole = leaveAt(given, price, bars, reason);
    if (!left) return whole;
    const { share } = exit.partial!;
    const own = leaveAt(given, left.price, left.bars, reason);
    const net = share * own.return + (1 - share) * whole.return;
    const gross = share * own.gross + (1 - share) * whole.gross;
    return { ...whole, return: net, gross, otherReturn: net, partialBars: left.bars, partialReturn: own.return };
  }
}

/** Whether a level that is touched inside the bar of the stop is taken before it. */
function isBeforeStop(level: number, openExcursion: number, stop: number, { intrabar }: TradeRules): boolean {
  return intrabar === "target-first" || (intrabar === "nearest-open" && level - openExcursion < openExcursion - stop);
}

/** A trade of a bar that could have gone the other way. */
function eitherWay(taken: WalkedTrade, other: WalkedTrade): WalkedTrade {
  return { ...taken, ambiguous: true, otherReturn: other.return };
}

/**
 * The exit model `summary`, of the older system: of the `lookaheadBars` after the signal only the highest high, the lowest low and the
 * last close are known. Where stop and target were both touched, the larger excursion decides (favourable strictly larger: the target).
 */
export function walkSummary(
  candles: Candles,
  signal: Signal,
  exit: Pick<BarExit, "target" | "stops">,
  rules: TradeRules,
  lookaheadBars: number,
): WalkedTrade {
  const { bar, entry, direction } = signal;
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
  const given = { candles, signal, rules };
  const trade = { entry, atr: signal.atr, cost: 2 * (rules.fee + rules.slippage) };
  const target = entry + direction * exit.target.levelsOf(trade)[0]!.at;
  const stop = entry + direction * exit.stops[0]!.levelOf(trade).at;
  const isTargetTouched = direction === 1 ? high >= target : low <= target;
  const isStopTouched = direction === 1 ? low <= stop : high >= stop;
  const up = (high - entry) / entry;
  const down = (entry - low) / entry;
  const atTarget = leaveAt(given, target, bars, "take_profit");
  const atStop = leaveAt(given, stop, bars, "stop_loss");
  if (isTargetTouched && isStopTouched) {
    const [taken, other] = (direction === 1 ? up > down : down > up) ? [atTarget, atStop] : [atStop, atTarget];
    return { ...taken, ambiguous: true, otherReturn: other.return };
  }
  if (isTargetTouched) return atTarget;
  if (isStopTouched) return atStop;
  return leaveAt(given, close, bars, bars < lookaheadBars ? "end_of_data" : "timeout");
}

/** What every way out of one trade is reckoned with. */
interface Given {
  readonly candles: Candles;
  readonly signal: Signal;
  readonly rules: TradeRules;
}

function leaveAt({ candles, signal, rules }: Given, price: number, bars: number, reason: ExitReason): WalkedTrade {
  const { direction, entry } = signal;
  const barsPer8h = (8 * 3_600_000) / candles.timeframeMs;
  const cost = 2 * (rules.fee + rules.slippage) + direction * rules.fundingPer8h * (bars / barsPer8h);
  const gross = (direction * (price - entry)) / entry;
  const net = gross - cost;
  return {
    bars,
    reason,
    exit: price,
    return: net,
    gross,
    ambiguous: false,
    otherReturn: net,
    partialBars: 0,
    partialReturn: 0,
  };
}
