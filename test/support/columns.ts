import { fileURLToPath } from "node:url";
import type { CandleSeries } from "../../src/candles/series.ts";
import type { OpportunityColumns } from "../../src/opportunities/opportunityColumns.ts";
import type { Space } from "../../src/space/parameters.ts";
import { csvRowsOf, heldMarket, marketOf } from "./referenceData.ts";

/** The held market's files, and the same as columns of plain numbers and texts. */
export const heldFiles = {
  candles: fileURLToPath(heldMarket.candles),
  opportunities: fileURLToPath(new URL("opportunities.csv", heldMarket.path)),
};

/** The held market's candles as series in memory. */
export function heldSeries(): CandleSeries[] {
  return [...marketOf(heldMarket).bySymbol.values()].map(({ symbol, firstOpenTimeMs, open, high, low, close }) => ({
    symbol,
    firstOpenTimeMs,
    open: [...open],
    high: [...high],
    low: [...low],
    close: [...close],
    volume: [],
  }));
}

/** The held opportunities, column by column. */
export function heldColumns(): OpportunityColumns {
  const rows = csvRowsOf(new URL("opportunities.csv", heldMarket.path));
  const texts = new Set(["symbol", "direction", "type"]);
  return Object.fromEntries(
    Object.keys(rows[0]!).map((name) => [
      name,
      rows.map((row) => (texts.has(name) ? row[name]! : row[name] === "" ? Number.NaN : Number(row[name]))),
    ]),
  );
}

/** More than a hundred thousand sets: 108,864. */
export const wideSpace: Space = {
  min_signal_score: [40, 50, 60, 70],
  min_indicator_consensus: [2, 3, 4],
  atr_tp_multiplier: [1, 1.5, 2, 3],
  min_kline_ratio: [0, 0.5, 0.6],
  max_sr_tests: [999, 5],
  allowed_mkt_struct: ["any", [0], [1]],
  atr_stop_multiplier: [0.8, 1, 1.5],
  max_holding_hours: [4, 8, 24],
  require_mkt_struct: [false, true],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0.5, 1, 2],
  trailing_stop_distance: [0.5, 1],
};
