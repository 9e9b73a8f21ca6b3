import type { Market } from "../candles/candles.ts";
import { SetReplayer } from "../search/setReplayer.ts";
import type { Settings } from "./request.ts";
import type { Part } from "./typeParts.ts";

/** Replays sets over one part, and releases the replayer's memory afterwards. */
export function withReplayer<T>(
  settings: Settings,
  market: Market,
  part: Part,
  longestBars: number,
  use: (replayer: SetReplayer) => T,
): T {
  const { rules, timeframeMs, memoryBytes } = settings;
  const replayer = new SetReplayer(part.table, part.labels, market, rules, timeframeMs, longestBars, memoryBytes);
  try {
    return use(replayer);
  } finally {
    replayer.release();
  }
}
