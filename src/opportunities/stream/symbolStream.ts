import type { Break } from "../../candles/candles.ts";
import type { HeldColumns } from "../../candles/seriesBuffer.ts";
import { type Refusal, refusalOf, signalOf, warmFourHourBars } from "../gate.ts";
import type { Row } from "../growingTable.ts";
import { scannedRow } from "../scannedRow.ts";
import { StretchStream } from "./stretchStream.ts";

/** Why a candle has no opportunity, holes aside; null if it has one. */
export type CandleRefusal = Refusal | "warming" | "zero_atr";

/** A state to go back to: before the candle at an index. */
interface Checkpoint {
  readonly at: number;
  readonly state: StretchStream;
}

/** Candles between two states to go back to, and those before one that it looks at. */
const checkpointBars = 1024;
const lookedAt = 32;
/** Of a state and of an opportunity, about; in bytes. */
const checkpointBytes = 2048;
const rowBytes = 640;

/**
 * The scanner over one symbol's candles as they come: it judges each once, and after a correction those from it on again. The opportunities
 * are those of a whole scan, to the bit, but for the candles after holes, which have some here.
 */
export class SymbolStream {
  private at = 0;
  private state: StretchStream;
  private checkpoints: Checkpoint[];
  private found: Row[] = [];
  private emitFrom = 0;
  private refused: CandleRefusal | null = "warming";

  constructor(private readonly timeframeMs: number) {
    this.state = new StretchStream(timeframeMs);
    this.checkpoints = [{ at: 0, state: this.state.copy() }];
  }

  /** Opportunities in order of time; their `bar` is an index of the columns. */
  get rows(): readonly Row[] {
    return this.found;
  }

  /** Why the candle taken last has no opportunity; null if it has one. */
  get lastRefusal(): CandleRefusal | null {
    return this.refused;
  }

  /** Bytes that it keeps, about. */
  get bytes(): number {
    return (1 + this.checkpoints.length) * checkpointBytes + this.found.length * rowBytes;
  }

  /** Takes the candles that it has not taken yet. `breaks` are the columns' changes of unit. */
  follow(columns: HeldColumns, breaks: readonly Break[]): void {
    const firsts = new Set(breaks.filter(({ index }) => index >= this.at).map(({ index }) => index));
    for (; this.at < columns.count; this.at++) {
      if (this.at - this.checkpoints.at(-1)!.at >= checkpointBars)
        this.checkpoints.push({ at: this.at, state: this.state.copy() });
      if (firsts.has(this.at)) this.state = new StretchStream(this.timeframeMs);
      this.judge(columns, this.at);
    }
  }

  /** The candles from an index on are others now: they are taken again. */
  rewind(to: number): void {
    // After an earlier correction the candles up to it are still to be taken again, and their opportunities are known.
    if (to >= Math.max(this.at, this.emitFrom)) return;
    const kept = this.checkpoints.filter(({ at }) => at <= to);
    this.checkpoints = kept.length > 0 ? kept : [{ at: 0, state: new StretchStream(this.timeframeMs) }];
    const last = this.checkpoints.at(-1)!;
    this.state = last.state.copy();
    this.at = last.at;
    this.found = this.found.filter(({ bar }) => bar < to);
    this.emitFrom = to;
  }

  /** Drops candles from the front, at most so many, and follows the columns to their new places; returns how many. All must have been taken. */
  drop(candles: number): number {
    const place = this.checkpoints.findLastIndex(({ at }) => at - lookedAt <= candles);
    const dropped = Math.max(0, (this.checkpoints[place]?.at ?? 0) - lookedAt);
    if (dropped === 0) return 0;
    this.checkpoints = this.checkpoints.slice(place).map(({ at, state }) => {
      state.shift(dropped);
      return { at: at - dropped, state };
    });
    this.state.shift(dropped);
    this.at -= dropped;
    this.emitFrom = Math.max(0, this.emitFrom - dropped);
    this.found = this.found.filter(({ bar }) => bar >= dropped);
    for (const row of this.found) row.bar -= dropped;
    return dropped;
  }

  private judge(columns: HeldColumns, at: number): void {
    const { state } = this;
    const timestampMs = columns.times[at]!;
    state.add(columns, at, timestampMs);
    if (at < this.emitFrom) return;
    this.refused = "warming";
    if (state.closedFourHourBars < warmFourHourBars) return;
    const reading = state.reading(columns, at);
    this.refused = refusalOf(reading);
    const signal = signalOf(reading);
    if (!signal) return;
    const place = { symbol: 0, timestampMs, bar: at, entry: columns.close[at]! };
    const row = scannedRow(state.source(columns), place, reading, signal);
    if (row.atr > 0) this.found.push(row);
    else this.refused = "zero_atr";
  }
}
