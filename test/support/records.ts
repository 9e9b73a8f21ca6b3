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
import type { Signal } from "../../src/search/plainWalk.ts";
import { fixedStop, type LevelUnit } from "../../src/space/exitParts.ts";
import { CoreMemory } from "./coreMemory.ts";
import { exitSidesIn, type PathCase } from "./pathCase.ts";

/** Room that an earlier batch has left behind: full of times at which everything was touched, and of bounds that are very low or next to 0. */
function usedRoom(memory: CoreMemory, bytes: number): number {
  const at = memory.room(bytes);
  for (let k = 0; k < bytes; k++) memory.bytes[at + k] = k % 16 < 8 ? 0xfe : 0x8e;
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
  const reachOfSignal = ({ bar }: Signal): number =>
    rules.summaryBars === null ? reachOf(candles, bar, longest) : lastSlot - slotOf(candles, bar);
  // Nothing is reached by what stands before the column.
  const reach = memory.place(Int32Array.from([0, 0, 0, 0, 0, 0, 0, 0, ...signals.map(reachOfSignal)])) + 32;
  const levelCount = levelCountOf(levels);
  // What stands behind the levels is no level: no number, or what would be touched at once.
  const behind = levelCount % 2 === 0 ? [Number.NaN, Number.NaN, Number.NaN, -1, Number.NaN] : [0, 0, 0, 0, 0];
  const levelsAt = memory.place(Float64Array.from([...packLevels(levels), ...behind]));
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
    const funding = candles.fundingSums ? memory.place(candles.fundingSums) : 0;
    const bars = memory.place(Int32Array.from(signals, ({ bar }) => bar));
    const exits = memory.place(Int32Array.from(signals, ({ exitBars = 0 }) => exitBars));
    records = usedRoom(memory, bytes);
    let before = memory.copy();
    memory.core.passages({
      ...plain,
      ...{ open, high, low, close, slots, funding, bars, reach, records },
      trailingUnit: unitCode(levels.units?.trailing),
      endsAtTargets: !levels.hasTables,
    });
    isTouchedOutside = memory.isTouchedOutside(before, records, bytes);
    const first = firstLevels(levels);
    const further = { ...shared, open, slots, funding, bars, reach, records };
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
    const funding = candles.fundingSums ? memory.placeFloats(summaries.map((summary) => summary.funding)) : 0;
    records = usedRoom(memory, bytes);
    const before = memory.copy();
    const bars = rules.summaryBars;
    memory.core.summaryPassages({ ...plain, available: reach, highs, lows, closes, funding, bars, records });
    isTouchedOutside = memory.isTouchedOutside(before, records, bytes);
  }
  return { memory, records, recordBytes, levels, levelCount, isTouchedOutside };
}

/** Unit of a case's stops. */
function unitOf({ stops }: PathCase): LevelUnit {
  const { core } = stops[0]!.stops[0]!;
  return core.kind === "fixed" ? core.level.unit : "atr";
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
  // Behind the stops that are packed stand those of the next range.
  const behind = [{ stops: [fixedStop({ value: 1.5, unit: unitOf(one) }, "stop_loss")], partial: null }];
  const whole = { ...one, stops: [...one.stops, ...behind] };
  const exits = exitSidesIn(whole);
  const walked = recordsOf(whole, rule === 2 ? 2 : 1);
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
