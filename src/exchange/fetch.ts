import { join } from "node:path";
import { formatTimeframe } from "../candles/timeframe.ts";
import { isFileFault } from "../config/fileFaults.ts";
import { underLock } from "../config/lock.ts";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { NotReplaceable } from "../targetFile.ts";
import { escaped, quoted } from "../text.ts";
import { type AskOptions, ask } from "./asking.ts";
import { connect, type Exchange } from "./connection.ts";
import { type FileOutcome, fetchFile } from "./fetchFile.ts";
import { candleFileName } from "./fileName.ts";
import type { TimeSpan } from "./pages.ts";
import type { FetchedFile, FetchRequest, FetchResult } from "./result.ts";

export interface FetchOptions extends Pick<AskOptions, "signal" | "firstWaitMs" | "answerMs"> {
  readonly onProgress?: (progress: {
    readonly phase: string;
    readonly message: string;
    /** Of this symbol's candles, 0-1. */
    readonly fraction?: number;
    /** Of all symbols', 0-1. */
    readonly share?: number;
  }) => void;
  /** The present where the exchange has no clock of its own, epoch ms. */
  readonly nowMs?: number;
}

/** Why a single file is left as it is, while the others are fetched. */
const ofOneFile: readonly string[] = ["FETCH_FILE", "FETCH_CONTRADICTION"];
const dayMs = 86_400_000;
/** Where an exchange does not say how many candles it sends at once. */
const usualLimit = 500;

/**
 * Fetches candles into one CSV file per symbol, continuing those that are there. It may be killed at any moment: a file is as it was or complete, and the
 * same call goes on where it stopped. Throws InputError, and the signal's reason if it is aborted.
 */
export async function fetchCandles(request: FetchRequest, options: FetchOptions = {}): Promise<FetchResult> {
  const { timeframeMs, out, symbols } = request;
  const timeframe = formatTimeframe(timeframeMs);
  const progressed = (message: string): void => options.onProgress?.({ phase: request.exchange, message });
  const asking: AskOptions = { ...options, onWait: progressed };
  const exchange = await connect(request.exchange, request.url);
  checkTimeframe(exchange, timeframe);
  progressed("reading the list of markets");
  await ask(exchange, "markets", () => exchange.loadMarkets(), asking);
  checkSymbols(exchange, symbols);
  const names = new Map(symbols.map((symbol) => [symbol, candleFileName(symbol, timeframe)]));
  const span = spanOf(request, await presentMs(exchange, options, asking));
  await makeOut(out);
  const files: FetchedFile[] = [];
  await alone(out, progressed, options.signal, async () => {
    for (const [symbol, name] of names) {
      const path = join(out, name);
      const market = { exchange, symbol, timeframe, timeframeMs };
      const onProgress: FetchOptions["onProgress"] = (event) =>
        options.onProgress?.({ ...event, share: (files.length + (event.fraction ?? 0)) / names.size });
      const heard = { ...options, ...asking, onProgress };
      files.push(await fetchedFile(symbol, path, () => fetchMarket(market, path, span, heard)));
    }
  });
  const to = Math.floor((span.endMs - 1) / timeframeMs) * timeframeMs;
  return { exchange: exchange.id, timeframe, folder: out, from: span.fromMs, to, files };
}

/** One market of an exchange. */
interface MarketOf {
  readonly exchange: Exchange;
  readonly symbol: string;
  readonly timeframe: string;
  readonly timeframeMs: number;
}

function fetchMarket(
  market: MarketOf,
  path: string,
  span: TimeSpan,
  options: FetchOptions & AskOptions,
): Promise<FileOutcome> {
  const { exchange, symbol, timeframe, timeframeMs } = market;
  const phase = `${symbol} ${timeframe}`;
  const asking = { ...options, onWait: (message: string) => options.onProgress?.({ phase, message }) };
  const stated = exchange.featureValue(symbol, "fetchOHLCV", "limit");
  const limit = typeof stated === "number" && stated > 0 ? stated : usualLimit;
  options.onProgress?.({ phase, message: "fetching" });
  const source = {
    timeframeMs,
    limit,
    ask: (sinceMs: number) =>
      ask(exchange, phase, () => exchange.fetchOHLCV(symbol, timeframe, sinceMs, limit), asking),
  };
  const onProgress = (untilMs: number): void => {
    const fraction = Math.min(1, Math.max(0, (untilMs - span.fromMs) / (span.endMs - span.fromMs)));
    options.onProgress?.({ phase, message: `up to ${new Date(untilMs).toISOString().slice(0, 10)}`, fraction });
  };
  return fetchFile({ path, source, span, onProgress });
}

async function fetchedFile(symbol: string, file: string, work: () => Promise<FileOutcome>): Promise<FetchedFile> {
  try {
    const { before, after } = await work();
    const added = (after?.candles ?? 0) - (before?.candles ?? 0);
    return {
      symbol,
      file,
      state: after === null ? "none" : added > 0 ? "added" : "current",
      candles: after?.candles ?? 0,
      added,
      first: after?.firstMs ?? null,
      last: after?.lastMs ?? null,
      missing: after?.missing ?? 0,
      missing_spans: after?.spans ?? 0,
      missing_first: after?.firstSpans ?? [],
      problem: null,
    };
  } catch (error) {
    if (isFileFault(error) || error instanceof NotReplaceable) throw unwritable(file, error);
    if (!(error instanceof InputError) || !ofOneFile.includes(error.code)) throw error;
    const { where = "", found = "", remedy = "" } = error.details;
    const none = { candles: 0, added: 0, first: null, last: null, missing: 0, missing_spans: 0, missing_first: [] };
    const problem = { code: error.code, rule: error.message, where, found, remedy };
    return { symbol, file, state: "refused", ...none, problem };
  }
}

function unwritable(file: string, cause: Error): InputError {
  return new InputError(
    "FETCH_UNWRITABLE",
    "the candle file cannot be written; it is as it was",
    {
      where: escaped(file),
      found: escaped(cause.message),
      expected: "a file, or room for one, in a writable folder",
      remedy: "free disk space or fix the permissions; the same command continues where it stopped",
    },
    { cause },
  );
}

/** The present by the exchange's clock, else by this machine's: a candle that closes after it is not finished. */
async function presentMs(exchange: Exchange, { nowMs }: FetchOptions, asking: AskOptions): Promise<number> {
  const own = nowMs ?? Date.now();
  if (exchange.has["fetchTime"] !== true) return own;
  return (await ask(exchange, "time", () => exchange.fetchTime(), asking)) ?? own;
}

/** Open times from the first that is asked for to the last finished candle. */
function spanOf({ timeframeMs, fromMs, toMs, days }: FetchRequest, nowMs: number): TimeSpan {
  const lastMs = Math.min(toMs ?? nowMs, nowMs - timeframeMs);
  const wanted = fromMs ?? (toMs === undefined ? nowMs : Math.min(toMs, nowMs)) - days * dayMs;
  const from = Math.ceil(wanted / timeframeMs) * timeframeMs;
  if (from <= lastMs) return { fromMs: from, endMs: lastMs + 1 };
  throw new InputError("FETCH_SPAN", "the span has no finished candle", {
    where: "--from, --to, --days",
    found: `${new Date(from).toISOString()} to ${new Date(lastMs).toISOString()}`,
    expected: "a start before the end, and before the present",
    remedy: "set an earlier --from or a later --to",
  });
}

function checkTimeframe(exchange: Exchange, timeframe: string): void {
  const offered = Object.keys(exchange.timeframes ?? {});
  if (exchange.has["fetchOHLCV"] === true && offered.includes(timeframe)) return;
  if (exchange.has["fetchOHLCV"] !== true || offered.length === 0)
    throw new InputError("FETCH_EXCHANGE", "the exchange offers no candles", {
      where: "--exchange",
      found: exchange.id,
      expected: "an exchange with candles of its own",
      remedy: "choose another exchange",
    });
  throw new InputError("FETCH_TIMEFRAME", "the exchange has no candles of this length", {
    where: "--timeframe",
    found: timeframe,
    expected: `one of ${offered.join(", ")} (${exchange.id})`,
    remedy: "choose one of them; Sluice reads minutes, hours and days",
  });
}

function checkSymbols(exchange: Exchange, symbols: readonly string[]): void {
  const offered = exchange.symbols ?? [];
  const unknown = symbols.find((symbol) => !offered.includes(symbol));
  if (unknown === undefined) return;
  throw new InputError("FETCH_SYMBOL", "the exchange has no market of this name", {
    where: "--symbols",
    found: quoted(unknown),
    expected: `one of the ${offered.length} markets of ${exchange.id}, such as ${offered.slice(0, 3).join(", ")}`,
    remedy: didYouMean(unknown, offered, "spell it BASE/QUOTE, or BASE/QUOTE:SETTLE for futures"),
  });
}

async function makeOut(out: string): Promise<void> {
  await makeFolder(out).catch((cause: Error) => {
    throw new InputError(
      "FETCH_FOLDER",
      "the folder cannot be made",
      {
        where: `--out ${escaped(out)}`,
        found: escaped(cause.message),
        expected: "a writable folder",
        remedy: "choose another",
      },
      { cause },
    );
  });
}

/** Does work while no other fetch writes to the folder. */
async function alone(
  out: string,
  progressed: (message: string) => void,
  signal: AbortSignal | undefined,
  work: () => Promise<void>,
): Promise<void> {
  const waiting = {
    onWait: () => progressed("waiting for another fetch into this folder, or for its lock to expire"),
    whileWaiting: () => signal?.throwIfAborted(),
  };
  await underLock(join(out, ".fetch"), waiting, work).catch((cause: unknown) => {
    if (!(cause instanceof InputError) || !/^CONFIG_(LOCKED|READ_ONLY)$/.test(cause.code)) throw cause;
    throw new InputError(
      "FETCH_LOCKED",
      "another fetch writes to this folder, or the folder cannot be written",
      {
        where: `--out ${escaped(out)}`,
        found: cause.details.found ?? "",
        expected: "one fetch at a time",
        remedy: "run again later",
      },
      { cause },
    );
  });
}
