/** Bars whose mean volume a bar is compared with. */
const bars = 20;

/** Volume over the mean volume of the 20 bars before; NaN in the first 20, 0 if those had none. */
export function volumeRatios(volume: Float64Array): Float64Array {
  return volume.map((_, bar) => volumeRatioAt(volume, bar, bar));
}

/** The same of one bar, before which there are `known` bars without a break. */
export function volumeRatioAt(volume: Float64Array, bar: number, known: number): number {
  if (known < bars) return Number.NaN;
  let sum = 0;
  for (let before = bar - bars; before < bar; before++) sum += volume[before]!;
  return sum > 0 ? volume[bar]! / (sum / bars) : 0;
}
