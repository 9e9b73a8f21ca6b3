/** A stretch of time treated as a ring: what moves past its end re-enters at its start. */
export interface Ring {
  /** Bars of the stretch. */
  readonly bars: number;
  /** Bars that a trade looks ahead: shorter lags leave it part of its own path. */
  readonly leastLag: number;
}

/** Share of the ring on either side of an entry that no lag leads to. */
const tooNear = 0.1;

/**
 * A lag around a ring, from a number in [0,1): any whole number of bars that is neither way round shorter than `leastLag` or a tenth of the ring. Entries
 * that move back by little more than a holding time would trade the very move that made the bot enter. If the ring is too short for `leastLag`: any
 * lag except 0; 0 if it has a single bar.
 */
export function lagOf({ bars, leastLag }: Ring, uniform: number): number {
  const least = 2 * leastLag < bars ? Math.max(1, leastLag, Math.ceil(tooNear * bars)) : 1;
  const choices = bars - 2 * least + 1;
  return choices < 1 ? 0 : least + Math.floor(choices * uniform);
}

/** How many numbers of an ascending list are less than `wanted`. */
function lowerBound(ascending: ArrayLike<number>, wanted: number): number {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (ascending[middle]! < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Place of the number nearest to `wanted` in an ascending list, the lowest among equally near ones; -1 for an empty list. */
export function nearestTo(ascending: ArrayLike<number>, wanted: number): number {
  const from = lowerBound(ascending, wanted);
  if (from === 0) return ascending.length === 0 ? -1 : 0;
  if (from < ascending.length && wanted - ascending[from - 1]! > ascending[from]! - wanted) return from;
  return firstOfEqual(ascending, from - 1);
}

function firstOfEqual(ascending: ArrayLike<number>, place: number): number {
  let first = place;
  while (first > 0 && ascending[first - 1] === ascending[place]) first--;
  return first;
}

/** The same around a ring of `bars`, which holds the list's numbers, from 0 on; the lowest among equally near ones. */
export function nearestAround(ascending: ArrayLike<number>, wanted: number, bars: number): number {
  const straight = nearestTo(ascending, wanted);
  if (straight < 0) return -1;
  const last = firstOfEqual(ascending, ascending.length - 1);
  const distance = (place: number): number => {
    const apart = Math.abs(ascending[place]! - wanted);
    return Math.min(apart, bars - apart);
  };
  // Beyond the ends only the list's first and last can be nearer.
  return [0, straight, last].reduce((best, place) =>
    distance(place) < distance(best) || (distance(place) === distance(best) && place < best) ? place : best,
  );
}
