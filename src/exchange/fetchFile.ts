import { stat } from "node:fs/promises";
import { escaped } from "../text.ts";
import { type CandleSource, candlesBetween, type TimeSpan } from "./pages.ts";
import { Part } from "./part.ts";
import { checkSame, rowsOf } from "./rows.ts";
import { type Survey, survey } from "./survey.ts";

/** One file and what it is to hold. */
export interface FileTask {
  readonly path: string;
  readonly source: CandleSource;
  readonly span: TimeSpan;
  /** Called with the open time up to which the candles are fetched. */
  readonly onProgress: (untilMs: number) => void;
}

/** A file after its fetch; null if the exchange has no candle of the span. */
export interface FileOutcome {
  readonly before: Survey | null;
  readonly after: Survey | null;
}

/**
 * Brings a candle file up to a span, from its first candle or the span's, whichever is earlier, to the span's end. Candles that the file holds are never
 * changed: its last ones are compared with the exchange's. Throws InputError if they differ, or if the file cannot be continued; it is then as it was.
 */
export async function fetchFile(task: FileTask): Promise<FileOutcome> {
  const { path, source, span } = task;
  const { timeframeMs } = source;
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  const held = isThere ? await survey(path, timeframeMs) : null;
  const beginMs = Math.min(span.fromMs, held?.firstMs ?? span.fromMs);
  const part = await Part.open({ path, timeframeMs, beginMs, held });
  try {
    if (held) await fetchAround(task, held, part);
    else
      for await (const page of candlesBetween(source, after(part.lastMs, span, timeframeMs)))
        await add(task, part, page);
    if (part.lastMs === null) return { before: held, after: held };
    await part.appendHeld();
    await part.close();
    return { before: held, after: await part.finish() };
  } finally {
    await part.close();
  }
}

/** The candles before and after those that a file holds. */
async function fetchAround(task: FileTask, held: Survey, part: Part): Promise<void> {
  const { source, span, path } = task;
  const { timeframeMs } = source;
  const tailMs = held.tail[0]![0];
  checkSame(escaped(path), held.tail, rowsOf(await source.ask(tailMs)));
  const earlier = after(part.lastMs, { fromMs: span.fromMs, endMs: held.firstMs }, timeframeMs);
  for await (const page of candlesBetween(source, earlier)) await add(task, part, page);
  const lastMs = Math.max(held.lastMs, part.lastMs ?? held.lastMs);
  const later = { fromMs: lastMs + timeframeMs, endMs: span.endMs };
  for await (const page of candlesBetween(source, later)) {
    await part.appendHeld();
    await add(task, part, page);
  }
}

/** The rest of a span behind what a part has; also what lies between, so that a part of a longer span leaves no hole. */
function after(lastMs: number | null, { fromMs, endMs }: TimeSpan, timeframeMs: number): TimeSpan {
  return { fromMs: lastMs === null ? fromMs : lastMs + timeframeMs, endMs };
}

type Page = Parameters<Part["append"]>[0];

async function add({ onProgress }: FileTask, part: Part, page: Page): Promise<void> {
  await part.append(page);
  onProgress(part.lastMs!);
}
