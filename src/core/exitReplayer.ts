import * as abi from "./abi.ts";
import { type Core, createMemory, instantiateCore } from "./instance.ts";
import { layOut, requireFit } from "./layout.ts";
import { PassageRunner, passageRegions, segmentBarsOf } from "./passageRunner.ts";
import {
  type CandleColumns,
  type CoreRules,
  intrabarOf,
  type Levels,
  type PathColumns,
  recordBytesOf,
} from "./paths.ts";

/** One way to leave: multiples of ATR, the longest holding time in bars, and the trailing stop where there is one. */
export interface CoreExit {
  readonly target: number;
  readonly stop: number;
  readonly holdingBars: number;
  readonly trailing: { readonly activation: number; readonly distance: number } | null;
}

/** What one exit did to each opportunity; columns of the table's count. */
export interface Outcomes {
  /** Bars held. */
  readonly bars: Int32Array;
  /** Codes of abi.ts. */
  readonly reason: Uint8Array;
  /** Net, a fraction of entry. */
  readonly return: Float64Array;
  readonly exit: Float64Array;
  /** 1 where stop and target were both touched inside the exit bar. */
  readonly ambiguous: Uint8Array;
  readonly otherReturn: Float64Array;
}

export const intrabarCode = {
  "stop-first": abi.STOP_FIRST,
  "target-first": abi.TARGET_FIRST,
  "nearest-open": abi.NEAREST_OPEN,
} as const;

/** Rows replayed at once; what keeps a replay's memory small whatever the table. */
const chunkRows = 2048;
const segmentStartBars = 2048;

/** Replays exits, one at a time, over every opportunity of a table, in the core and in one small fixed memory. Paths may be cut short by the end of the data. */
export class ExitReplayer {
  private readonly memory: WebAssembly.Memory;
  private readonly core: Core;
  private readonly at;
  private readonly segmentBars: number;

  /** Throws CapacityError where `memoryBytes` cannot hold a path of `longestBars`. */
  constructor(
    private readonly paths: PathColumns,
    private readonly candles: readonly CandleColumns[],
    private readonly rules: CoreRules,
    longestBars: number,
    memoryBytes: number,
  ) {
    const widest: Levels = {
      targets: [0],
      stops: [0],
      trailing: [{ activation: 0, distance: 0 }],
      holdingBars: [longestBars],
    };
    this.segmentBars = segmentBarsOf(widest, segmentStartBars);
    const layout = layOut({
      ...passageRegions(widest, this.segmentBars),
      records: chunkRows * recordBytesOf(widest, 3),
      atrs: chunkRows * 8,
      bars: chunkRows * 4,
      reason: chunkRows,
      returns: chunkRows * 8,
      prices: chunkRows * 8,
      ambiguous: chunkRows,
      otherReturns: chunkRows * 8,
    });
    requireFit(layout, memoryBytes, `a replay of ${longestBars} bars`);
    this.memory = createMemory(layout.totalBytes);
    this.core = instantiateCore(this.memory);
    this.at = layout.offsets;
  }

  get linearMemoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** What `exit` does to each row; its holding time may not exceed the longest. */
  replay(exit: CoreExit): Outcomes {
    const levels: Levels = {
      targets: [exit.target],
      stops: [exit.stop],
      trailing: exit.trailing ? [exit.trailing] : [],
      holdingBars: [exit.holdingBars],
    };
    const { at, core, paths } = this;
    const runner = new PassageRunner(core, this.memory, at, this.segmentBars, levels, this.rules, 3);
    const floats = new Float64Array(this.memory.buffer);
    const words = new Int32Array(this.memory.buffer);
    const bytes = new Uint8Array(this.memory.buffer);
    const count = paths.count;
    const outcomes = {
      bars: new Int32Array(count),
      reason: new Uint8Array(count),
      return: new Float64Array(count),
      exit: new Float64Array(count),
      ambiguous: new Uint8Array(count),
      otherReturn: new Float64Array(count),
    };
    const holding = 2 + levels.trailing.length;
    for (let from = 0; from < count; from += chunkRows) {
      const to = Math.min(count, from + chunkRows);
      const rows = to - from;
      runner.run(paths, this.candles, from, to, at.records);
      floats.set(paths.atr.subarray(from, to), at.atrs / 8);
      core.describeOutcomes(
        at.records,
        runner.recordBytes,
        holding + 1,
        at.levels,
        at.atrs,
        rows,
        0,
        1,
        exit.trailing ? 2 : abi.NO_TRAILING,
        holding,
        exit.holdingBars,
        intrabarCode[intrabarOf(this.rules)],
        at.bars,
        at.reason,
        at.returns,
        at.prices,
        at.ambiguous,
        at.otherReturns,
      );
      outcomes.bars.set(words.subarray(at.bars / 4, at.bars / 4 + rows), from);
      outcomes.reason.set(bytes.subarray(at.reason, at.reason + rows), from);
      outcomes.return.set(floats.subarray(at.returns / 8, at.returns / 8 + rows), from);
      outcomes.exit.set(floats.subarray(at.prices / 8, at.prices / 8 + rows), from);
      outcomes.ambiguous.set(bytes.subarray(at.ambiguous, at.ambiguous + rows), from);
      outcomes.otherReturn.set(floats.subarray(at.otherReturns / 8, at.otherReturns / 8 + rows), from);
    }
    return outcomes;
  }
}
