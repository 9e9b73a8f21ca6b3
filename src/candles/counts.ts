import { type Candles, type Market, missingCandles, openTimeMs } from "./candles.ts";
import { fundingCountsOf } from "./fundingGaps.ts";

/** What was read of the candles, over all symbols. */
export interface CandleCounts {
  /** Symbols with candles. */
  readonly symbols: number;
  /** Candles that were there; missing ones are not counted. */
  readonly candles: number;
  /** Runs of candles missing during open hours, and how many are missing in them. */
  readonly holes: number;
  /** See `holes`. */
  readonly filled: number;
  /** Candles missing because the market is regularly closed at that time. */
  readonly closed_candles: number;
  /** Rows equal to the one before them, dropped. */
  readonly duplicates: number;
  /** Highs and lows that missed open or close by rounding error only, corrected. */
  readonly repaired: number;
  /** Impossible rows that `--lenient` dropped. */
  readonly dropped: number;
  /** Candles that had not closed yet, left out. */
  readonly unfinished: number;
  /** Changes of unit, which nothing crosses: the first candle after each, and its open over the close before. */
  readonly breaks: readonly { readonly symbol: string; readonly time: number; readonly ratio: number }[];
  /** When markets are closed, in words, and how many symbols are. */
  readonly closed: readonly { readonly when: string; readonly symbols: number }[];
  /** How headers and times were read if they differ from Sluice's own format. */
  readonly read_as: readonly string[];
  /** Symbols with no candles in the requested span. */
  readonly left_out: readonly string[];
  /** Payments of funding, where their rates are the data's, and hours in which rates are missing, by symbol: `--lenient` counts them as 0. */
  readonly funding?: {
    /** Payments whose rates are known. */
    readonly payments: number;
    /** Hours in which a rate is missing, by symbol. */
    readonly unknown: readonly { readonly symbol: string; readonly hours: number }[];
  };
  /** First and last open time, epoch ms. */
  readonly from: number;
  /** See `from`. */
  readonly to: number;
}

/** What was read of a market, symbol by symbol. */
export class CandleSums {
  private readonly symbols = new Set<string>();
  private readonly sums = {
    candles: 0,
    holes: 0,
    filled: 0,
    closed_candles: 0,
    duplicates: 0,
    repaired: 0,
    dropped: 0,
    unfinished: 0,
  };
  private readonly breaks: CandleCounts["breaks"][number][] = [];
  private readonly closed = new Map<string, number>();
  private readonly readAs = new Set<string>();
  private readonly leftOut: string[] = [];
  private payments: number | null = null;
  private readonly unknown: { symbol: string; hours: number }[] = [];
  private fromMs = Number.POSITIVE_INFINITY;
  private toMs = Number.NEGATIVE_INFINITY;

  add(candles: Candles): void {
    const { sums } = this;
    const { holes, defects, symbol } = candles;
    const missing = missingCandles(candles);
    // A symbol may come in several timeframes.
    this.symbols.add(symbol);
    sums.candles += candles.count;
    sums.holes += holes.filter((hole) => hole.missing > 0).length;
    sums.filled += missing;
    sums.closed_candles += holes.reduce((sum, { bars }) => sum + bars, 0) - missing;
    sums.duplicates += defects.duplicates;
    sums.repaired += defects.repaired;
    sums.dropped += defects.dropped;
    sums.unfinished += defects.unfinished;
    for (const { index, ratio } of candles.breaks)
      this.breaks.push({ symbol, time: openTimeMs(candles, index), ratio });
    if (candles.closed !== null) this.closed.set(candles.closed, (this.closed.get(candles.closed) ?? 0) + 1);
    if (candles.readAs !== null) this.readAs.add(candles.readAs);
    const charged = fundingCountsOf(candles);
    if (charged) this.payments = (this.payments ?? 0) + charged.payments;
    if (charged && charged.unknownHours > 0) this.unknown.push({ symbol, hours: charged.unknownHours });
    this.fromMs = Math.min(this.fromMs, openTimeMs(candles, 0));
    this.toMs = Math.max(this.toMs, openTimeMs(candles, candles.count - 1));
  }

  /** Adds a symbol with no candles in the span. */
  readonly leaveOut = (symbol: string): void => {
    this.leftOut.push(symbol);
  };

  /** The sums so far. */
  result(): CandleCounts {
    return {
      symbols: this.symbols.size,
      ...this.sums,
      breaks: this.breaks,
      closed: [...this.closed].map(([when, symbols]) => ({ when, symbols })),
      read_as: [...this.readAs],
      left_out: this.leftOut,
      ...(this.payments !== null && { funding: { payments: this.payments, unknown: this.unknown } }),
      from: this.fromMs,
      to: this.toMs,
    };
  }
}

/** What was read of a whole market. */
export function candleCountsOf(market: Market): CandleCounts {
  const sums = new CandleSums();
  for (const candles of market.bySymbol.values()) sums.add(candles);
  for (const symbol of market.leftOut ?? []) sums.leaveOut(symbol);
  return sums.result();
}
