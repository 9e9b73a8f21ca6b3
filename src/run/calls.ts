import * as v from "valibot";
import { configValue } from "./configValue.ts";
import { exportFormatNames } from "./exportFormats.ts";
import { fileCalls } from "./fileCalls.ts";
import { currentOption, paramsOptions, spaceOptions, suggestionOptions } from "./givenOptions.ts";
import { jobCalls, partsOption, splitOptions } from "./jobCalls.ts";
import {
  allOption,
  constraintOptions,
  engineOptions,
  entryOptions,
  groupOption,
  labelOptions,
  mapOption,
  marketOptions,
  memoryOption,
  objectiveOption,
  outputOptions,
  ownSignalsOptions,
  pastRunOptions,
  policyOption,
  rehearsalOptions,
  reportOption,
  scannerOptions,
  seedOption,
  signalOptions,
  sourceOptions,
  stageOptions,
  surfaceOption,
  tableOptions,
  topOption,
  tradeOptions,
  verdictOptions,
} from "./options.ts";
import { portfolioOptions, rankedPortfolioOptions } from "./portfolioOptions.ts";
import { listOf, name, oneOf, onOff, path, value, whole } from "./values.ts";

const searchEntries = {
  ...sourceOptions,
  ...labelOptions,
  ...entryOptions,
  ...tableOptions,
  ...tradeOptions,
  ...constraintOptions,
  ...engineOptions,
  ...objectiveOption,
  ...topOption,
  ...spaceOptions,
};

/** The options of a run of `optimize`, and of every night of a rehearsal. A fingerprint hashes options in this order. */
const runEntries = {
  ...sourceOptions,
  ...labelOptions,
  ...entryOptions,
  ...scannerOptions,
  ...signalOptions,
  ...tradeOptions,
  ...constraintOptions,
  ...objectiveOption,
  ...engineOptions,
  ...seedOption,
  ...topOption,
  ...verdictOptions,
  ...policyOption,
  ...mapOption,
  ...rankedPortfolioOptions,
};

/** The options of a whole run, whatever happens to what it finds. */
const wholeRunEntries = {
  ...runEntries,
  ...outputOptions,
  ...reportOption,
  ...ownSignalsOptions,
  ...spaceOptions,
  ...suggestionOptions,
  /** Folder for result.json, report.txt and report.html. */
  out: v.optional(path),
  ...stageOptions,
};

/** The options of each call, from which the request types are inferred. */
export const calls = {
  optimize: v.strictObject({
    ...wholeRunEntries,
    ...groupOption,
    /** Files of the bots' configs; none: nothing is compared or saved. */
    configs: v.optional(listOf(path, "a list of files")),
    /** In place of a config: nothing is saved. */
    ...currentOption,
    /** Saves nothing to a config. */
    dryRun: v.optional(onOff),
    /** Saves nothing to any config unless the overall verdict of every one is PASSED or WARNING. */
    strict: v.optional(onOff),
    /** Saves even if the candles end more than 24 h before now. */
    allowStale: v.optional(onOff),
    /** `objective` selects opportunities by their future: for comparison with the older system, never saved. */
    universe: v.optional(oneOf(["all", "objective"])),
  }),
  recommend: v.strictObject({
    ...wholeRunEntries,
    ...groupOption,
    /**
     * The bot's config: a file, beside which the ledger is kept, or the parameter blocks as a plain object, such as `{ swing_params: { ... } }`, which has
     * no ledger. Default: no current parameters.
     */
    config: v.optional(configValue),
  }),
  scan: v.strictObject({
    ...sourceOptions,
    ...labelOptions,
    ...entryOptions,
    ...scannerOptions,
    ...outputOptions,
    /** The CSV of opportunities to write. Without it, the result has them as `rows`. */
    out: v.optional(path),
  }),
  search: v.strictObject({
    ...searchEntries,
    ...outputOptions,
    ...reportOption,
    ...allOption,
    ...surfaceOption,
    ...rankedPortfolioOptions,
    /** The parameter file to write with the best set. */
    bestFile: v.optional(path),
  }),
  plan: v.strictObject({ ...searchEntries, parts: v.optional(partsOption), ...rankedPortfolioOptions }),
  splitSearch: v.strictObject({ ...searchEntries, ...splitOptions }),
  simulate: v.strictObject({
    ...sourceOptions,
    ...labelOptions,
    ...entryOptions,
    ...tableOptions,
    ...tradeOptions,
    ...memoryOption,
    ...outputOptions,
    ...reportOption,
    ...paramsOptions,
    /** The CSV of trades to write. */
    tradesFile: v.optional(path),
    ...portfolioOptions,
  }),
  validate: v.strictObject({
    ...sourceOptions,
    ...labelOptions,
    ...entryOptions,
    ...tableOptions,
    ...tradeOptions,
    ...constraintOptions,
    ...objectiveOption,
    ...engineOptions,
    ...seedOption,
    ...verdictOptions,
    ...rankedPortfolioOptions,
    ...stageOptions,
    ...outputOptions,
    ...reportOption,
    ...paramsOptions,
    ...currentOption,
    /** As `current`, a file alone. */
    currentFile: v.optional(path),
    /** The space that the set was chosen from. */
    ...spaceOptions,
  }),
  rehearse: v.strictObject({
    ...runEntries,
    ...rehearsalOptions,
    ...outputOptions,
    ...reportOption,
    ...ownSignalsOptions,
    /** The config that the first night starts from; it is only read. Without one, and without `current`, the first night has no current parameters. */
    config: v.optional(path),
    /** In place of a config. */
    ...currentOption,
    ...spaceOptions,
    ...suggestionOptions,
    ...stageOptions,
  }),
  exportParameters: v.strictObject({
    /** Which program's format it is written in. */
    format: oneOf(exportFormatNames),
    /** The set. Either this or `runFile`. */
    ...paramsOptions,
    /** A result of `optimize`, whose applied set is exported, or of `search`, whose best is. */
    runFile: v.optional(path),
    /** A signal type of the result; default: the only one. */
    type: v.optional(name("a signal type")),
    /** Which config's run of the result, by its path there; default: the only one. */
    config: v.optional(path),
    /** The file to write. */
    out: path,
    /** Class name of the freqtrade strategy. */
    strategy: v.optional(name("a class name")),
    ...mapOption,
    /** Also writes the maximum number of open trades. */
    maxOpen: verdictOptions.maxOpen,
    /** Length of a candle, milliseconds, for the command that checks the file. */
    timeframeMs: marketOptions.timeframeMs,
    /** First open time, epoch ms, for the same; default: that of the result's candles. */
    fromMs: marketOptions.fromMs,
    /** Last open time, epoch ms, for the same. */
    toMs: marketOptions.toMs,
    /** The present, epoch ms. Default: the clock. */
    nowMs: marketOptions.nowMs,
    /** Fee per side, a fraction, for the same. */
    fee: tradeOptions.fee,
    /** Slippage per side, a fraction, added to the fee there. */
    slippage: tradeOptions.slippage,
    ...outputOptions,
  }),
  demo: v.strictObject({
    /** Seed of the market and of all sampling; default 1. */
    ...seedOption,
    ...outputOptions,
    /** Saves nothing to the config unless the overall verdict is PASSED or WARNING. */
    strict: v.optional(onOff),
    /** Folder for the config and the report; default: a temporary folder. */
    out: v.optional(path),
  }),
  convert: v.strictObject({
    /** Candle files, folders of them, or a list of both. */
    candles: value(
      v.union([path, v.pipe(listOf(path, "a list of paths"), v.minLength(1))]),
      "a candle folder or file, or a list of them",
    ),
    /** Folder for the files to write: not one that is read. */
    out: path,
    /** Length of a candle, milliseconds: a larger one than the files' is made of them. Default: that of each file. */
    timeframeMs: marketOptions.timeframeMs,
    /** Default: all that are found. */
    symbols: marketOptions.symbols,
    /** First open time, epoch ms. */
    fromMs: marketOptions.fromMs,
    /** Last open time, epoch ms. */
    toMs: marketOptions.toMs,
    /** Drops and counts invalid rows instead of refusing them. */
    lenient: marketOptions.lenient,
    /** Ratio of an open to the previous close that counts as a change of unit; default 8. */
    breakRatio: marketOptions.breakRatio,
    /** Offset from UTC of dates in candle files that give none, such as `-05:00`. */
    timeZone: marketOptions.timeZone,
    /** The present, epoch ms: candles that close after it are unfinished. Default: the clock. */
    nowMs: marketOptions.nowMs,
    ...outputOptions,
  }),
  inspectCandles: v.strictObject({
    /** A candle folder or file. */
    path,
    /** Ratio of an open to the previous close that counts as a change of unit; default 8. */
    breakRatio: marketOptions.breakRatio,
    /** Offset from UTC of dates in candle files that give none, such as `-05:00`. */
    timeZone: marketOptions.timeZone,
    /** The present, epoch ms: candles that close after it are unfinished. Default: the clock. */
    nowMs: marketOptions.nowMs,
  }),
  listRuns: v.strictObject({
    ...pastRunOptions,
    /** Configs whose ledgers are read. */
    configs: v.optional(listOf(path, "a list of files")),
    /** How many runs to list; default 20. */
    limit: v.optional(whole("runs, a whole number", 1)),
    /** The present, epoch ms, for the ledgers. Default: the clock. */
    nowMs: marketOptions.nowMs,
  }),
  showRun: v.strictObject({
    /** A report folder, its result.json, the beginning of a fingerprint or of a time, or `latest`. */
    run: name("a folder, the beginning of a fingerprint or of a time, or latest"),
    ...pastRunOptions,
  }),
  diffRuns: v.strictObject({
    /** Two runs, each a report folder or its result.json. */
    oldPath: path,
    /** The newer folder or report. */
    newPath: path,
  }),
  ...jobCalls,
  ...fileCalls,
};

/** A call of the library that takes options. */
export type CallName = keyof typeof calls;

/** The request of a call: an undefined option counts as left out. */
export type RequestOf<Name extends CallName> = Readonly<v.InferOutput<(typeof calls)[Name]>>;
