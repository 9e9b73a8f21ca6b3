import type { Candles } from "../candles/candles.ts";
import { candleFrom, slotOf } from "../candles/slots.ts";
import { distanceOf, type Exit, type StopLevel, type TargetLevel } from "../space/exitParts.ts";
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
  /** Half bar of the exit: at the open of bar i it is 2i-1, inside that bar or at its close 2i. */
  readonly halfBars: number;
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
  return new TradeWalk({ candles, signal, rules }, exit).walk();
}

class TradeWalk {
  private readonly exitBars: number;
  private readonly stopLevels: StopLevel[];
  private readonly targetLevels: readonly TargetLevel[];
  private readonly partialLevel: number;
  /** The highest of the stops, which changes with the peak alone, and which of them it is. */
  private stop = Number.NEGATIVE_INFINITY;
  private stopReason: ExitReason = "stop_loss";
  private target = Number.POSITIVE_INFINITY;
  private nextTarget = 0;
  /** How the part of a partial exit has left. */
  private part: Way | null = null;

  constructor(
    private readonly given: Given,
    private readonly exit: BarExit,
  ) {
    const { signal, rules } = given;
    const trade = { entry: signal.entry, atr: signal.atr, cost: 2 * (rules.fee + rules.slippage) };
    this.exitBars = exit.usesExitSignal ? (signal.exitBars ?? 0) : 0;
    this.stopLevels = new Array(exit.stops.length);
    for (let k = 0; k < exit.stops.length; k++) this.stopLevels[k] = exit.stops[k]!.levelOf(trade);
    this.targetLevels = exit.target.levelsOf(trade);
    this.partialLevel = exit.partial ? distanceOf(exit.partial.level, trade) : Number.POSITIVE_INFINITY;
  }

  walk(): WalkedTrade {
    const { candles, signal } = this.given;
    const { open, high, low, count, timeframeMs } = candles;
    const { entry, direction } = signal;
    const firstSlot = slotOf(candles, signal.bar);
    const ends = this.exitBars > 0 ? Math.min(this.exitBars, this.exit.holdingBars) : this.exit.holdingBars;
    let peak = 0;
    this.raiseStop(peak);
    for (let bar = signal.bar + 1; bar < count; bar++) {
      const i = slotOf(candles, bar) - firstSlot;
      if (this.nextTarget < this.targetLevels.length) this.stepTarget((i - 1) * timeframeMs);
      const favourable = direction === 1 ? high[bar]! - entry : entry - low[bar]!;
      const adverse = direction === 1 ? low[bar]! - entry : entry - high[bar]!;
      // A bar that stays within all of it changes nothing but the peak.
      if (adverse <= this.stop || favourable >= this.target || favourable >= this.partialLevel || i >= ends) {
        const early = this.atOpen(open[bar]!, i);
        if (early) return { ...early, halfBars: 2 * i - 1 };
        const trade = this.insideBar(bar, i);
        if (trade) return trade;
      }
      if (favourable > peak) {
        peak = favourable;
        this.raiseStop(peak);
      }
    }
    return this.leave(candles.close[count - 1]!, slotOf(candles, count - 1) - firstSlot, "end_of_data");
  }

  private raiseStop(peak: number): void {
    this.stop = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < this.stopLevels.length; k++) {
      const { from, at, follows } = this.stopLevels[k]!;
      const level = follows ? peak + at : at;
      if (peak >= from && level > this.stop) {
        this.stop = level;
        this.stopReason = this.exit.stops[k]!.reason;
      }
    }
  }

  private stepTarget(elapsedMs: number): void {
    const { targetLevels } = this;
    while (this.nextTarget < targetLevels.length && targetLevels[this.nextTarget]!.fromMs <= elapsedMs)
      this.target = targetLevels[this.nextTarget++]!.at;
  }

  private isPartNearer(openExcursion: number): boolean {
    return this.exit.partial !== null && this.partialLevel - openExcursion < this.target - openExcursion;
  }

  /** What leaves at the open: what was gapped through, and what was to leave in candles that are missing. */
  private atOpen(open: number, i: number): WalkedTrade | null {
    const { direction, entry } = this.given.signal;
    const openExcursion = direction * (open - entry);
    if (openExcursion <= this.stop) return this.leave(open, i, this.stopReason);
    if (!this.part && openExcursion >= this.partialLevel && this.isPartNearer(openExcursion))
      this.part = { price: open, bars: i };
    if (openExcursion >= this.target) return this.leave(open, i, this.exit.target.reason);
    if (i > this.exit.holdingBars) return this.leave(open, i, "timeout");
    if (this.exitBars > 0 && i > this.exitBars) return this.leave(open, i, "exit_signal");
    return null;
  }

  private insideBar(bar: number, i: number): WalkedTrade | null {
    const { candles, signal } = this.given;
    const { direction, entry } = signal;
    const openExcursion = direction * (candles.open[bar]! - entry);
    const high = candles.high[bar]!;
    const low = candles.low[bar]!;
    const favourable = direction === 1 ? high - entry : entry - low;
    const adverse = direction === 1 ? low - entry : entry - high;
    const isTargetTouched = favourable >= this.target;
    const isPartTouched =
      !this.part && favourable >= this.partialLevel && (!isTargetTouched || this.isPartNearer(openExcursion));
    const part = isPartTouched ? { price: entry + direction * this.partialLevel, bars: i } : this.part;
    if (adverse <= this.stop) return this.stopped({ i, openExcursion, isTargetTouched, part });
    this.part = part;
    if (isTargetTouched) return this.leave(entry + direction * this.target, i, this.exit.target.reason);
    if (i === this.exit.holdingBars) return this.leave(candles.close[bar]!, i, "timeout");
    if (i === this.exitBars) return this.leave(candles.close[bar]!, i, "exit_signal");
    return null;
  }

  /** The stop was touched inside the bar, and perhaps the target too; `part` is how the part has left if the bar takes it. */
  private stopped({ i, openExcursion, isTargetTouched, part }: StopBar): WalkedTrade {
    const { direction, entry } = this.given.signal;
    const isPartTouched = part !== this.part;
    const isPartFirst = isPartTouched && this.isBeforeStop(this.partialLevel, openExcursion);
    const partBefore = isPartFirst ? part : this.part;
    const atStop = entry + direction * this.stop;
    if (isTargetTouched) {
      const atTarget = this.leave(entry + direction * this.target, i, this.exit.target.reason, part);
      return this.isBeforeStop(this.target, openExcursion)
        ? eitherWay(atTarget, this.leave(atStop, i, this.stopReason))
        : eitherWay(this.leave(atStop, i, this.stopReason, partBefore), atTarget);
    }
    const trade = this.leave(atStop, i, this.stopReason, partBefore);
    if (!isPartTouched) return trade;
    return eitherWay(trade, this.leave(atStop, i, this.stopReason, isPartFirst ? this.part : part));
  }

  /** Whether a level that is touched inside the bar of the stop is taken before it. */
  private isBeforeStop(level: number, openExcursion: number): boolean {
    const { intrabar } = this.given.rules;
    if (intrabar === "nearest-open") return level - openExcursion < openExcursion - this.stop;
    return intrabar === "target-first";
  }

  private leave(price: number, bars: number, reason: ExitReason, part = this.part): WalkedTrade {
    const whole = leaveAt(this.given, price, bars, reason);
    if (!part) return whole;
    const { share } = this.exit.partial!;
    const own = leaveAt(this.given, part.price, part.bars, reason);
    const net = share * own.return + (1 - share) * whole.return;
    const gross = share * own.gross + (1 - share) * whole.gross;
    return { ...whole, return: net, gross, otherReturn: net, partialBars: part.bars, partialReturn: own.return };
  }
}

/** A bar that touches the stop. */
interface StopBar {
  readonly i: number;
  readonly openExcursion: number;
  readonly isTargetTouched: boolean;
  readonly part: Way | null;
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
  const costs = 2 * (rules.fee + rules.slippage);
  const cost = candles.fundingSums
    ? costs + direction * ratesCharged(candles, signal.bar, bars)
    : costs + direction * rules.fundingPer8h * (bars / barsPer8h);
  const gross = (direction * (price - entry)) / entry;
  const net = gross - cost;
  return {
    bars,
    halfBars: 2 * bars,
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

/** Sum of the funding rates charged from a candle's close to that of the last candle within `bars` bars after it. */
function ratesCharged(candles: Candles, bar: number, bars: number): number {
  const last = candleFrom(candles, slotOf(candles, bar) + bars + 1) - 1;
  return candles.fundingSums![last]! - candles.fundingSums![bar]!;
}
