import type { Market } from "./engine.ts";

/** How a column's numbers are written for people; machines get them as they are. */
export type Format = "text" | "count" | "ms" | "ns" | "rate" | "bytes" | "percent" | "times";

export interface Column {
  readonly key: string;
  readonly head: string;
  readonly format: Format;
}

export type Cell = string | number | null;

/** Points of a log-log plot, drawn into docs/plots by a saved run. */
export interface Plot {
  readonly file: string;
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly series: readonly { readonly name: string; readonly points: readonly (readonly [number, number])[] }[];
}

/** The answer to one question. */
export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly notes: readonly string[];
  readonly plots?: readonly Plot[];
}

export interface Context {
  readonly market: Market;
  /** The folder that the candles came from; undefined for the synthetic market. */
  readonly candles: string | undefined;
  /** No single call is started that is expected to take longer than this. */
  readonly limitSeconds: number;
  say(message: string): void;
}

/** One question, asked by one file. */
export interface Question {
  readonly name: string;
  readonly title: string;
  ask(context: Context): Promise<Table>;
}
