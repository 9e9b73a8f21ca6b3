import { stat } from "node:fs/promises";
import { selectCandleFiles } from "../candles/folder.ts";
import { CapacityError } from "../errors.ts";
import type { MarketSource, Settings } from "./request.ts";

/** A process that has read nothing yet, including its worker thread. Measured on Node 20. */
const emptyProcessBytes = 80 * 2 ** 20;
/** Maximum bytes of a candle in a file, and minimum bytes of its columns. */
const fileBytesPerCandle = 120;
const heldBytesPerCandle = 32;

/** Refuses, before anything is read, a run that cannot stay below its allowed peak RSS. */
export async function checkCeiling(request: MarketSource, settings: Settings): Promise<void> {
  if (request.maxRssBytes === undefined) return;
  requireRss(request.maxRssBytes, emptyProcessBytes + (await leastCandleBytes(request, settings)));
}

/** Throws CapacityError if a run would need more than it is allowed. */
export function requireRss(maxRssBytes: number | undefined, neededBytes: number): void {
  if (maxRssBytes === undefined || neededBytes <= maxRssBytes) return;
  const needed = Math.ceil(neededBytes / 2 ** 20);
  throw new CapacityError("MAX_RSS", "the run does not fit into --max-rss", neededBytes, {
    where: `--max-rss ${Math.floor(maxRssBytes / 2 ** 20)}mb`,
    found: `a peak of ${needed} MiB expected`,
    expected: `--max-rss ${needed}mb or more`,
    remedy: "raise --max-rss, or use fewer symbols, days or opportunities, a smaller --memory or --threads 1",
  });
}

/** Minimum memory of the candles, judging by the sizes of their files. */
async function leastCandleBytes({ candles, symbols, fromMs, toMs, days }: MarketSource, settings: Settings) {
  if (typeof candles !== "string") return 0;
  if (fromMs !== undefined || toMs !== undefined || days !== undefined) return 0;
  let bytes = 0;
  for (const { files, timeframeMs } of await selectCandleFiles(candles, settings.timeframeMs, symbols)) {
    // Of candles that are resampled, only a share is kept; of those that several files hold, only one.
    const share = timeframeMs / settings.timeframeMs;
    const parts = new Map(files.map(({ part, path }) => [part, path]));
    for (const path of parts.values()) bytes += share * (await stat(path).catch(() => ({ size: 0 }))).size;
  }
  return (bytes / fileBytesPerCandle) * heldBytesPerCandle;
}
