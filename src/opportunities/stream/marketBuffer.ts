import type { Candles, Hole, Market } from "../../candles/candles.ts";
import { placeOfRow } from "../../candles/fromRows.ts";
import type { OhlcvRow } from "../../candles/ohlcv.ts";
import { pushedRows } from "../../candles/pushedRows.ts";
import { SeriesBuffer } from "../../candles/seriesBuffer.ts";
import { InputError } from "../../errors.ts";
import { scannedFeatures } from "../features.ts";
import { afterHolesOf, barsAfterHole, holeTolerated, type Refusal } from "../gate.ts";
import { GrowingTable, type Row } from "../growingTable.ts";
import { type OpportunityRow, rowObjects } from "../rowObjects.ts";
import { requireScanTimeframe } from "../scanTimeframe.ts";
import { sortedTable } from "../sortedTable.ts";
import { components } from "../weights.ts";
import { SymbolStream } from "./symbolStream.ts";

/** What a push did; every row given is in one of the counts. */
export interface PushResult {
  /** Candles that were new. */
  readonly added: number;
  /** Candles that had other values before. */
  readonly replaced: number;
  /** Rows equal to a candle that was there. */
  readonly duplicates: number;
  /** Candles that had not closed yet, left out. */
  readonly unfinished: number;
  /** Impossible rows dropped under `lenient`. */
  readonly dropped: number;
  /** Candles older than the window, left out. */
  readonly outside: number;
}

/** What the scanner says of a symbol's newest candle. */
export interface ScannedCandle {
  /** Symbol, as it was pushed. */
  readonly symbol: string;
  /** Its open time, epoch ms UTC. It is known at its close, one timeframe later. */
  readonly time: number;
  /** The opportunity at its close, with every feature; null if the scanner's gate rejects it. */
  readonly opportunity: OpportunityRow | null;
  /** The first reason why there is none; null if there is one. `warming`: fewer than 150 closed bars of 4 h. `after_hole`: within 20 candles after a hole of more than 4. */
  readonly refused: Refusal | "warming" | "after_hole" | "zero_atr" | null;
}

/** How a market is kept. */
export interface MarketRules {
  readonly timeframeMs: number;
  /** Length of the window before the newest candle of any symbol, milliseconds. */
  readonly keepMs: number;
  readonly lenient: boolean;
  readonly breakRatio: number;
  /** The present, epoch ms. */
  readonly now: () => number;
}

/** One symbol: its candles, the scanner once it is wanted, and the newest series lent out while it is still true. */
interface Kept {
  readonly buffer: SeriesBuffer;
  stream: SymbolStream | null;
  lent: { readonly from: number; readonly candles: Candles } | null;
}

const dayMs = 86_400_000;
/** How far the scanner looks back: a week for tests of a level, 200 candles for levels, and swings around them. */
const lookbackMs = 7 * dayMs;
const lookbackBars = 256;

/** Candles of several symbols in a rolling window, and the scanner over them; see `createMarket`. */
export class MarketBuffer {
  private readonly symbols = new Map<string, Kept>();
  private newestMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly rules: MarketRules) {}

  /** Bytes of all columns, and about those that the scanner keeps. */
  get bytes(): number {
    let bytes = 0;
    for (const { buffer, stream } of this.symbols.values()) bytes += buffer.bytes + (stream?.bytes ?? 0);
    return bytes;
  }

  /** Takes rows in any order. Throws InputError before anything changes. */
  push(symbol: string, given: readonly OhlcvRow[]): PushResult {
    const { timeframeMs, lenient, keepMs } = this.rules;
    const place = placeOfRow(symbol);
    const { rows, unfinished, dropped } = pushedRows(given, { timeframeMs, lenient, nowMs: this.rules.now() }, place);
    const newestMs = Math.max(this.newestMs, rows.at(-1)?.values[0] ?? Number.NEGATIVE_INFINITY);
    const fromMs = newestMs + timeframeMs - keepMs;
    const inside = rows.filter(({ values }) => values[0]! >= fromMs);
    const kept = this.symbols.get(symbol) ?? this.kept(symbol);
    const taken = kept.buffer.take(inside, fromMs - this.lookback, place);
    if (kept.buffer.count > 0) this.symbols.set(symbol, kept);
    if (taken.added + taken.replaced > 0) kept.lent = null;
    if (newestMs > this.newestMs) this.moveTo(newestMs, fromMs);
    return { ...taken, unfinished, dropped, outside: rows.length - inside.length };
  }

  /** The market in the window as it is now. Columns are shared, and stay what they are. */
  snapshot(): Market {
    const bySymbol = new Map<string, Candles>();
    for (const [symbol, kept] of this.symbols) {
      const candles = this.shown(kept);
      if (candles) bySymbol.set(symbol, candles);
    }
    if (bySymbol.size === 0)
      throw new InputError("MARKET_EMPTY", "the market has no candles", {
        where: "snapshot",
        found: "no candle that has closed",
        expected: "at least one",
        remedy: "push candles first",
      });
    return { timeframeMs: this.rules.timeframeMs, bySymbol, leftOut: [] };
  }

  /** What the scanner says of the newest candle of a symbol; null if it has none. */
  features(symbol: string): ScannedCandle | null {
    requireScanTimeframe(this.rules.timeframeMs, symbol);
    const kept = this.symbols.get(symbol);
    if (!kept) return null;
    const time = kept.buffer.newestMs;
    const { rows, lastRefusal } = this.followed(kept);
    if (lastRefusal !== "warming" && this.endsAfterHole(kept))
      return { symbol, time, opportunity: null, refused: "after_hole" };
    const opportunity = lastRefusal === null ? this.objectsOf([{ symbol, rows: rows.slice(-1) }])[0]! : null;
    return { symbol, time, opportunity, refused: lastRefusal };
  }

  /** Every opportunity in the window, by time, then symbol. */
  opportunities(symbol?: string): OpportunityRow[] {
    const found: { symbol: string; rows: readonly Row[] }[] = [];
    for (const [name, kept] of this.symbols) {
      if (symbol !== undefined && symbol !== name) continue;
      requireScanTimeframe(this.rules.timeframeMs, name);
      const candles = this.shown(kept);
      if (!candles) continue;
      const from = kept.buffer.count - candles.count;
      const isAfterHole = afterHolesOf(this.holesOf(kept, candles));
      const rows = this.followed(kept).rows.filter(({ bar }) => bar >= from && !isAfterHole(bar));
      found.push({ symbol: name, rows });
    }
    return this.objectsOf(found);
  }

  private kept(symbol: string): Kept {
    const kept: Kept = {
      buffer: new SeriesBuffer(symbol, this.rules, {
        changed: (from) => kept.stream?.rewind(from),
        dropping: (candles) => (kept.stream ? this.followed(kept).drop(candles) : candles),
      }),
      stream: null,
      lent: null,
    };
    return kept;
  }

  /** The scanner, up to the newest candle. */
  private followed(kept: Kept): SymbolStream {
    kept.stream ??= new SymbolStream(this.rules.timeframeMs);
    kept.stream.follow(kept.buffer.held, kept.buffer.breakIndices);
    return kept.stream;
  }

  /** The candles of a symbol in the window; null if there are none. */
  private shown(kept: Kept): Candles | null {
    const { buffer } = kept;
    const from = buffer.indexFrom(this.newestMs + this.rules.timeframeMs - this.rules.keepMs);
    if (from >= buffer.count) return null;
    if (kept.lent?.from !== from) kept.lent = { from, candles: buffer.lent(from) };
    return kept.lent.candles;
  }

  /** Whether the newest candle is one of those after a hole. Holes are looked at only if there is one so near, which may yet be a closed market. */
  private endsAfterHole(kept: Kept): boolean {
    const last = kept.buffer.count - 1;
    if (!hasHoleBefore(kept.buffer, last)) return false;
    const candles = this.shown(kept);
    return candles !== null && afterHolesOf(this.holesOf(kept, candles))(last);
  }

  /** Holes of the window, and those before it that its first candles are still behind, by their places among the candles held. */
  private holesOf({ buffer }: Kept, candles: Candles): Hole[] {
    const from = buffer.count - candles.count;
    const placed = (holes: readonly Hole[], by: number): Hole[] =>
      holes.map((hole) => ({ ...hole, index: hole.index + by }));
    const inside = placed(candles.holes, from);
    if (!hasHoleBefore(buffer, from)) return inside;
    const start = buffer.indexFrom(this.newestMs + this.rules.timeframeMs - this.rules.keepMs - this.lookback);
    return [...placed(buffer.lent(start).holes, start).filter(({ index }) => index <= from), ...inside];
  }

  /** How far the scanner looks back, milliseconds. */
  private get lookback(): number {
    return Math.max(lookbackMs, lookbackBars * this.rules.timeframeMs);
  }

  /** A newer candle moves the window for all symbols: those without a candle in it are gone. */
  private moveTo(newestMs: number, fromMs: number): void {
    this.newestMs = newestMs;
    for (const [symbol, { buffer }] of this.symbols) if (buffer.newestMs < fromMs) this.symbols.delete(symbol);
  }

  private objectsOf(found: readonly { readonly symbol: string; readonly rows: readonly Row[] }[]): OpportunityRow[] {
    const growing = new GrowingTable(scannedFeatures, components);
    for (const [symbol, { rows }] of found.entries()) for (const row of rows) growing.push({ ...row, symbol });
    return rowObjects(sortedTable(growing.take(found.map(({ symbol }) => symbol))));
  }
}

/** Whether more candles are missing than change nothing, shortly before the candle at an index. */
function hasHoleBefore({ runStarts, held: { slots } }: SeriesBuffer, at: number): boolean {
  for (let k = runStarts.length - 1; k > 0; k--) {
    const { index } = runStarts[k]!;
    if (index <= at - barsAfterHole) return false;
    if (index <= at && slots[index]! - slots[index - 1]! - 1 > holeTolerated) return true;
  }
  return false;
}
