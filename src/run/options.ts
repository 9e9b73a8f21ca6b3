import * as v from "valibot";
import { entryRules } from "../opportunities/entry.ts";
import { objectiveNames } from "../search/objectives.ts";
import { candles, rows } from "./givenOptions.ts";
import { mostLinearMemoryBytes, mostThreads } from "./limits.ts";
import { isPlainObject } from "./plainObject.ts";
import {
  barLength,
  cost,
  fileOr,
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
  zone,
} from "./values.ts";

const hoursOfTenYears = 24 * 3660;

/** Which candles are read. */
export const marketOptions = {
  /** Length of a candle, milliseconds; default 15 minutes. */
  timeframeMs: v.optional(barLength("900000 for 15m")),
  /** Default: all in the folder. */
  symbols: v.optional(listOf(name("a symbol"), "a list of symbols")),
  /** First open time, epoch ms. */
  fromMs: v.optional(moment),
  /** Last open time, epoch ms. */
  toMs: v.optional(moment),
  /** Only the last N days. */
  days: v.optional(positive("days", 36_600)),
  /** Drops and counts invalid rows instead of refusing them. */
  lenient: v.optional(onOff),
  /** Ratio of an open to the previous close (either way up) that counts as a change of unit, not a move; default 8. */
  breakRatio: v.optional(value(v.pipe(v.number(), v.finite(), v.gtValue(1)), "a ratio above 1, such as 8")),
  /**
   * Offset from UTC of dates in candle files that give none, such as `-05:00`. Default: UTC; files in a form whose zone is known to be another are
   * refused without it.
   */
  timeZone: v.optional(zone),
  /** The present, epoch ms: candles that close after it are unfinished, and ages count from it. Default: the clock. */
  nowMs: v.optional(moment),
};

/** What is read, and within which memory. */
export const sourceOptions = {
  /** A folder of SYMBOL-TIMEFRAME.csv, or candles in memory: a market (`createMarket`, `readMarket`), one series (`candlesFrom`), or a list of them. */
  candles,
  ...marketOptions,
  /** Peak RSS of the whole process, bytes: a run that would need more is refused, or stopped once it exceeds it. */
  maxRssBytes: v.optional(whole("whole bytes", 1)),
};

/** Which opportunities count as objective ones. */
export const labelOptions = {
  /** Hours of the path that count; default 24. */
  lookaheadHours: v.optional(positive("hours", hoursOfTenYears)),
  /** Minimum MFE of an objective opportunity, a fraction; default 0.08. */
  minProfit: v.optional(value(v.pipe(v.number(), v.finite(), v.gtValue(0)), "a fraction above 0, such as 0.08 for 8%")),
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
  /** Counts directional activations in either direction, as the older system did. */
  legacyActivations: v.optional(onOff),
};

/** The user's own signals, and when they were known. */
export const signalOptions = {
  /** Length of the bars the signals were computed on, milliseconds, if it differs from the candles': a signal is known at its bar's close. */
  signalTimeframeMs: v.optional(barLength("3600000 for 1h")),
};

/** What a trade costs and how its bars are interpreted. */
export const tradeOptions = {
  /** Per side, a fraction; default 0.0005. */
  fee: v.optional(cost("0.0005 for 0.05%")),
  /** Per side, a fraction; default 0.0002. */
  slippage: v.optional(cost("0.0002 for 0.02%")),
  /** Paid by longs every 8 hours, a fraction; default 0. */
  fundingPer8h: v.optional(
    value(v.pipe(v.number(), v.gtValue(-1), v.ltValue(1)), "a fraction between -1 and 1, such as 0.0001 for 0.01%"),
  ),
  /** `data`: the exchange's own rates, of the candle folder's files of funding rates, instead of a constant. */
  funding: v.optional(oneOf(["data"])),
  /** What counts if one bar touches both stop and target; default `stop-first`. */
  intrabar: v.optional(oneOf(["stop-first", "target-first", "nearest-open"])),
  /** `path`, the default: bar by bar; `summary`: the older system's 24-hour summary. */
  exitModel: v.optional(oneOf(["path", "summary"])),
};

/** Positions open at once. */
export const maxOpen = v.optional(whole("positions, a whole number", 1));

/** Limits that a set must meet to be ranked. */
export const constraintOptions = {
  /** Default 20. */
  minTrades: v.optional(whole()),
  /** Percentage points; default: no limit. */
  maxDrawdown: v.optional(notNegative("percentage points")),
  /** A share, 0-1; default: no limit. */
  minCaptureRate: v.optional(
    value(v.pipe(v.number(), v.minValue(0), v.maxValue(1)), "a share from 0 to 1, such as 0.3"),
  ),
  /** Percentage points above which `balanced` deducts points; default 20. */
  drawdownLimit: v.optional(notNegative("percentage points")),
};

/** The engine's linear memory. */
export const memoryOption = {
  /** Bytes, shared by all threads; default 16 MiB. */
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

/** Seed of all sampling. */
export const seedOption = {
  /** Default 1. */
  seed: v.optional(whole()),
};

export const topOption = {
  /** Sets on the leaderboard; see `defaultTop`. */
  top: v.optional(whole("sets, a whole number", 1)),
};

/** The table of opportunities and the signal type. */
export const tableOptions = {
  /** Opportunities or signals: a file, or rows as objects with the columns of such a file. */
  opportunities: rows,
  /** A signal type; default: the only one in the file. */
  type: v.optional(name("a signal type")),
  ...signalOptions,
};

/** How much phase 3 tries. */
export const stageOptions = {
  /** Maximum sets per start in a stage; default: all. */
  coarseCombos: v.optional(whole("sets, a whole number", 1)),
  /** Maximum sets per start in the fine stage; default all. */
  fineCombos: v.optional(whole("sets, a whole number", 1)),
};

/** How the verdict is reached. */
export const verdictOptions = {
  /** Percentage points per trade by which new parameters must beat the current ones; default 0. */
  margin: v.optional(notNegative("percentage points")),
  /** Required share of resamples in which new parameters are better, over all decisions of a run; default 0.95. */
  confidence: v.optional(
    value(v.pipe(v.number(), v.minValue(0.5), v.maxValue(0.999)), "a share from 0.5 to 0.999, such as 0.95"),
  ),
  /** Maximum positions open at once over all symbols, in the one-position replay; default: no limit. */
  maxOpen,
  /** Walk-forward windows train only on the span just before, instead of on everything before. */
  rolling: v.optional(onOff),
};

/** Where opportunities come from, if not from the scanner. */
export const ownSignalsOptions = {
  /** The user's own signals: a file (CSV, JSON, a reply of freqtrade's `pair_history`), or rows as objects with the columns of such a file. */
  signals: v.optional(rows),
  /** A folder of the older bot's daily snapshots. */
  snapshots: v.optional(path),
};

/** How a parameter file of freqtrade is read and written. */
export const mapOption = {
  /** A file that says which of a freqtrade strategy's thresholds is which filter. */
  mapFile: v.optional(path),
};

/** When new parameters are applied. */
export const policyOption = {
  /**
   * `gate`, the default: if a candidate is clearly better on the hold-out. `shadow`: also if one that was not has since proven itself on days that no
   * search had seen, which the config's ledger records.
   */
  policy: v.optional(oneOf(["gate", "shadow"])),
};

/** Parameters by groups of symbols. */
export const groupOption = {
  /**
   * Parameters of their own for groups of symbols, which a save writes to `per_symbol`: `symbol` for a group of each symbol, groups by name such as
   * `{ majors: ["BTCUSDT", "ETHUSDT"], rest: "*" }` (`*`: every symbol that no other group names), or a JSON file of them. Default: one set of parameters for all symbols.
   */
  group: v.optional(
    fileOr<Readonly<Record<string, readonly string[] | "*">>>(
      isPlainObject,
      'symbol, a file, or groups such as { majors: ["BTCUSDT", "ETHUSDT"], rest: "*" }',
    ),
  ),
};

/** What sets are ranked by. */
export const objectiveOption = {
  /** Default `evidence`; phase 2's search always ranks by `total`. */
  objective: v.optional(oneOf(objectiveNames)),
};

export const outputOptions = {
  /** Replaces files that Sluice did not write. */
  force: v.optional(onOff),
};

/** Every set of a search. */
export const allOption = {
  /** A .csv or .parquet file to write, with a row for every set of the space: its parameters and what its trades add up to. */
  allFile: v.optional(path),
};

/** What a search says of all its sets. */
export const surfaceOption = {
  /** Also counts the scores of all ranked sets by one and by two parameters: `surface` of the result. */
  surface: v.optional(onOff),
};

/** The report with pictures. */
export const reportOption = {
  /** An HTML file to write. Default: none; `optimize` also writes report.html into the folder of `out`. */
  report: v.optional(path),
};

/** The nights of a rehearsal. */
export const rehearsalOptions = {
  /** Time between two nights, milliseconds; default 7 days. */
  everyMs: v.optional(spanOfTime("604800000 for 7d")),
  /** How far a night looks back, milliseconds; default 60 days. */
  windowMs: v.optional(spanOfTime("5184000000 for 60d")),
  /** Number of copies of the history with shuffled days to rehearse as well; default 0. */
  nullCopies: v.optional(whole("copies, a whole number", 0, 1000)),
};

/** Where past runs are looked for. */
export const pastRunOptions = {
  /** Report folders, or folders above them. */
  folders: v.optional(listOf(path, "a list of folders")),
};
