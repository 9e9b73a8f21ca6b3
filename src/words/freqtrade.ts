import { countedOf } from "../space/exits.ts";
import type { Parameters, RoiTable } from "../space/parameters.ts";

/** What a set does in freqtrade that differs from Sluice, in sentences. `fee` is per side, a fraction. See docs/freqtrade.md. */
export function differencesOf(params: Parameters, fee: number): string[] {
  const counted = countedOf(params);
  const said: string[] = [];
  const [first] = Object.values((counted["roi"] as RoiTable | undefined) ?? {});
  const percent = (counted["take_profit_percent"] ?? first) as number | undefined;
  if (percent !== undefined && percent > 0 && fee > 0)
    said.push(
      `ROI there is net of fees: ${percent}% is reached at ${grossOf(percent, fee)}% of price with a fee of ${Math.round(fee * 1e6) / 1e4}% per side`,
    );
  if (counted["trailing_stop_enabled"] === true)
    said.push(
      "its trailing distance is a share of the best price, not of the entry, and follows the current candle's high; Sluice's follows finished candles",
    );
  said.push("the holding time ends at the next candle's open, not at the close before it");
  if (counted["use_exit_signal"] !== undefined)
    said.push(
      `use_exit_signal is not in the file: set it to ${counted["use_exit_signal"] === true ? "True" : "False"} in the strategy; it exits at the next candle's open`,
    );
  said.push(
    "settings in freqtrade's own configuration (minimal_roi, stoploss, trailing_stop) override the file; leverage, custom_stoploss, custom_exit and position adjustment are not modelled",
  );
  return said;
}

/** The price move, percent of entry, at which freqtrade's ROI is reached: (1 + roi + fee) / (1 - fee) - 1, as its `_get_close_rate_for_roi` has it. */
function grossOf(percent: number, fee: number): number {
  return Math.round(((1 + percent / 100 + fee) / (1 - fee) - 1) * 1e5) / 1e3;
}
