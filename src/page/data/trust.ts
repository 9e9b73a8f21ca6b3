import type { Histogram } from "../../validation/histogram.ts";

/** A value to mark in a picture, and what it is. */
export interface Mark {
  readonly value: number;
  readonly label: string;
}

/** The picture of a test. */
export type CardPicture =
  | {
      readonly kind: "histogram";
      readonly histogram: Histogram;
      readonly marks: readonly Mark[];
      /** Values on the wrong side of it are shown as such. */
      readonly limit: Mark | null;
      /** Which side of the limit is wrong. */
      readonly wrong: "below" | "above";
      readonly unit: string;
    }
  | {
      readonly kind: "bars";
      readonly bars: readonly { readonly label: string; readonly value: number; readonly faint?: boolean }[];
      readonly limit: Mark | null;
      readonly unit: string;
    }
  | {
      readonly kind: "strip";
      readonly values: readonly number[];
      readonly marks: readonly Mark[];
      readonly limit: Mark;
    }
  | { readonly kind: "dots"; readonly total: number; readonly hits: number };

/** One test. */
export interface TestCard {
  readonly name: string;
  readonly outcome: "passed" | "warning" | "failed" | "not run";
  /** What it asks, in one sentence. */
  readonly asks: string;
  /** What it found, with its figure; or why it was not run. */
  readonly found: string;
  readonly needs: string;
  readonly picture: CardPicture | null;
}

export interface TrustData {
  readonly subjects: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly reason: string;
    readonly cards: readonly TestCard[];
  }[];
  /** Types that are left out of a page of very many. */
  readonly more: number;
}
