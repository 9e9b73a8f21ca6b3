import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { InputError, SluiceError } from "../errors.ts";
import { type Candles, openTimeMs } from "./candles.ts";
import { quoted } from "./csvRows.ts";
import { type CandleFile, listCandleFiles } from "./folder.ts";
import { readCandleFile } from "./readFile.ts";
import { parseTimeframe } from "./timeframe.ts";

/** What is in one candle file. Times are open times, epoch ms; a move is a fraction of the open. */
export interface InspectedFile {
  readonly file: string;
  readonly symbol: string;
  readonly timeframe: string;
  /** null where the file cannot be read even with its impossible rows dropped. */
  readonly contents: {
    readonly first: number;
    readonly last: number;
    readonly candles: number;
    readonly gaps: number;
    readonly filled: number;
    readonly longest_gap: { readonly time: number; readonly candles: number } | null;
    readonly duplicates: number;
    readonly dropped: number;
    readonly zero_volume: number;
    readonly largest_move: { readonly time: number; readonly move: number };
  } | null;
  /** The first thing for which the file would be refused; null where it is sound. */
  readonly defect: {
    readonly code: string;
    readonly rule: string;
    readonly where: string;
    readonly found: string;
  } | null;
}

/** What is in a candle folder, or in one file of it: every file is reported, sound or not. */
export async function inspectCandles(path: string): Promise<InspectedFile[]> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return Promise.all((await listCandleFiles(path)).map(inspectFile));
  const files = await listCandleFiles(dirname(path));
  const file = files.find((candidate) => candidate.path === join(dirname(path), basename(path)));
  if (!file)
    throw new InputError("CANDLE_NAME", "a candle file is named SYMBOL-TIMEFRAME.csv", {
      where: quoted(path),
      found: quoted(basename(path)),
      expected: "a name such as BTCUSDT-15m.csv",
    });
  return [await inspectFile(file)];
}

async function inspectFile({ path, symbol, timeframe }: CandleFile): Promise<InspectedFile> {
  const timeframeMs = parseTimeframe(timeframe);
  let defect: InspectedFile["defect"] = null;
  for (const lenient of [false, true])
    try {
      const candles = await readCandleFile(path, symbol, { timeframeMs, lenient });
      return { file: path, symbol, timeframe, contents: contentsOf(candles), defect };
    } catch (error) {
      if (!(error instanceof SluiceError)) throw error;
      defect ??= {
        code: error.code,
        rule: error.message,
        where: error.details.where ?? path,
        found: error.details.found ?? "",
      };
    }
  return { file: path, symbol, timeframe, contents: null, defect };
}

function contentsOf(candles: Candles): NonNullable<InspectedFile["contents"]> {
  const filledBars = new Set(candles.gaps.flatMap(({ bar, bars }) => Array.from({ length: bars }, (_, k) => bar + k)));
  let zeroVolume = 0;
  let largest = { time: candles.firstOpenTimeMs, move: 0 };
  for (let bar = 0; bar < candles.count; bar++) {
    if (candles.volume[bar] === 0 && !filledBars.has(bar)) zeroVolume++;
    const open = candles.open[bar]!;
    const up = (candles.high[bar]! - open) / open;
    const down = (candles.low[bar]! - open) / open;
    const move = up > -down ? up : down;
    if (Math.abs(move) > Math.abs(largest.move)) largest = { time: openTimeMs(candles, bar), move };
  }
  const longest = candles.gaps.reduce<(typeof candles.gaps)[number] | null>(
    (best, gap) => (best && best.bars >= gap.bars ? best : gap),
    null,
  );
  return {
    first: candles.firstOpenTimeMs,
    last: openTimeMs(candles, candles.count - 1),
    candles: candles.count,
    gaps: candles.gaps.length,
    filled: candles.defects.filled,
    longest_gap: longest && { time: openTimeMs(candles, longest.bar), candles: longest.bars },
    duplicates: candles.defects.duplicates,
    dropped: candles.defects.dropped,
    zero_volume: zeroVolume,
    largest_move: largest,
  };
}
