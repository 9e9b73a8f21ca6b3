import * as v from "valibot";
import type { CandleSeries } from "../candles/series.ts";
import { entryRules } from "../opportunities/entry.ts";
import { objectiveNames } from "../search/objectives.ts";
import { mostLinearMemoryBytes, mostThreads } from "./limits.ts";
import { isPlainObject } from "./plainObject.ts";
import {
  barLength,
  cost,
  listOf,
  moment,
  name,
  notNegative,
  oneOf,
  onOff,
  path,
  positive,
  spanOfTime,
  value,
  whole,
} from "./values.ts";

const hoursOfTenYears = 24 * 3660;

/** A folder, or series in memory: what these hold is looked at where candles are checked. */
const candles = value(
  v.custom<string | readonly CandleSeries[]>(
    (given) =>
      v.is(path, given) ||
      (Array.isArray(given) && given.every((series) => isPlainObject(series) && typeof series["symbol"] === "string")),
  ),
  "a folder, or a list of candle series",
);

/** Which candles are read. */
export const marketOptions = {
  /** Length of a candle, milliseconds; 15 minutes by default. */
  timeframeMs: v.optional(barLength("900000 for 15m")),
  /** All of the folder by default. */
  symbols: v.optional(listOf(name("a symbol"), "a list of symbols")),
  /** First and last open time, epoch ms. */
  fromMs: v.optional(moment),
  toMs: v.optional(moment),
  /** The last so many days. */
  days: v.optional(positive("days", 36_600)),
  /** Drop and count impossible rows instead of refusing them. */
  lenient: v.optional(onOff),
  /** Neighbouring candles that stand so many to one to each other (or one to so many) are a change of unit, not a move; 8 by default. */
  breakRatio: v.optional(value(v.pipe(v.number(), v.finite(), v.gtValue(1)), "a ratio above 1, such as 8")),
  /** The present, epoch ms: what closes after it is unfinished, and how old candles are counts from it. The clock by default. */
  nowMs: v.optional(moment),
};

/** What is read, and within which memory. */
export const sourceOptions = {
  /** A folder of SYMBOL-TIMEFRAME.csv, or series in memory. */
  candles,
  ...marketOptions,
  /** Peak RSS of the whole process, bytes: a run that would take more is refused, or ended where it comes to take more. */
  maxRssBytes: v.optional(whole("whole bytes", 1)),
};

/** Which opportunities count as objective ones. */
export const labelOptions = {
  /** Hours of the path that are looked at; 24 by default. */
  lookaheadHours: v.optional(positive("hours", hoursOfTenYears)),
  /** MFE that makes an opportunity an objective one, a fraction; 0.08 by default. */
  minProfit: v.optional(
    value(v.pipe(v.number(), v.finite(), v.gtValue(0)), "a fraction above 0, such as 0.08 for 8 %"),
  ),
};

/** Where signals are entered. */
export const entryOptions = {
  /**
   * `signal-close`, the default: at the close of the signal's bar, or at the price that a signal names. `next-open`: at the open of the next candle.
   */
  entry: v.optional(oneOf(entryRules)),
};

/** How the scanner counts. */
export const scannerOptions = {
  /** Count directional activations in either direction, as the older system did. */
  legacyActivations: v.optional(onOff),
};

/** The user's own signals, and when they were known. */
export const signalOptions = {
  /** Length of the bars that the signals were made on, milliseconds, where it is not the candles': a signal is known at its bar's close. */
  signalTimeframeMs: v.optional(barLength("3600000 for 1h")),
};

/** What a trade costs and how its bars are read. */
export const tradeOptions = {
  /** Per side, a fraction; 0.0005 by default. */
  fee: v.optional(cost("0.0005 for 0.05 %")),
  /** Per side, a fraction; 0.0002 by default. */
  slippage: v.optional(cost("0.0002 for 0.02 %")),
  /** What a long pays every 8 hours, a fraction; 0 by default. */
  fundingPer8h: v.optional(
    value(v.pipe(v.number(), v.gtValue(-1), v.ltValue(1)), "a fraction between -1 and 1, such as 0.0001 for 0.01 %"),
  ),
  intrabar: v.optional(oneOf(["stop-first", "target-first", "nearest-open"])),
  exitModel: v.optional(oneOf(["path", "summary"])),
};

/** What a set must keep to be ranked. */
export const constraintOptions = {
  /** 20 by default. */
  minTrades: v.optional(whole()),
  /** Percentage points; no limit by default. */
  maxDrawdown: v.optional(notNegative("percentage points")),
  /** A share, 0-1; no limit by default. */
  minCaptureRate: v.optional(
    value(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), "a share from 0 to 1, such as 0.3"),
  ),
  /** Percentage points from which `balanced` takes points off; 20 by default. */
  drawdownLimit: v.optional(notNegative("percentage points")),
};

/** The engine's linear memory. */
export const memoryOption = {
  /** Bytes, shared by all threads; 16 MiB by default. */
  memoryBytes: v.optional(whole("whole bytes", 1, mostLinearMemoryBytes)),
};

/** What the engine may use; neither changes a result. */
export const engineOptions = {
  ...memoryOption,
  /** Threads that share a search; `auto`, the default, leaves one core free. */
  threads: v.optional(
    value(
      v.union([v.literal("auto"), whole("threads", 1, mostThreads)]),
      `auto, or a number of threads from 1 to ${mostThreads}`,
    ),
  ),
};

/** Of all sampling. */
export const seedOption = {
  /** 1 by default. */
  seed: v.optional(whole()),
};

export const topOption = {
  /** Sets on the leaderboard; see `defaultTop`. */
  top: v.optional(whole("sets, a whole number", 1)),
};

/** The table of opportunities and the type that is meant. */
export const tableOptions = {
  /** Opportunities or signals file. */
  opportunities: path,
  /** A signal type; the only one there is by default. */
  type: v.optional(name("a signal type")),
  ...signalOptions,
};

/** How much phase 3 tries. */
export const stageOptions = {
  /** Sets that a start may test in a stage; all by default. */
  coarseCombos: v.optional(whole("sets, a whole number", 1)),
  fineCombos: v.optional(whole("sets, a whole number", 1)),
};

/** How the verdict is come to. */
export const verdictOptions = {
  /** Percentage points per trade by which new parameters must beat the current ones; 0 by default. */
  margin: v.optional(notNegative("percentage points")),
  /** Share of resamples in which new parameters must be better, over all decisions of a run; 0.95 by default. */
  confidence: v.optional(
    value(v.pipe(v.number(), v.minValue(0.5), v.maxValue(0.999)), "a share from 0.5 to 0.999, such as 0.95"),
  ),
  /** Positions open at once over all symbols, in the one-position replay; no limit by default. */
  maxOpen: v.optional(whole("positions, a whole number", 1)),
  /** Walk-forward windows train on the span before alone, instead of on all before. */
  rolling: v.optional(onOff),
};

/** When new parameters are applied. */
export const policyOption = {
  /**
   * `gate`, the default: where a candidate is surely better on the hold-out. `shadow`: also where one that was not has proved itself since on days that no
   * search had seen, which the config's ledger keeps account of.
   */
  policy: v.optional(oneOf(["gate", "shadow"])),
};

/** What sets are ranked by. */
export const objectiveOption = {
  /** `evidence` by default; phase 2's search ranks by `total` whatever this says. */
  objective: v.optional(oneOf(objectiveNames)),
};

export const outputOptions = {
  /** Replace a file that Sluice did not write. */
  force: v.optional(onOff),
};

/** The nights of a rehearsal. */
export const rehearsalOptions = {
  /** Between two nights, milliseconds; 7 days by default. */
  everyMs: v.optional(spanOfTime("604800000 for 7d")),
  /** What a night looks back at, milliseconds; 60 days by default. */
  windowMs: v.optional(spanOfTime("5184000000 for 60d")),
  /** Copies of the history with its days shuffled that are rehearsed too; 0 by default. */
  nullCopies: v.optional(whole("copies, a whole number", 0, 1000)),
};
