import { type Candles, openTimeMs } from "../candles/candles.ts";
import { isoTime } from "../candles/rowErrors.ts";
import { slotOf } from "../candles/slots.ts";
import type { TimeKind } from "../candles/times.ts";
import type { RowFault } from "./rowFault.ts";
import type { SignalBars } from "./signalBar.ts";

const giveOpen = "use the open time in UTC of the bar at whose close the bot exits";

/** Why an exit time names no bar after its signal's, in the parts of a message. */
export type WrongExit = Pick<RowFault, "rule" | "found" | "expected" | "remedy">;

/**
 * Bars of time from a signal's candle to the last candle of the bar that an exit time opens, above 0; or why that time is none. The bar may
 * lie in a hole or after the data. `kind` is how the time was spelled.
 */
export function exitBarsOf(
  bars: SignalBars,
  candles: Candles,
  bar: number,
  timeMs: number,
  kind: TimeKind | null,
): number | WrongExit {
  const slot = bars.slotAt(candles, timeMs);
  const signalMs = openTimeMs(candles, bar);
  const expected = `the open of a ${bars.timeframe} bar after the signal's candle, ${isoTime(signalMs)}`;
  // A time before the signal says more than that it is off the grid as well.
  if (slot < 0 && timeMs > signalMs) {
    const { found, remedy } = bars.whyOffGrid(candles, timeMs, kind, giveOpen);
    return { rule: "an exit signal's time is not a candle's open time", found, expected, remedy };
  }
  const count = slot - slotOf(candles, bar);
  if (slot >= 0 && count > 0) return count;
  return {
    rule: "an exit signal must come after the signal's own bar",
    found: `${bars.read(timeMs, kind)}, ${count === 0 ? "the signal's own bar" : "before the signal's bar"}`,
    expected,
    remedy: `${giveOpen}, or leave the cell empty if there is none`,
  };
}
