import { CoreFault } from "../errors.ts";
import { maxRoiSteps } from "../space/exitRules/target.ts";
import * as abi from "./abi.ts";
import { type BorrowedCore, borrowCore, type Core } from "./instance.ts";
import { layOut, requireFit } from "./layout.ts";
import { type ExitItems, type Levels, levelCountOf, packLevels } from "./levels.ts";
import { batchRows, byPath, PassageRunner, passageRegions } from "./passageRunner.ts";
import {
  type CandleColumns,
  type CoreRules,
  candleBarsOf,
  furtherColumnsOf,
  intrabarOf,
  type PathColumns,
} from "./paths.ts";

/** One way to leave: its levels, and the items of it among them. Holding times may be no longer than the replayer was made for. */
export interface CoreExit {
  readonly levels: Levels;
  readonly items: ExitItems;
}

/** What one exit did to each of the rows asked for; columns of their count, in their order. */
export interface Outcomes {
  /** Bars held. */
  readonly bars: Int32Array;
  /** The half bar of the exit: at the open of bar i it is 2i-1, inside that bar or at its close 2i. */
  readonly halfBars: Int32Array;
  /** Codes of abi.ts. */
  readonly reason: Uint8Array;
  /** Net, a fraction of entry. */
  readonly return: Float64Array;
  readonly exit: Float64Array;
  /** 1 if stop and target were both touched inside the exit bar. */
  readonly ambiguous: Uint8Array;
  readonly otherReturn: Float64Array;
  /** Bars until the part of a partial exit left, 0 if it did not, and what that made, net, a fraction of entry. */
  readonly partialBars: Int32Array;
  readonly partialReturn: Float64Array;
}

export const intrabarCode = {
  "stop-first": abi.STOP_FIRST,
  "target-first": abi.TARGET_FIRST,
  "nearest-open": abi.NEAREST_OPEN,
} as const;

const spareBars = 2048;

/** Replays exits, one at a time, over opportunities of a table, in the core and in one small fixed memory. Paths may be cut short by the end of the data. */
export class ExitReplayer {
  private readonly borrowed: BorrowedCore;
  private readonly memory: WebAssembly.Memory;
  private readonly core: Core;
  private readonly at;
  private readonly candleBars: number;
  /** Levels, and bytes of what they are made of, that there is room for. */
  private readonly room: { readonly levels: number; readonly bytes: number };

  /** Throws CapacityError if `memoryBytes` cannot hold a path of `longestBars`. */
  constructor(
    private readonly paths: PathColumns,
    private readonly candles: readonly CandleColumns[],
    private readonly rules: CoreRules,
    longestBars: number,
    memoryBytes: number,
  ) {
    const widest = widestLevels(longestBars);
    this.room = { levels: levelCountOf(widest), bytes: packLevels(widest).byteLength };
    this.candleBars = candleBarsOf(widest, spareBars, rules);
    const layout = layOut({
      ...passageRegions(widest, this.candleBars, furtherColumnsOf(candles), 3),
      times: batchRows * 4,
      reason: batchRows,
      returns: batchRows * 8,
      prices: batchRows * 8,
      ambiguous: batchRows,
      otherReturns: batchRows * 8,
      partialBars: batchRows * 4,
      partialReturns: batchRows * 8,
      items: abi.STOP_ITEM_BYTES + abi.TARGET_ITEM_BYTES,
    });
    requireFit(layout, memoryBytes, `a replay of ${longestBars} bars`);
    this.borrowed = borrowCore(layout.totalBytes, memoryBytes);
    this.memory = this.borrowed.memory;
    this.core = this.borrowed.core;
    this.at = layout.offsets;
  }

  get linearMemoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Releases the memory; the replayer must not be used afterwards. */
  release(): void {
    this.borrowed.release();
  }

  /** What `exit` does to `rows`; its holding time may not exceed the longest. */
  replay(exit: CoreExit, rows: Uint32Array): Outcomes {
    const { levels, items } = exit;
    if (levelCountOf(levels) > this.room.levels || packLevels(levels).byteLength > this.room.bytes)
      throw new CoreFault("EXIT_LEVELS", "an exit has more levels than a replay has room for");
    const { at, core, rules, candles, candleBars } = this;
    const runner = new PassageRunner(core, this.memory, at, { levels, rules, candles, candleBars, details: 3 });
    const floats = new Float64Array(this.memory.buffer);
    const words = new Int32Array(this.memory.buffer);
    const bytes = new Uint8Array(this.memory.buffer);
    const count = rows.length;
    const outcomes = noOutcomes(count);
    const shorts = new Uint16Array(this.memory.buffer);
    shorts.set(items.stopItem, at.items / 2);
    shorts.set(items.targetItem, (at.items + abi.STOP_ITEM_BYTES) / 2);
    const places = byPath(this.paths, rows);
    const ordered = new Uint32Array(count);
    for (let k = 0; k < count; k++) ordered[k] = rows[places[k]!]!;
    runner.run(this.paths, this.candles, ordered, (from, walked) => {
      core.describeOutcomes({
        records: at.records,
        recordBytes: runner.recordBytes,
        levelCount: levelCountOf(levels),
        count: walked,
        stopItem: at.items,
        targetItem: at.items + abi.STOP_ITEM_BYTES,
        share: items.share,
        holdingBars: levels.holdingBars[0]!,
        rule: intrabarCode[intrabarOf(this.rules)],
        times: at.times,
        reasons: at.reason,
        returns: at.returns,
        prices: at.prices,
        ambiguous: at.ambiguous,
        otherReturns: at.otherReturns,
        partialBars: at.partialBars,
        partialReturns: at.partialReturns,
      });
      for (let k = 0; k < walked; k++) {
        const place = places[from + k]!;
        const time = words[at.times / 4 + k]!;
        outcomes.halfBars[place] = time;
        outcomes.bars[place] = (time + 1) >> 1;
        outcomes.reason[place] = bytes[at.reason + k]!;
        outcomes.return[place] = floats[at.returns / 8 + k]!;
        outcomes.exit[place] = floats[at.prices / 8 + k]!;
        outcomes.ambiguous[place] = bytes[at.ambiguous + k]!;
        outcomes.otherReturn[place] = floats[at.otherReturns / 8 + k]!;
        outcomes.partialBars[place] = words[at.partialBars / 4 + k]!;
        outcomes.partialReturn[place] = floats[at.partialReturns / 8 + k]!;
      }
    });
    return outcomes;
  }
}

function noOutcomes(count: number): Outcomes {
  return {
    bars: new Int32Array(count),
    halfBars: new Int32Array(count),
    reason: new Uint8Array(count),
    return: new Float64Array(count),
    exit: new Float64Array(count),
    ambiguous: new Uint8Array(count),
    otherReturn: new Float64Array(count),
    partialBars: new Int32Array(count),
    partialReturn: new Float64Array(count),
  };
}

/** Room for the levels of any one exit: one of each kind that it always has, and as many further stops as a stop item holds. */
function widestLevels(longestBars: number): Levels {
  const further = abi.STOP_ITEM_BYTES / 2 - 2;
  const step = {
    unit: "percent",
    steps: Array.from({ length: maxRoiSteps }, () => ({ fromBars: 0, value: 0 })),
  } as const;
  return {
    targets: [0],
    stops: [0],
    trailing: Array.from({ length: further }, () => ({ activation: 0, distance: 0 })),
    holdingBars: [longestBars],
    steps: [step, step],
    locks: Array.from({ length: further }, () => ({ activation: 0, unit: "percent", offsetPercent: 0 })),
    withExitSignal: true,
  };
}
