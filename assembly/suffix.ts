// Sums of own cells become sums of "this candidate or stricter" along some axes of the grid at once. A group is an outer axis of any
// length, carried in registers from its strictest candidate down, and a small inner shape, unrolled: so a value is loaded and stored
// once for up to three axes. Each kernel reads `from` and writes `to` (which may be the same):
//
//   [block][outer candidate][inner position][span bytes]      inner position: the last axis fastest

function zero(): v128 {
  return f64x2.splat(0);
}

/** Along one axis. */
export function suffixOne(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const size = span * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 64) {
      // Four columns a turn; a span that is no multiple of 64 bytes reads and writes none beyond its own.
      if (lane + 64 > span) {
        for (let rest = lane; rest < span; rest += 16) {
          let carry = zero();
          let at: usize = size - span + rest;
          for (let a = length; a > 0; a--) {
            carry = f64x2.add(carry, v128.load(from + at));
            v128.store(to + at, carry);
            at -= span;
          }
        }
        break;
      }
      let c0 = zero();
      let c1 = zero();
      let c2 = zero();
      let c3 = zero();
      let source = from + size - span + lane;
      let target = to + size - span + lane;
      for (let a = length; a > 0; a--) {
        c0 = f64x2.add(c0, v128.load(source));
        c1 = f64x2.add(c1, v128.load(source, 16));
        c2 = f64x2.add(c2, v128.load(source, 32));
        c3 = f64x2.add(c3, v128.load(source, 48));
        v128.store(target, c0);
        v128.store(target, c1, 16);
        v128.store(target, c2, 32);
        v128.store(target, c3, 48);
        source -= span;
        target -= span;
      }
    }
    from += size;
    to += size;
  }
}

/** Along an axis of any length and one of 2. */
export function suffixTwo(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const step: usize = 2 * span;
  const size: usize = step * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 16) {
      let c0 = zero();
      let c1 = zero();
      let at: usize = size - step + lane;
      for (let a = length; a > 0; a--) {
        const x1 = v128.load(from + at + span);
        c1 = f64x2.add(c1, x1);
        v128.store(to + at + span, c1);
        c0 = f64x2.add(c0, f64x2.add(v128.load(from + at), x1));
        v128.store(to + at, c0);
        at -= step;
      }
    }
    from += size;
    to += size;
  }
}

/** Along an axis of any length and one of 3. */
export function suffixThree(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const step: usize = 3 * span;
  const size: usize = step * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 16) {
      let c0 = zero();
      let c1 = zero();
      let c2 = zero();
      let at: usize = size - step + lane;
      for (let a = length; a > 0; a--) {
        const x2 = v128.load(from + at + 2 * span);
        const x1 = f64x2.add(v128.load(from + at + span), x2);
        c2 = f64x2.add(c2, x2);
        c1 = f64x2.add(c1, x1);
        c0 = f64x2.add(c0, f64x2.add(v128.load(from + at), x1));
        v128.store(to + at + 2 * span, c2);
        v128.store(to + at + span, c1);
        v128.store(to + at, c0);
        at -= step;
      }
    }
    from += size;
    to += size;
  }
}

/** Along an axis of any length and one of 4. */
export function suffixFour(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const step: usize = 4 * span;
  const size: usize = step * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 16) {
      let c0 = zero();
      let c1 = zero();
      let c2 = zero();
      let c3 = zero();
      let at: usize = size - step + lane;
      for (let a = length; a > 0; a--) {
        const x3 = v128.load(from + at + 3 * span);
        const x2 = f64x2.add(v128.load(from + at + 2 * span), x3);
        const x1 = f64x2.add(v128.load(from + at + span), x2);
        c3 = f64x2.add(c3, x3);
        c2 = f64x2.add(c2, x2);
        c1 = f64x2.add(c1, x1);
        c0 = f64x2.add(c0, f64x2.add(v128.load(from + at), x1));
        v128.store(to + at + 3 * span, c3);
        v128.store(to + at + 2 * span, c2);
        v128.store(to + at + span, c1);
        v128.store(to + at, c0);
        at -= step;
      }
    }
    from += size;
    to += size;
  }
}

/** Along an axis of any length and two of 2. */
export function suffixTwoTwo(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const step: usize = 4 * span;
  const size: usize = step * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 16) {
      let c0 = zero();
      let c1 = zero();
      let c2 = zero();
      let c3 = zero();
      let at: usize = size - step + lane;
      for (let a = length; a > 0; a--) {
        const x3 = v128.load(from + at + 3 * span);
        const x2 = f64x2.add(v128.load(from + at + 2 * span), x3);
        const own1 = v128.load(from + at + span);
        const x1 = f64x2.add(own1, x3);
        const x0 = f64x2.add(f64x2.add(v128.load(from + at), own1), x2);
        c3 = f64x2.add(c3, x3);
        c2 = f64x2.add(c2, x2);
        c1 = f64x2.add(c1, x1);
        c0 = f64x2.add(c0, x0);
        v128.store(to + at + 3 * span, c3);
        v128.store(to + at + 2 * span, c2);
        v128.store(to + at + span, c1);
        v128.store(to + at, c0);
        at -= step;
      }
    }
    from += size;
    to += size;
  }
}

/** Along an axis of any length, one of 3 and one of 2, the last fastest. */
export function suffixThreeTwo(from: usize, to: usize, blocks: i32, length: i32, span: usize): void {
  const step: usize = 6 * span;
  const size: usize = step * (length as usize);
  for (let b = 0; b < blocks; b++) {
    for (let lane: usize = 0; lane < span; lane += 16) {
      let c0 = zero();
      let c1 = zero();
      let c2 = zero();
      let c3 = zero();
      let c4 = zero();
      let c5 = zero();
      let at: usize = size - step + lane;
      for (let a = length; a > 0; a--) {
        const x5 = v128.load(from + at + 5 * span);
        const x4 = f64x2.add(v128.load(from + at + 4 * span), x5);
        const own3 = v128.load(from + at + 3 * span);
        const x3 = f64x2.add(own3, x5);
        const x2 = f64x2.add(f64x2.add(v128.load(from + at + 2 * span), own3), x4);
        const own1 = v128.load(from + at + span);
        const x1 = f64x2.add(own1, x3);
        const x0 = f64x2.add(f64x2.add(v128.load(from + at), own1), x2);
        c5 = f64x2.add(c5, x5);
        c4 = f64x2.add(c4, x4);
        c3 = f64x2.add(c3, x3);
        c2 = f64x2.add(c2, x2);
        c1 = f64x2.add(c1, x1);
        c0 = f64x2.add(c0, x0);
        v128.store(to + at + 5 * span, c5);
        v128.store(to + at + 4 * span, c4);
        v128.store(to + at + 3 * span, c3);
        v128.store(to + at + 2 * span, c2);
        v128.store(to + at + span, c1);
        v128.store(to + at, c0);
        at -= step;
      }
    }
    from += size;
    to += size;
  }
}
