import * as abi from "./abi.ts";
import { intrabarCode } from "./exitReplayer.ts";
import { type Core, createMemory, instantiateCore } from "./instance.ts";
import { PassageRunner } from "./passageRunner.ts";
import { intrabarOf, levelCountOf } from "./paths.ts";
import type { SweepEntry, SweepJob } from "./sweepJob.ts";
import { planSweep, type SweepPlan } from "./sweepPlan.ts";

/** Trades in the stretch that is tried first when a drawdown may be hopeless. */
const windowRows = 128;

/** One sweep's memory and kernels; nothing in it grows. */
export class Sweep {
  readonly plan: SweepPlan;
  /** Times the opportunities streamed through. */
  passes = 0;
  private readonly memory: WebAssembly.Memory;
  private readonly core: Core;
  private readonly runner: PassageRunner;
  private readonly exitCount: number;
  private readonly levelCount: number;
  private loadedChunk = -1;

  /** Throws CapacityError where the job does not fit. `onTile` is called between tiles and may throw to stop. */
  constructor(
    private readonly job: SweepJob,
    private readonly onTile: () => void = () => {},
  ) {
    const { cells, levels, rules } = job;
    this.exitCount = job.exits.length / 4;
    this.levelCount = levelCountOf(levels);
    const needsBounds = intrabarOf(rules) === "nearest-open";
    this.plan = planSweep(
      {
        rows: job.paths.count,
        entries: cells.entries.length / 2,
        cells: cells.count,
        maskWords: cells.words,
        exits: this.exitCount,
        orders: job.cellRanks.length / cells.count,
        levels,
        needsBounds,
        needsDrawdown: job.drawdown !== null,
        heapEntries: job.heapEntries,
      },
      job.memoryBytes,
    );
    this.memory = createMemory(this.plan.layout.totalBytes);
    this.core = instantiateCore(this.memory);
    const at = this.at;
    this.runner = new PassageRunner(
      this.core,
      this.memory,
      at,
      this.plan.segmentBars,
      levels,
      rules,
      needsBounds ? 2 : 1,
    );
    const floats = new Float64Array(this.memory.buffer);
    const words = new Uint32Array(this.memory.buffer);
    const bytes = new Uint8Array(this.memory.buffer);
    new Uint16Array(this.memory.buffer).set(job.exits, at.exits / 2);
    floats.set(job.exitRanks, at.exitRanks / 8);
    words.set(job.exitOrders, at.exitOrders / 4);
    floats.set(job.cellRanks, at.cellRanks / 8);
    floats.set(cells.captured, at.captured / 8);
    floats.set(job.captureRates, at.captureRates / 8);
    bytes.set(job.isRankable, at.isRankable);
    if (job.drawdown) {
      words.set(job.drawdown.entryTicks, at.entryTicks / 4);
      bytes.set(cells.masks, at.masks);
      bytes.set(cells.wanted, at.wanted);
    }
  }

  get linearMemoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  private get at(): SweepPlan["layout"]["offsets"] {
    return this.plan.layout.offsets;
  }

  /** The best sets by ordering key, then lower rank: best first, at most `heapEntries`. */
  leaderboard(): SweepEntry[] {
    const { at, core, job, plan } = this;
    new Uint32Array(this.memory.buffer)[at.size / 4] = 0;
    for (let first = 0; first < this.exitCount; first += plan.tileWidth) {
      const count = this.sumTile(first);
      core.offerTile(
        at.sums,
        job.cells.count,
        first,
        count,
        plan.tileWidth,
        at.captured,
        at.captureRates,
        at.isRankable,
        at.exitRanks,
        at.exitOrders,
        at.cellRanks,
        job.objective,
        at.heap,
        at.size,
        job.heapEntries,
      );
    }
    const view = new DataView(this.memory.buffer);
    const entries: SweepEntry[] = [];
    for (let k = 0; k < view.getUint32(at.size, true); k++) {
      const entry = at.heap + k * abi.ENTRY_BYTES;
      entries.push({ key: view.getFloat64(entry, true), rank: view.getFloat64(entry + 8, true) });
    }
    return entries.sort((a, b) => b.key - a.key || a.rank - b.rank);
  }

  /**
   * Walks every set whose key is at least `threshold()` and gives its exact drawdown in points (or one above `enough(key)`, as soon as
   * that is certain) to `settle`. The threshold is asked again for every exit, so it may rise on the way.
   */
  settleDrawdowns(
    threshold: () => number,
    enough: (key: number) => number,
    settle: (key: number, rank: number, drawdownPoints: number) => void,
  ): void {
    const { at, core, job, plan } = this;
    if (!job.drawdown) throw new Error("the sweep was planned without drawdowns");
    const view = new DataView(this.memory.buffer);
    const cells = job.cells.count;
    for (let first = 0; first < this.exitCount; first += plan.tileWidth) {
      const count = this.sumTile(first);
      for (let j = 0; j < count; j++) {
        const exit = first + j;
        let window: { readonly first: number; readonly rows: number } | null = null;
        for (let cell = 0; cell < cells; ) {
          cell = core.listCandidates(
            at.sums,
            cells,
            cell,
            j,
            exit,
            plan.tileWidth,
            at.captured,
            at.captureRates,
            at.isRankable,
            job.objective,
            threshold(),
            at.list,
            at.size,
            plan.listEntries,
          );
          const listed = view.getUint32(at.size, true);
          if (listed === 0) continue;
          if (!window) {
            this.sortTrades(exit);
            window = this.steepestWindow();
          }
          for (let k = 0; k < listed; k++) {
            const entry = at.list + k * abi.ENTRY_BYTES;
            const key = view.getFloat64(entry, true);
            const candidate = view.getUint32(entry + 20, true);
            if (key < threshold()) continue;
            const limit = enough(key);
            const wanted = at.wanted + candidate * job.cells.words * 16;
            // A fall within a stretch of trades is no larger than the whole drawdown: where the worst stretch suffices, the rest need not be walked.
            let fall = this.drawdownOver(window.first, window.rows, wanted, limit);
            if (fall <= limit) fall = this.drawdownOver(0, job.paths.count, wanted, limit);
            const rank = job.exitRanks[exit]! + job.cellRanks[job.exitOrders[exit]! * cells + candidate]!;
            settle(key, rank, fall);
          }
        }
      }
    }
  }

  /** Largest fall over `rows` trades from `first` on in exit order, of those that pass the filters at `wanted`; see the kernel. */
  private drawdownOver(first: number, rows: number, wanted: number, enough: number): number {
    const { at, job } = this;
    return this.core.drawdown(at.order + first * 4, rows, at.points, at.masks, wanted, job.cells.words, enough);
  }

  /** The stretch of trades in exit order that loses most, all filters aside. */
  private steepestWindow(): { readonly first: number; readonly rows: number } {
    const { at, job } = this;
    const order = new Uint32Array(this.memory.buffer, at.order, job.paths.count);
    const points = new Float64Array(this.memory.buffer, at.points, job.paths.count);
    const rows = Math.min(windowRows, order.length);
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    let first = 0;
    for (let k = 0; k < order.length; k++) {
      sum += points[order[k]!]!;
      if (k >= rows) sum -= points[order[k - rows]!]!;
      if (k >= rows - 1 && sum < least) {
        least = sum;
        first = k - rows + 1;
      }
    }
    return { first, rows };
  }

  /** Sums of every cell for the exits from `first` on, complete; returns how many exits. */
  private sumTile(first: number): number {
    const { at, core, job, plan } = this;
    this.onTile();
    const count = Math.min(plan.tileWidth, this.exitCount - first);
    const rowBytes = abi.STATISTICS * plan.tileWidth * 8;
    new Uint8Array(this.memory.buffer, at.sums, job.cells.count * rowBytes).fill(0);
    this.passes++;
    this.eachChunk((_from, entryCount) => {
      core.accumulate(
        at.records,
        this.runner.recordBytes,
        at.levels,
        this.levelCount,
        at.atrs,
        at.entries,
        entryCount,
        at.exits + first * abi.EXIT_BYTES,
        count,
        plan.tileWidth,
        intrabarCode[intrabarOf(job.rules)],
        job.objective,
        at.sums,
      );
    });
    let blocks = 1;
    let inner = job.cells.count;
    for (const [k, length] of job.cells.shape.entries()) {
      inner /= length;
      if (job.cells.isOrdered[k]) core.suffixSum(at.sums, blocks, length, inner * rowBytes);
      blocks *= length;
    }
    return count;
  }

  /** Points and exit order of every row under one exit. */
  private sortTrades(exit: number): void {
    const { at, core, job } = this;
    this.eachChunk((from, _entries, rows) => {
      core.exitOutcomes(
        at.records,
        this.runner.recordBytes,
        at.levels,
        this.levelCount,
        at.atrs,
        at.entryTicks + from * 4,
        rows,
        at.exits + exit * abi.EXIT_BYTES,
        intrabarCode[intrabarOf(job.rules)],
        at.points + from * 8,
        at.ticks + from * 4,
      );
    });
    const words = new Uint32Array(this.memory.buffer);
    words.set(job.drawdown!.order, at.order / 4);
    let last = 0;
    for (const tick of words.subarray(at.ticks / 4, at.ticks / 4 + job.paths.count)) if (tick > last) last = tick;
    core.sortByExit(at.order, at.scratch, job.paths.count, at.ticks, last, at.buckets);
  }

  /** Brings chunk after chunk of records and entries into memory; a single chunk stays there. */
  private eachChunk(use: (from: number, entryCount: number, rows: number) => void): void {
    const { at, job, plan } = this;
    const { paths } = job;
    for (let from = 0; from < paths.count; from += plan.chunkRows) {
      const to = Math.min(paths.count, from + plan.chunkRows);
      if (this.loadedChunk !== from) {
        this.loadedChunk = from;
        this.runner.run(paths, job.candles, from, to, at.records);
        new Float64Array(this.memory.buffer).set(paths.atr.subarray(from, to), at.atrs / 8);
        this.loadedEntries = this.copyEntries(from, to);
      }
      use(from, this.loadedEntries, to - from);
    }
  }

  private loadedEntries = 0;

  private copyEntries(from: number, to: number): number {
    const words = new Uint32Array(this.memory.buffer);
    const { entries } = this.job.cells;
    let at = this.at.entries / 4;
    let count = 0;
    for (let k = 0; k < entries.length; k += 2) {
      const row = entries[k]!;
      if (row < from || row >= to) continue;
      words[at++] = row - from;
      words[at++] = entries[k + 1]!;
      count++;
    }
    return count;
  }
}
