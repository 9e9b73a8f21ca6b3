import { marketOfSeries } from "../candles/series.ts";
import { blobWorker, type PageWorker, withFollowers } from "../core/followers.ts";
import { prepareCore, sharesMemory } from "../core/instance.ts";
import { InputError } from "../errors.ts";
import { sluiceErrors } from "../library/faults.ts";
import { nodeModule } from "../nodeModule.ts";
import { columnRows } from "../opportunities/columnRows.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import { readTable } from "../opportunities/readTable.ts";
import { askAboutGains } from "../run/noMoney.ts";
import type { NamedTable } from "../run/prepare.ts";
import { askAboutSettings } from "../run/questions.ts";
import { type Settings, settingsOf } from "../run/request.ts";
import { checkOptions } from "../run/requestCheck.ts";
import { Session } from "../run/session.ts";
import { expectSearch, foundOf, searched, typeSearch } from "../run/typeSearch.ts";
import { wrong } from "../run/wrong.ts";
import type { SearchResult } from "../search/result.ts";
import { featuresNamedIn, type JsonFile, mayUseAtr } from "../space/documents.ts";
import { type ColumnSearchOptions, type ColumnSearchRequest, optionsSchema, requestSchema } from "./request.ts";

/** What `sluice search --json` prints, without what only its files have: a fingerprint, and what it wrote. */
export type ColumnSearchResult = Omit<SearchResult, "saved_best" | "fingerprint" | "all" | "surface">;

/**
 * One exhaustive search of one type's space over columns in memory, in a browser's Web Worker, in a page or in Node, without a file. The same
 * columns give the same leaderboard, to the last bit, as `search` gives for files that hold them.
 *
 * It computes on the thread that calls it, which in a page blocks the page: call it in a Web Worker, and terminate that to stop it. Throws
 * SluiceError: InputError for candles, opportunities, space or options that are refused (`REQUEST_OPTION`, `CANDLE_*`, `TABLE_*`, `SPACE_*`,
 * `PAGE_THREADS`), CapacityError if the search does not fit `memoryBytes` or the browser's memory.
 */
export function searchColumns(
  request: ColumnSearchRequest,
  options: ColumnSearchOptions = {},
): Promise<ColumnSearchResult> {
  return sluiceErrors(() => made(request, options));
}

async function made(request: unknown, options: unknown): Promise<ColumnSearchResult> {
  const { onProgress, startWorker } = checkOptions("searchColumns", optionsSchema, options);
  const checked = plain(checkOptions<ColumnSearchRequest>("searchColumns", requestSchema, request));
  const settings = settingsOf({ ...checked, threads: checked.threads ?? 1 }, "search");
  requireThreads(settings.threads);
  const session = new Session(onProgress ? { onProgress } : {});
  askAboutSettings(settings, session);
  expectSearch(session);
  session.say("load", "reading candles and opportunities");
  const core = prepareCore();
  const file = { path: "space", document: checked.space };
  const named = await readColumns(checked, file, settings, session);
  const search = typeSearch(named, file, checked.type, settings, session);
  await core;
  const outcome = await shared(settings.threads, startWorker, () => searched(search.task, session));
  askAboutGains(search.task.objective, outcome.top[0], session);
  const result = foundOf(search, outcome, session);
  session.finish();
  return result;
}

/** Does work that several threads may share: in a page they are started before. */
function shared<T>(threads: number, start: (() => PageWorker) | undefined, work: () => Promise<T>): Promise<T> {
  const isInPage = nodeModule("node:worker_threads") === undefined;
  return threads > 1 && isInPage ? withFollowers(threads, start ?? blobWorker, work) : work();
}

/** A request whose parts were read once: a getter or proxy of the caller's may throw. */
function plain(request: ColumnSearchRequest): ColumnSearchRequest {
  const read = <T>(name: string, copy: () => T): T => {
    try {
      return copy();
    } catch (cause) {
      const found = cause instanceof Error ? cause.message : cause;
      throw wrong({
        call: "searchColumns",
        rule: "the option cannot be read",
        where: name,
        found,
        expected: "plain values",
      });
    }
  };
  const { candles, opportunities, space } = request;
  return {
    ...request,
    candles: read("candles", () => candles.map((series) => ({ ...series }))),
    opportunities: read("opportunities", () => ({ ...opportunities })),
    space: read("space", () => structuredClone(space)),
  };
}

/** The columns, checked as files are. */
async function readColumns(
  request: ColumnSearchRequest,
  file: JsonFile,
  settings: Settings,
  session: Session,
): Promise<NamedTable> {
  const { timeframeMs, lenient, nowMs, breakRatio, signalTimeframeMs, entry } = settings;
  const { symbols, fromMs, toMs, days } = request;
  const market = marketOfSeries(request.candles, {
    ...{ timeframeMs, lenient, nowMs, breakRatio, withVolume: false },
    ...(symbols && { symbols }),
    ...(fromMs !== undefined && { fromMs }),
    ...(toMs !== undefined && { toMs }),
    ...(days !== undefined && { days }),
  });
  const wanted = featuresNamedIn([file]);
  let featureNames: readonly string[] = [];
  let signals: SignalCounts | null = null;
  const table = await readTable(columnRows(request.opportunities), market, {
    ...{ lenient, signalTimeframeMs, entry },
    needsAtr: mayUseAtr([file]),
    features: (there) => {
      featureNames = there;
      return there.filter((name) => wanted.has(name));
    },
    onNotice: (code, message) => session.warn(code, message),
    onCounts: (counts) => {
      signals = counts;
    },
  });
  return { market, table, featureNames, signals: signals! };
}

/** Threads need memory that they share, and a thread that may wait for them. */
function requireThreads(threads: number): void {
  if (threads === 1) return;
  const isWindow = "document" in globalThis && nodeModule("node:worker_threads") === undefined;
  if (sharesMemory() && !isWindow) return;
  throw new InputError("PAGE_THREADS", "several threads need a Web Worker in a page that is cross-origin isolated", {
    where: "threads",
    found: isWindow ? `${threads}, in the page's own thread` : `${threads}, and the page is not cross-origin isolated`,
    expected: "1, or a Web Worker whose page is served with COOP and COEP headers",
    remedy:
      "leave threads out, or serve the page with Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp",
  });
}
