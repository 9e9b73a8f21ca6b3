import * as v from "valibot";
import type { CandleSeries } from "../candles/series.ts";
import type { PageWorker } from "../core/followers.ts";
import type { OpportunityColumns } from "../opportunities/opportunityColumns.ts";
import { mostThreads } from "../run/limits.ts";
import {
  constraintOptions,
  entryOptions,
  labelOptions,
  marketOptions,
  memoryOption,
  objectiveOption,
  signalOptions,
  topOption,
  tradeOptions,
} from "../run/options.ts";
import { isPlainObject } from "../run/plainObject.ts";
import type { Progress } from "../run/request.ts";
import { name, value, whole } from "../run/values.ts";

const { timeZone: _dates, ...memoryMarketOptions } = marketOptions;
const { funding: _files, ...constantTradeOptions } = tradeOptions;

/** What a search over columns takes: the options of `search`, with values in place of files. */
export const requestSchema = v.strictObject({
  /** One series of columns per symbol. */
  candles: value(
    v.custom<readonly CandleSeries[]>(
      (given) => Array.isArray(given) && given.every((series) => isPlainObject(series)),
    ),
    "a list of candle series",
  ),
  /** Columns of one length, by name. */
  opportunities: value(v.custom<OpportunityColumns>(isPlainObject), "an object of columns, by name"),
  /** As a space file holds it: parameters with their candidates, or such an object by signal type. */
  space: value(v.custom<Readonly<Record<string, unknown>>>(isPlainObject), "an object of parameters with candidates"),
  /** A signal type; default: the only one among the opportunities. */
  type: v.optional(name("a signal type")),
  ...memoryMarketOptions,
  ...labelOptions,
  ...entryOptions,
  ...signalOptions,
  ...constantTradeOptions,
  ...constraintOptions,
  ...objectiveOption,
  ...memoryOption,
  /** Threads that share the search, the calling one among them; default 1. More need a page that is cross-origin isolated. */
  threads: v.optional(value(whole("threads", 1, mostThreads), `a number of threads from 1 to ${mostThreads}`)),
  ...topOption,
});

/** What a search over columns takes. */
export type ColumnSearchRequest = Readonly<v.InferOutput<typeof requestSchema>>;

const aFunction = (given: unknown): boolean => typeof given === "function";

export const optionsSchema = v.strictObject({
  onProgress: v.optional(value(v.custom<(progress: Progress) => void>(aFunction), "a function")),
  startWorker: v.optional(value(v.custom<() => PageWorker>(aFunction), "a function")),
});

/** How a search over columns is made. */
export interface ColumnSearchOptions {
  /** Called with the search's progress. If it throws, the search is stopped and rejected. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Starts a Web Worker that runs the package's `sluice/sweep-worker`, where `threads` is above 1. Default: from a blob's address, which a page's
   * policy must allow (`worker-src blob:`).
   */
  readonly startWorker?: (() => PageWorker) | undefined;
}
