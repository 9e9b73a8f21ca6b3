import type { Candles } from "../../src/candles/candles.ts";
import { reachOf, slotOf } from "../../src/candles/slots.ts";
import { LANE_GROUP_BYTES, PARTIAL_LANE_GROUP_BYTES, PARTIAL_ROW_BYTES, ROW_BYTES } from "../../src/core/abi.ts";
import {
  firstLevels,
  levelCountOf,
  longestBarsOf,
  packLevels,
  placesOf,
  recordBytesOf,
  unitCode,
} from "../../src/core/levels.ts";
import { summaryOf } from "../../src/core/passageRunner.ts";
import { shiftOf } from "../../src/core/sides.ts";
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
import { CoreMemory } from "./coreMemory.ts";
import { without } from "./holes.ts";
import { jumpyCandles, randomFrom } from "./random.ts";

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
  const candles = without(whole, (slot) => missing[slot]!);
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
  const { gross: _, ...walked } =
    rules.summaryBars === null
      ? walkTrade(candles, signal, exit, rules)
      : walkSummary(candles, signal, exit, rules, rules.summaryBars);
  return walked;
}

/** Room that an earlier batch has left behind: full of times at which everything was touched. */
function usedRoom(memory: CoreMemory, bytes: number): number {
  const at = memory.room(bytes);
  memory.bytes.fill(0, at, at + bytes);
  return at;
}

/** Records of a case as the core makes them, in a memory of their own. */
export function recordsOf(one: PathCase, details: 1 | 2 | 3) {
  const { candles, signals, rules } = one;
  const { levels } = exitSidesIn(one);
  const memory = new CoreMemory(4);
  const recordBytes = recordBytesOf(levels, details);
  const entries = memory.place(Float64Array.from(signals, ({ entry }) => entry));
  const atrs = memory.place(Float64Array.from(signals, ({ atr }) => atr));
  const directions = memory.place(Int8Array.from(signals, ({ direction }) => direction));
  const longest = longestBarsOf(levels);
  const lastSlot = slotOf(candles, candles.count - 1);
  // Candles that the longest holding time reaches; under the summary model, bars of data.
  const reach = memory.place(
    Int32Array.from(signals, ({ bar }) =>
      rules.summaryBars === null ? reachOf(candles, bar, longest) : lastSlot - slotOf(candles, bar),
    ),
  );
  const levelsAt = memory.place(packLevels(levels));
  const levelCount = levelCountOf(levels);
  const shared = {
    count: signals.length,
    entries,
    directions,
    levelCount,
    cost: 2 * (rules.fee + rules.slippage),
    fundingPer8h: rules.fundingPer8h,
    barsPer8h: 32,
    details,
    recordBytes,
  };
  const plain = {
    ...shared,
    atrs,
    levels: levelsAt,
    targetCount: levels.targets.length,
    stopCount: levels.stops.length,
    trailingCount: levels.trailing.length,
    holdingCount: levels.holdingBars.length,
    targetUnit: unitCode(levels.units?.targets),
    stopUnit: unitCode(levels.units?.stops),
  };
  const bytes = signals.length * recordBytes;
  let records: number;
  let isTouchedOutside: boolean;
  if (rules.summaryBars === null) {
    const [open, high, low, close] = [
      memory.place(candles.open),
      memory.place(candles.high),
      memory.place(candles.low),
      memory.place(candles.close),
    ];
    const slots = candles.slots ? memory.place(candles.slots) : 0;
    const bars = memory.place(Int32Array.from(signals, ({ bar }) => bar));
    const exits = memory.place(Int32Array.from(signals, ({ exitBars = 0 }) => exitBars));
    records = usedRoom(memory, bytes);
    let before = memory.copy();
    memory.core.passages({
      ...plain,
      ...{ open, high, low, close, slots, bars, reach, records },
      trailingUnit: unitCode(levels.units?.trailing),
      endsAtTargets: !levels.hasTables,
    });
    isTouchedOutside = memory.isTouchedOutside(before, records, bytes);
    const first = firstLevels(levels);
    const further = { ...shared, open, slots, bars, reach, records };
    const walked = { ...further, atrs, high, low, lastStop: first.trailing - 1 };
    const { steps = [], locks = [] } = levels;
    const places = placesOf(levels);
    before = memory.copy();
    memory.core.stepPassages({
      ...walked,
      steps: levelsAt + places.steps,
      stepCount: steps.length,
      firstLevel: first.step,
    });
    memory.core.lockPassages({
      ...walked,
      locks: levelsAt + places.locks,
      lockCount: locks.length,
      firstLevel: first.lock,
    });
    // These keep what a trade is at beside their levels.
    before.set(
      memory.bytes.subarray(levelsAt + places.steps, levelsAt + packLevels(levels).byteLength),
      levelsAt + places.steps,
    );
    if (levels.withExitSignal) memory.core.exitSignalPassages({ ...further, close, exits, level: first.exitSignal });
    isTouchedOutside ||= memory.isTouchedOutside(before, records, bytes);
  } else {
    const summaries = signals.map(({ bar }) => summaryOf(candles, bar, rules.summaryBars!));
    const highs = memory.placeFloats(summaries.map(({ high }) => high));
    const lows = memory.placeFloats(summaries.map(({ low }) => low));
    const closes = memory.placeFloats(summaries.map(({ close }) => close));
    records = usedRoom(memory, bytes);
    const before = memory.copy();
    const bars = rules.summaryBars;
    memory.core.summaryPassages({ ...plain, available: reach, highs, lows, closes, bars, records });
    isTouchedOutside = memory.isTouchedOutside(before, records, bytes);
  }
  return { memory, records, recordBytes, levelCount, isTouchedOutside };
}

/** Sides of a case as the core packs them: record sources[k] in slot slots[k]. */
export function sidesOf(
  one: PathCase,
  areStopsInLanes: boolean,
  rule: number,
  sources: readonly number[],
  slots: readonly number[],
  slotCount: number,
) {
  const exits = exitSidesIn(one);
  const walked = recordsOf(one, rule === 2 ? 2 : 1);
  const { memory, records, recordBytes, levelCount } = walked;
  const stopItems = memory.place(exits.stopItems);
  const targetItems = memory.place(exits.targetItems);
  const shares = exits.shares ? memory.place(exits.shares) : 0;
  const [rowItems, laneItems] = areStopsInLanes
    ? [one.targets.length, one.stops.length]
    : [one.stops.length, one.targets.length];
  const slotBytes = exits.shares ? PARTIAL_ROW_BYTES : ROW_BYTES;
  const groupBytes = exits.shares ? PARTIAL_LANE_GROUP_BYTES : LANE_GROUP_BYTES;
  const rowBytes = rowItems * slotCount * slotBytes;
  const laneBytes = Math.ceil(laneItems / 4) * slotCount * groupBytes;
  const sourcesAt = memory.placeWords(sources);
  const slotsAt = memory.placeWords(slots);
  const rows = memory.room(rowBytes);
  const lanes = memory.room(laneBytes);
  const before = memory.copy();
  const shift = areStopsInLanes ? shiftOf(one.stops.length) : 0;
  memory.core.packSides({
    records,
    recordBytes,
    count: sources.length,
    sources: sourcesAt,
    slots: slotsAt,
    levelCount,
    stopItems,
    stopCount: one.stops.length,
    targetItems,
    targetCount: one.targets.length,
    areStopsInLanes,
    shift,
    shares,
    rule,
    rows,
    lanes,
    slotCount,
  });
  const number = (at: number): number => memory.view.getFloat64(at, true);
  return {
    shift,
    laneItems,
    isPartial: exits.shares !== null,
    isTouchedOutside: walked.isTouchedOutside || memory.isTouchedOutside(before, rows, lanes + laneBytes - rows),
    row: (item: number, slot: number) => {
      const at = rows + (item * slotCount + slot) * slotBytes;
      const part = exits.shares ? { time: number(at + 16), points: number(at + 24), rest: number(at + 32) } : null;
      return { time: number(at), points: number(at + 8), part };
    },
    lane: (item: number, slot: number) => {
      const at = lanes + (Math.floor(item / 4) * slotCount + slot) * groupBytes + (item % 4) * 8;
      return { time: number(at), points: number(at + 32), ...(exits.shares && { target: number(at + 64) }) };
    },
  };
}
