/** What a row says of the part that leaves before the trade ends: when, its points times its share, and what share is left. */
export interface Part {
  readonly time: number;
  readonly points: number;
  readonly rest: number;
}

/** A part that leaves at some half bar below `halves`, or never; points are exact where whole parts of two are given. */
export function partFrom(random: () => number, halves: number, points: () => number): Part {
  const rest = (1 + Math.floor(random() * 3)) / 4;
  const time = random() < 0.2 ? Number.POSITIVE_INFINITY : Math.floor(random() * halves);
  return { time, points: (1 - rest) * points(), rest };
}

/**
 * Points of a trade that the target side ends: both parts' where the first had left. In the half bar of the target itself it had where its level
 * was nearer, and so its points fewer.
 */
export function targetPoints(points: number, target: number, part: Part): number {
  const both = part.points + part.rest * points;
  return part.time < target || (part.time === target && both < points) ? both : points;
}
