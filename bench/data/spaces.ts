import type { Space } from "../engine.ts";
import { randomFrom } from "./random.ts";

/** Share of uniform rows that pass the loosest candidate of every filter of a space. */
export const loosestShare = 0.445;
/** Share towards which the stricter candidates of one filter go. */
const strictestShare = 0.4;

/**
 * Filters f1, f2, ... with these numbers of candidates, `min_` and `max_` in turn, loosest first; however many they are, the same
 * share of uniform rows passes all of their loosest candidates.
 */
export function filterSpace(candidateCounts: readonly number[]): Space {
  const loosest = loosestShare ** (1 / candidateCounts.length);
  return Object.fromEntries(
    candidateCounts.map((count, k) => {
      const shares = Array.from({ length: count }, (_, c) => loosest - (c * (loosest - strictestShare)) / count);
      return k % 2 === 0 ? [`min_f${k + 1}`, shares.map((share) => 1 - share)] : [`max_f${k + 1}`, shares];
    }),
  );
}

/** 2,160 exits: 6 targets x 6 stops x 6 holding times x 10 trailing variants (off, and 3 activations x 3 distances). */
export const referenceExits: Space = {
  atr_tp_multiplier: [1, 1.5, 2, 3, 4.5, 6],
  atr_stop_multiplier: [0.75, 1, 1.5, 2, 3, 4],
  max_holding_hours: [4, 8, 16, 24, 48, 72],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1, 1.5, 2],
  trailing_stop_distance: [0.5, 1, 1.5],
};

const referenceFilters = [3, 4, 3, 2, 3, 2, 2, 2];

/** The space that every figure is about by default: 1,728 filter combinations x 2,160 exits = 3,732,480 sets. */
export const referenceSpace: Space = { ...filterSpace(referenceFilters), ...referenceExits };

/** Spaces of about 10^4 to 10^8 sets over the same eight features and exits: only the candidates of the filters differ. */
export const spacesBySize: readonly Space[] = [
  [5, 1, 1, 1, 1, 1, 1, 1],
  [5, 3, 3, 1, 1, 1, 1, 1],
  [3, 4, 3, 2, 3, 2, 1, 1],
  referenceFilters,
  [9, 4, 3, 2, 3, 2, 2, 2],
  [9, 4, 9, 2, 9, 2, 2, 2],
].map((counts) => ({ ...filterSpace(counts), ...referenceExits }));

/** About 10^9 sets of the same kind. */
export const hugeSpace: Space = { ...filterSpace([9, 4, 9, 4, 9, 4, 5, 2]), ...referenceExits };

export interface Shape {
  readonly space: Space;
  readonly filters: readonly number[];
  readonly exits: number;
  readonly sets: number;
}

/** Random shapes: 1 to 10 filters of 1 to 9 candidates, 1 to 5,000 exits, 10^4 to 10^7 sets, these log-uniform. */
export function randomShapes(count: number, seed: number): Shape[] {
  const random = randomFrom(seed);
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const shapes: Shape[] = [];
  while (shapes.length < count) {
    const wanted = 10 ** (4 + 3 * random());
    for (;;) {
      const filters = Array.from({ length: between(1, 10) }, () => between(1, 9));
      const [targets, stops, holdings] = [between(1, 10), between(1, 10), between(1, 8)];
      const [activations, distances] = [between(0, 4), between(1, 4)];
      const exits = targets * stops * holdings * (1 + activations * distances);
      const sets = filters.reduce((product, candidates) => product * candidates, exits);
      if (exits > 5000 || sets > 1e7 || Math.abs(Math.log(sets / wanted)) > 0.1) continue;
      const space = { ...filterSpace(filters), ...exitSpace(targets, stops, holdings, activations, distances) };
      shapes.push({ space, filters, exits, sets });
      break;
    }
  }
  return shapes;
}

function exitSpace(targets: number, stops: number, holdings: number, activations: number, distances: number): Space {
  const steps = (count: number, first: number, step: number): number[] =>
    Array.from({ length: count }, (_, k) => first + k * step);
  return {
    atr_tp_multiplier: steps(targets, 1, 0.5),
    atr_stop_multiplier: steps(stops, 0.75, 0.375),
    max_holding_hours: Array.from({ length: holdings }, (_, k) => (72 * (k + 1)) / holdings),
    ...(activations > 0 && {
      trailing_stop_enabled: [false, true],
      trailing_stop_activation: steps(activations, 1, 0.5),
      trailing_stop_distance: steps(distances, 0.5, 0.5),
    }),
  };
}
