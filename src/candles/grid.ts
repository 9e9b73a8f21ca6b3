import type { Candles } from "./candles.ts";
import type { Rows } from "./rows.ts";

/** Lays rows on the regular grid: every hole becomes candles that stand flat at the close before it, with volume 0. */
export function onGrid(rows: Rows, symbol: string, timeframeMs: number): Candles {
  const { firstOpenTimeMs, gaps, duplicates, dropped } = rows;
  const filled = gaps.reduce((sum, { bars }) => sum + bars, 0);
  const count = rows.columns[0]!.length + filled;
  const [open, high, low, close, volume = new Float64Array(0)] = rows.columns.map((column, k) => {
    if (filled === 0) return column;
    const isVolume = k === 4;
    const closes = rows.columns[3]!;
    const whole = new Float64Array(count);
    let row = 0;
    let bar = 0;
    for (const gap of gaps) {
      const end = row + gap.bar - bar;
      whole.set(column.subarray(row, end), bar);
      whole.fill(isVolume ? 0 : closes[end - 1]!, gap.bar, gap.bar + gap.bars);
      row = end;
      bar = gap.bar + gap.bars;
    }
    whole.set(column.subarray(row), bar);
    return whole;
  }) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array?];
  return {
    symbol,
    timeframeMs,
    firstOpenTimeMs,
    count,
    open,
    high,
    low,
    close,
    volume,
    gaps,
    defects: { filled, duplicates, dropped },
  };
}
