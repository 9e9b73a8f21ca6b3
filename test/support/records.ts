import type { Candles } from "../../src/candles/candles.ts";
import { reachOf, slotOf } from "../../src/candles/slots.ts";
import { NO_TRAILING } from "../../src/core/abi.ts";
import { summaryOf } from "../../src/core/passageRunner.ts";
import { type Levels, levelCountOf, packLevels, recordBytesOf } from "../../src/core/paths.ts";
import { shiftOf } from "../../src/core/sides.ts";
import { type BarExit, type Signal, type WalkedTrade, walkSummary, walkTrade } from "../../src/search/plainWalk.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { CoreMemory } from "./coreMemory.ts";
import { without } from "./holes.ts";
import { jumpyCandles, randomFrom } from "./random.ts";

/** Opportunities over one symbol's candles, and the levels of every exit over them. */
export interface PathCase {
  readonly candles: Candles;
  readonly signals: readonly Signal[];
  readonly levels: Levels;
  readonly rules: TradeRules;
}

/** Random signals on jumpy candles, some of them at the very end, and one to three levels of each kind; no trailing variant now and then. */
export function pathCase(seed: number, rules: Omit<TradeRules, "fee" | "slippage">, signals: number): PathCase {
  const random = randomFrom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const some = (values: readonly number[], least: number): number[] => {
    const chosen = values.filter(() => random() < 0.5);
    return chosen.length < least ? [pick(values)] : chosen;
  };
  const whole = jumpyCandles("AAA", 70, random);
  // Every third case has holes.
  const missing = Array.from({ length: 70 }, () => seed % 3 === 0 && random() < 0.3);
  const candles = without(whole, (slot) => missing[slot]!);
  const isRound = seed % 2 === 0;
  return {
    candles,
    signals: Array.from({ length: signals }, () => {
      const bar = Math.floor(random() * candles.count);
      return {
        bar,
        direction: random() < 0.5 ? 1 : -1,
        entry: random() < 0.8 ? candles.close[bar]! : candles.open[bar]!,
        atr: 0.5 + Math.floor(random() * 8) / 4,
      };
    }),
    levels: {
      targets: some([0.5, 1, 2, 4], 1),
      stops: some([0.5, 1, 2, 3], 1),
      // Round ones are met exactly; the others have every bit set somewhere.
      trailing: some(isRound ? [0, 0.5, 1, 2] : [0.1, 0.7, 0.9, 1.7], 0).map((activation) => ({
        activation,
        distance: pick(isRound ? [0.25, 0.5, 1, 2] : [0.3, 0.6, 0.7, 1.1]),
      })),
      holdingBars: rules.summaryBars === null ? some([1, 2, 5, 16], 1) : [rules.summaryBars],
    },
    rules: { fee: 0.0005, slippage: 0.0002, ...rules },
  };
}

/** What the plain walk makes of one signal under one exit. */
export function plainTrade(
  { candles, rules, levels }: PathCase,
  signal: Signal,
  [target, stop, variant, holding]: readonly [number, number, number | null, number],
): WalkedTrade {
  const exit: BarExit = {
    takeProfit: levels.targets[target]!,
    stopLoss: levels.stops[stop]!,
    holdingBars: levels.holdingBars[holding]!,
    trailing: variant === null ? null : levels.trailing[variant]!,
  };
  return rules.summaryBars === null
    ? walkTrade(candles, signal, exit, rules)
    : walkSummary(candles, signal, exit, rules, rules.summaryBars);
}

/** Every exit of the levels: places of target, stop, trailing variant or null, holding time. */
export function exitsOf(levels: Levels): (readonly [number, number, number | null, number])[] {
  const variants = [null, ...levels.trailing.keys()];
  return [...levels.targets.keys()].flatMap((target) =>
    [...levels.stops.keys()].flatMap((stop) =>
      variants.flatMap((variant) =>
        [...levels.holdingBars.keys()].map((holding) => [target, stop, variant, holding] as const),
      ),
    ),
  );
}

/** Room that an earlier batch has left behind: full of times at which everything was touched. */
function usedRoom(memory: CoreMemory, bytes: number): number {
  const at = memory.room(bytes);
  memory.bytes.fill(0, at, at + bytes);
  return at;
}

/** Records of a case as the core makes them, in a memory of their own. */
export function recordsOf(one: PathCase, details: 1 | 2 | 3) {
  const { candles, signals, levels, rules } = one;
  const memory = new CoreMemory();
  const recordBytes = recordBytesOf(levels, details);
  const entries = memory.place(Float64Array.from(signals, ({ entry }) => entry));
  const atrs = memory.place(Float64Array.from(signals, ({ atr }) => atr));
  const directions = memory.place(Int8Array.from(signals, ({ direction }) => direction));
  const longest = Math.max(...levels.holdingBars);
  const lastSlot = slotOf(candles, candles.count - 1);
  // Candles that the longest holding time reaches; under the summary model, bars of data.
  const reaches = memory.place(
    Int32Array.from(signals, ({ bar }) =>
      rules.summaryBars === null ? reachOf(candles, bar, longest) : lastSlot - slotOf(candles, bar),
    ),
  );
  const levelsAt = memory.place(packLevels(levels));
  const shared = {
    count: signals.length,
    entries,
    atrs,
    directions,
    levels: levelsAt,
    targetCount: levels.targets.length,
    stopCount: levels.stops.length,
    trailingCount: levels.trailing.length,
    holdingCount: levels.holdingBars.length,
    cost: 2 * (rules.fee + rules.slippage),
    fundingPer8h: rules.fundingPer8h,
    barsPer8h: 32,
    details,
    recordBytes,
  };
  const bytes = signals.length * recordBytes;
  let records: number;
  let before: Buffer;
  if (rules.summaryBars === null) {
    const [open, high, low, close] = [
      memory.place(candles.open),
      memory.place(candles.high),
      memory.place(candles.low),
      memory.place(candles.close),
    ];
    const slots = candles.slots ? memory.place(candles.slots) : 0;
    const bars = memory.place(Int32Array.from(signals, ({ bar }) => bar));
    records = usedRoom(memory, bytes);
    before = memory.copy();
    memory.core.passages({ ...shared, open, high, low, close, slots, bars, reach: reaches, records });
  } else {
    const summaries = signals.map(({ bar }) => summaryOf(candles, bar, rules.summaryBars!));
    const highs = memory.placeFloats(summaries.map(({ high }) => high));
    const lows = memory.placeFloats(summaries.map(({ low }) => low));
    const closes = memory.placeFloats(summaries.map(({ close }) => close));
    records = usedRoom(memory, bytes);
    before = memory.copy();
    const bars = rules.summaryBars;
    memory.core.summaryPassages({ ...shared, available: reaches, highs, lows, closes, bars, records });
  }
  return {
    memory,
    records,
    recordBytes,
    atrs,
    levelsAt,
    levelCount: levelCountOf(levels),
    isTouchedOutside: memory.isTouchedOutside(before, records, bytes),
  };
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
  const { levels } = one;
  const walked = recordsOf(one, rule === 2 ? 2 : 1);
  const { memory, records, recordBytes, atrs, levelsAt, levelCount } = walked;
  const firstTrailing = levels.targets.length + levels.stops.length;
  const stopPairs = [...levels.stops.keys()].flatMap((stop) =>
    [null, ...levels.trailing.keys()].map((variant) => [stop, variant] as const),
  );
  const targetPairs = [...levels.targets.keys()].flatMap((target) =>
    [...levels.holdingBars.keys()].map((holding) => [target, holding] as const),
  );
  const stopItems = memory.place(
    Uint16Array.from(
      stopPairs.flatMap(([stop, variant]) => [
        levels.targets.length + stop,
        variant === null ? NO_TRAILING : firstTrailing + variant,
      ]),
    ),
  );
  const targetItems = memory.place(
    Uint16Array.from(
      targetPairs.flatMap(([target, holding]) => [target, firstTrailing + levels.trailing.length + holding]),
    ),
  );
  const [rowItems, laneItems] = areStopsInLanes
    ? [targetPairs.length, stopPairs.length]
    : [stopPairs.length, targetPairs.length];
  const rowBytes = rowItems * slotCount * 16;
  const laneBytes = Math.ceil(laneItems / 4) * slotCount * 64;
  const sourcesAt = memory.placeWords(sources);
  const slotsAt = memory.placeWords(slots);
  const rows = memory.room(rowBytes);
  const lanes = memory.room(laneBytes);
  const before = memory.copy();
  const shift = areStopsInLanes ? shiftOf(stopPairs.length) : 0;
  memory.core.packSides({
    records,
    recordBytes,
    count: sources.length,
    sources: sourcesAt,
    slots: slotsAt,
    levels: levelsAt,
    levelCount,
    atrs,
    stopItems,
    stopCount: stopPairs.length,
    targetItems,
    targetCount: targetPairs.length,
    areStopsInLanes,
    shift,
    rule,
    rows,
    lanes,
    slotCount,
  });
  const number = (at: number): number => memory.view.getFloat64(at, true);
  return {
    stopPairs,
    targetPairs,
    shift,
    laneItems,
    isTouchedOutside: walked.isTouchedOutside || memory.isTouchedOutside(before, rows, lanes + laneBytes - rows),
    row: (item: number, slot: number) => {
      const at = rows + (item * slotCount + slot) * 16;
      return { time: number(at), points: number(at + 8) };
    },
    lane: (item: number, slot: number) => {
      const at = lanes + (Math.floor(item / 4) * slotCount + slot) * 64 + (item % 4) * 8;
      return { time: number(at), points: number(at + 32) };
    },
  };
}
