/** Bytes of a tally of one lane, and of four: count, sum, best and how many gain. */
const TALLY: usize = 32;
const TALLIES: usize = 128;

/**
 * Tallies the scores of one finished slab, four exits at once: `sums` as `finishSlab` leaves it, [cell][gains, losses][lane], not yet summed along the
 * last axis. A score is the total over the cell's divisor; a cell whose divisor is NaN is not ranked, and a set that made nothing is none.
 *
 * Adds each score to `groupCount` tallies, [place][count, sum, best, gaining][lane], where `places` has the cell's place by group (u16, `placesBytes` a
 * group) and `groups` the address of each group's tallies (u32); to the cell's own tally at `cells`; and its square to the lane's in `squares`. Lanes from
 * `lanes` on are left out.
 */
export function tallySlab(
  sums: usize,
  blocks: i32,
  length: i32,
  positions: i32,
  lanes: i32,
  divisors: usize,
  places: usize,
  placesBytes: usize,
  groups: usize,
  groupCount: i32,
  cells: usize,
  squares: usize,
): void {
  const none = f64x2.splat(0);
  const one = f64x2.splat(1);
  const worst = f64x2.splat(-Infinity);
  const stride = (positions as usize) << 6;
  for (let first = 0; first < lanes; first += 2) {
    const pair = (first as usize) << 3;
    const wanted = i64x2.replace_lane(i64x2.splat(-1), 1, lanes > first + 1 ? -1 : 0);
    let squared = v128.load(squares + pair);
    for (let block = 0; block < blocks; block++) {
      for (let position = 0; position < positions; position++) {
        let cell = ((block + 1) * length - 1) * positions + position;
        let gains = none;
        let losses = none;
        for (let at = sums + ((cell as usize) << 6) + pair, c = 0; c < length; c++, at -= stride, cell -= positions) {
          gains = f64x2.add(v128.load(at), gains);
          losses = f64x2.add(v128.load(at, 32), losses);
          const divisor = load<f64>(divisors + ((cell as usize) << 3));
          if (isNaN(divisor)) continue;
          const total = f64x2.add(gains, losses);
          const sets = v128.and(wanted, v128.or(f64x2.ne(gains, none), f64x2.ne(losses, none)));
          const score = v128.and(sets, f64x2.div(total, f64x2.splat(divisor)));
          const best = v128.bitselect(score, worst, sets);
          const count = v128.and(sets, one);
          const gaining = v128.and(count, f64x2.gt(total, none));
          squared = f64x2.add(squared, f64x2.mul(score, score));
          let place = places + ((cell as usize) << 1);
          for (let g = 0; g < groupCount; g++, place += placesBytes)
            addTo(tallyOf(groups, g, place) + pair, count, score, best, gaining);
          addAcross(cells + (cell as usize) * TALLY, count, score, best, gaining);
        }
      }
    }
    v128.store(squares + pair, squared);
  }
}

/** Where the tallies of a group's place are. */
function tallyOf(groups: usize, group: i32, place: usize): usize {
  return (load<u32>(groups + ((group as usize) << 2)) as usize) + (load<u16>(place) as usize) * TALLIES;
}

/** Adds two lanes' scores to their tallies, whose numbers are 32 bytes apart. */
function addTo(to: usize, count: v128, score: v128, best: v128, gaining: v128): void {
  v128.store(to, f64x2.add(v128.load(to), count));
  v128.store(to, f64x2.add(v128.load(to, 32), score), 32);
  v128.store(to, f64x2.max(v128.load(to, 64), best), 64);
  v128.store(to, f64x2.add(v128.load(to, 96), gaining), 96);
}

/** Adds two lanes' scores to one tally. */
function addAcross(own: usize, count: v128, score: v128, best: v128, gaining: v128): void {
  store<f64>(own, load<f64>(own) + across(count));
  store<f64>(own, load<f64>(own, 8) + across(score), 8);
  store<f64>(own, max(load<f64>(own, 16), max(f64x2.extract_lane(best, 0), f64x2.extract_lane(best, 1))), 16);
  store<f64>(own, load<f64>(own, 24) + across(gaining), 24);
}

/** The sum of both lanes. */
function across(pair: v128): f64 {
  return f64x2.extract_lane(pair, 0) + f64x2.extract_lane(pair, 1);
}
