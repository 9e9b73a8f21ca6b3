import type { Candles, Space } from "../engine.ts";

/** A market of which it is known what can be found in it. */
export interface KnownMarket {
  readonly candles: readonly Candles[];
  /** A signals file's text. */
  readonly signals: string;
  /** What is searched over the signals. */
  readonly space: Space;
  /** The run sees what has closed by then, epoch ms; what comes after shows what its choice was worth. */
  readonly nightMs: number;
  readonly endMs: number;
  /** Net gain that makes a signal worth taking, a fraction, and the hours it may take. */
  readonly minProfit: number;
  readonly lookaheadHours: number;
}

export const nullKinds = ["walk", "regimes", "shuffled", "drift"] as const;
export type NullMarketKind = (typeof nullKinds)[number];
export const edgeKinds = [
  "runs 0.5 %",
  "even 0.5 %",
  "runs 0.3 %",
  "even 0.3 %",
  "one symbol",
  "dying",
  "fading",
] as const;
export type EdgeKind = (typeof edgeKinds)[number];
/** An edge that the scanner's type `swing` can find, and its `scalping` cannot: the demo's. */
export const scannedEdge = "scanned";
/** An edge in one symbol alone, with enough signals there: for runs by groups of symbols. */
export const oneCoin = "one coin";
export type MarketKind = NullMarketKind | EdgeKind | typeof scannedEdge | typeof oneCoin;

/** A row of a signals file with its time. */
export interface SignalRow {
  readonly time: number;
  readonly text: string;
}

export function signalsText(features: readonly string[], rows: readonly SignalRow[]): string {
  const inOrder = [...rows].sort((a, b) => a.time - b.time);
  const header = ["symbol", "timestamp", "direction", "type", ...features].join();
  return `${[header, ...inOrder.map(({ text }) => text)].join("\n")}\n`;
}
