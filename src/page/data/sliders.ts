import type { CellSums, SettingFigures } from "../../search/cellSums.ts";

/** A filter that can be moved. */
export interface SliderAxis {
  readonly name: string;
  /** Loosest first. */
  readonly values: readonly string[];
  readonly chosen: number;
  /** Whether a stricter value passes nothing that a looser one does not: then it is a slider, else a choice. */
  readonly isOrdered: boolean;
}

export interface SlidersSubject {
  readonly name: string;
  /** The exit, and what the figures are of, in sentences. */
  readonly notes: readonly string[];
  readonly axes: readonly SliderAxis[];
  readonly sums: CellSums;
  readonly chosen: SettingFigures;
}

export interface SlidersData {
  readonly subjects: readonly SlidersSubject[];
  readonly more: number;
}
