import type { ExitRange } from "./exitGrid.ts";

/**
 * Cuts exits, as stop items by target items, into so many rectangles of about one size, in one order for equal arguments. With fewer exits than
 * parts, some parts are empty.
 */
export function cutExits(stops: number, targets: number, parts: number): ExitRange[] {
  return cut({ firstStop: 0, endStop: stops, firstTarget: 0, endTarget: targets }, parts);
}

/** Exits of a range. */
export function exitsIn({ firstStop, endStop, firstTarget, endTarget }: ExitRange): number {
  return (endStop - firstStop) * (endTarget - firstTarget);
}

function cut(range: ExitRange, parts: number): ExitRange[] {
  if (parts === 1) return [range];
  const former = Math.floor(parts / 2);
  const [one, other] = halves(range, former / parts);
  return [...cut(one, former), ...cut(other, parts - former)];
}

/** Two ranges, the first with about this share: cut across the longer side, because each part walks every level of both its sides. */
function halves(range: ExitRange, share: number): readonly [ExitRange, ExitRange] {
  const stops = range.endStop - range.firstStop;
  const targets = range.endTarget - range.firstTarget;
  if (stops > targets) {
    const at = range.firstStop + placeIn(stops, share);
    return [
      { ...range, endStop: at },
      { ...range, firstStop: at },
    ];
  }
  const at = range.firstTarget + placeIn(targets, share);
  return [
    { ...range, endTarget: at },
    { ...range, firstTarget: at },
  ];
}

/** The items of the former half: neither half is empty where there are two. */
function placeIn(items: number, share: number): number {
  return Math.min(Math.max(1, Math.round(items * share)), Math.max(0, items - 1));
}
