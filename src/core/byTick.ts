/** Entries by the tick of their time, those of one tick in their own order. Ticks are whole numbers below 2^32. */
export function byTick(ticks: Uint32Array): Uint32Array {
  const count = ticks.length;
  let first = 0xffffffff;
  let last = 0;
  for (const tick of ticks) {
    if (tick < first) first = tick;
    if (tick > last) last = tick;
  }
  const entries = new Uint32Array(count);
  if ((last - first + 1) * count > Number.MAX_SAFE_INTEGER) {
    for (let entry = 0; entry < count; entry++) entries[entry] = entry;
    return entries.sort((a, b) => ticks[a]! - ticks[b]! || a - b);
  }
  // Tick and entry in one number: numbers sort far faster than by a comparison.
  const keys = new Float64Array(count);
  for (let entry = 0; entry < count; entry++) keys[entry] = (ticks[entry]! - first) * count + entry;
  keys.sort();
  for (let k = 0; k < count; k++) entries[k] = keys[k]! % count;
  return entries;
}
