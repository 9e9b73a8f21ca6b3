/**
 * Signal scores of `count` opportunities from their component activations: clamp(trunc(50 + sum weight * activation - penalty), 0, 100).
 * `activations` f64 component by component, `stride` bytes apart; `weights` f64[components]; an empty activation (NaN) counts as 0.
 */
export function rescore(
  activations: usize,
  stride: usize,
  components: i32,
  weights: usize,
  penalties: usize,
  count: i32,
  scores: usize,
): void {
  for (let k = 0; k < count; k++) {
    let points: f64 = 50.0;
    for (let c = 0; c < components; c++) {
      const activation = load<f64>(activations + (c as usize) * stride + ((k as usize) << 3));
      if (!isNaN(activation)) points += load<f64>(weights + ((c as usize) << 3)) * activation;
    }
    points = Math.trunc(points - load<f64>(penalties + ((k as usize) << 3)));
    store<f64>(scores + ((k as usize) << 3), Math.min(100.0, Math.max(0.0, points)));
  }
}
