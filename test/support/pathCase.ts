import type { Candles } from "../../src/candles/candles.ts";
import { type ExitSides, exitSidesOf, type StopSide, type TargetSide } from "../../src/search/exitLevels.ts";
import { type Signal, type WalkedTrade, walkSummary, walkTrade } from "../../src/search/plainWalk.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import {
  fixedStop,
  fixedTarget,
  type LevelUnit,
  lockedStop,
  steppedTarget,
  trailingStop,
} from "../../src/space/exitParts.ts";
import { without } from "./holes.ts";
import { jumpyCandles, randomFrom, withRandomFunding } from "./random.ts";

/** Opportunities over one symbol's candles, and the sides of every exit over them. */
export interface PathCase {
  readonly candles: Candles;
  readonly signals: readonly Signal[];
  readonly stops: readonly StopSide[];
  readonly targets: readonly TargetSide[];
  readonly rules: TradeRules;
}

/** Rules that a case may have beside stops, targets, trailing stops and holding times in ATRs. */
export interface FurtherRules {
  readonly percent?: boolean;
  readonly tables?: boolean;
  readonly locks?: boolean;
  readonly partials?: boolean;
  readonly exitSignals?: boolean;
  /** The candles bring their own funding rates. */
  readonly funding?: boolean;
}

export const everyRule: FurtherRules = { percent: true, tables: true, locks: true, partials: true, exitSignals: true };

/** Random signals on jumpy candles, some of them at the very end, and one to three levels of each kind; no trailing variant now and then. */
export function pathCase(
  seed: number,
  rules: Omit<TradeRules, "fee" | "slippage">,
  signals: number,
  further: FurtherRules = {},
): PathCase {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const some = <T>(values: readonly T[], least: number): T[] => {
    const chosen = values.filter(() => random() < 0.5);
    return chosen.length < least ? [pick(values)] : chosen;
  };
  const whole = jumpyCandles("AAA", 70, random);
  // Every third case has holes.
  const missing = Array.from({ length: 70 }, () => seed % 3 === 0 && random() < 0.3);
  const observed = without(whole, (slot) => missing[slot]!);
  const candles = further.funding ? withRandomFunding(observed, seed) : observed;
  const isRound = seed % 2 === 0;
  const drawn = Array.from({ length: signals }, (): Signal => {
    const bar = Math.floor(random() * candles.count);
    return {
      bar,
      direction: random() < 0.5 ? 1 : -1,
      entry: random() < 0.8 ? candles.close[bar]! : candles.open[bar]!,
      atr: 0.5 + Math.floor(random() * 8) / 4,
      ...(further.exitSignals && { exitBars: random() < 0.3 ? 0 : 1 + Math.floor(random() * 12) }),
    };
  });
  // Entries stand around 100: a percent is about what an ATR is.
  const unit = (): LevelUnit => (further.percent && random() < 0.5 ? "percent" : "atr");
  const [targetUnit, stopUnit, trailingUnit] = [unit(), unit(), unit()];
  const targets = some([0.5, 1, 2, 4], 1).map((value) => fixedTarget({ value, unit: targetUnit }, "take_profit"));
  const stops = some([0.5, 1, 2, 3], 1).map((value) => fixedStop({ value, unit: stopUnit }, "stop_loss"));
  // Round ones are met exactly; the others have every bit set somewhere.
  const trailing = some(isRound ? [0, 0.5, 1, 2] : [0.1, 0.7, 0.9, 1.7], 0).map((activation) =>
    trailingStop(activation, pick(isRound ? [0.25, 0.5, 1, 2] : [0.3, 0.6, 0.7, 1.1]), trailingUnit, "trailing_stop"),
  );
  const holdingBars = rules.summaryBars === null ? some([1, 2, 5, 16], 1) : [rules.summaryBars];
  const table = () =>
    steppedTarget(
      [0, 15, 40, 90, 200]
        .filter((_, k) => (k === 0 && random() < 0.7) || random() < 0.5)
        .map((minutes) => ({ minutes, percent: random() < 0.1 ? -1 : pick([-0.5, 0, 0.4, 1, 1.5, 3]) })),
      "roi",
    );
  const tables = further.tables && random() < 0.6 ? [table(), table(), table()] : [];
  const locks = further.locks
    ? some([0, 0.5, 1, 2], 0).map((value) =>
        lockedStop({ value, unit: unit() }, random() < 0.4 ? null : pick([-0.3, 0, 0.2, 1.2]), "break_even"),
      )
    : [];
  const partials = further.partials
    ? some([0.4, 0.8, 1, 2, 5], 0).map((value) => ({ share: pick([0.25, 0.5, 1 / 3]), level: { value, unit: unit() } }))
    : [];
  const fixedOnly = tables.length === 0 || random() < 0.5 ? targets : [];
  /** So many of them, that none of the memory is too small; in their order. */
  const few = <T>(all: readonly T[], most: number): T[] => {
    const kept = [...all];
    while (kept.length > most) kept.splice(Math.floor(random() * kept.length), 1);
    return kept;
  };
  const stopSides = stops.flatMap((stop) =>
    [null, ...trailing].flatMap((trail) =>
      [null, ...locks].flatMap((lock) =>
        [null, ...partials].map((partial) => ({
          stops: [stop, ...(trail ? [trail] : []), ...(lock ? [lock] : [])],
          partial,
        })),
      ),
    ),
  );
  const targetSides = [...fixedOnly, ...tables].flatMap((target) =>
    holdingBars.flatMap((bars) =>
      (further.exitSignals ? [false, true] : [false]).map((usesExitSignal) => ({
        target,
        holdingBars: bars,
        usesExitSignal,
      })),
    ),
  );
  return {
    candles,
    signals: drawn,
    stops: few(stopSides, 12),
    targets: few(targetSides, 8),
    rules: { fee: 0.0005, slippage: 0.0002, ...rules },
  };
}

/** Candles, one after another, of these opens, highs, lows and closes; the last is repeated up to `count`. */
export function candlesFrom(bars: readonly (readonly [number, number, number, number])[], count: number): Candles {
  const template = jumpyCandles("AAA", count, randomFrom(1));
  const column = (place: number): Float64Array =>
    Float64Array.from({ length: count }, (_, bar) => bars[Math.min(bar, bars.length - 1)]![place]!);
  return { ...template, open: column(0), high: column(1), low: column(2), close: column(3) };
}

/** The sides of a case as the core reads them. */
export function exitSidesIn({ stops, targets, rules, candles }: PathCase): ExitSides {
  return exitSidesOf(stops, targets, {
    timeframeMs: candles.timeframeMs,
    cost: 2 * (rules.fee + rules.slippage),
    summaryBars: rules.summaryBars,
  });
}

/** What the plain walk makes of one signal under one exit. */
export function plainTrade(
  { candles, rules }: PathCase,
  signal: Signal,
  stop: StopSide,
  target: TargetSide,
): Omit<WalkedTrade, "gross"> {
  const exit = { ...stop, ...target };
  const walked =
    rules.summaryBars === null
      ? walkTrade(candles, signal, exit, rules)
      : walkSummary(candles, signal, exit, rules, rules.summaryBars);
  // All but what it made before costs, name by name: thousands of these are made, and taking one out of an object is slow.
  return {
    bars: walked.bars,
    halfBars: walked.halfBars,
    reason: walked.reason,
    exit: walked.exit,
    return: walked.return,
    ambiguous: walked.ambiguous,
    otherReturn: walked.otherReturn,
    partialBars: walked.partialBars,
    partialReturn: walked.partialReturn,
  };
}
