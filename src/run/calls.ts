import * as v from "valibot";
import { exportFormatNames } from "./exportFormats.ts";
import { currentOption, paramsOptions, spaceOptions, suggestionOptions } from "./givenOptions.ts";
import {
  allOption,
  constraintOptions,
  engineOptions,
  entryOptions,
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
import { listOf, name, oneOf, onOff, path, value, whole } from "./values.ts";

const isFunction = (given: unknown): boolean => typeof given === "function";

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
};

/** The options of each call, from which the request types are inferred. */
export const calls = {
  optimize: v.strictObject({
    ...runEntries,
    ...outputOptions,
    ...reportOption,
    ...ownSignalsOptions,
    configs: v.optional(listOf(path, "a list of files")),
    ...spaceOptions,
    ...suggestionOptions,
    /** In place of a config: nothing is saved. */
    ...currentOption,
    /** Folder for result.json, report.txt and report.html. */
    out: v.optional(path),
    /** Saves nothing to a config. */
    dryRun: v.optional(onOff),
    /** Saves nothing to any config unless the overall verdict of every one is PASSED or WARNING. */
    strict: v.optional(onOff),
    /** Saves even if the candles end more than 24 h before now. */
    allowStale: v.optional(onOff),
    ...stageOptions,
    /** `objective` selects opportunities by their future: for comparison with the older system, never saved. */
    universe: v.optional(oneOf(["all", "objective"])),
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
    /** The parameter file to write with the best set. */
    bestFile: v.optional(path),
  }),
  plan: v.strictObject(searchEntries),
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
    maxOpen: verdictOptions.maxOpen,
    timeframeMs: marketOptions.timeframeMs,
    fromMs: marketOptions.fromMs,
    toMs: marketOptions.toMs,
    nowMs: marketOptions.nowMs,
    fee: tradeOptions.fee,
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
    symbols: marketOptions.symbols,
    fromMs: marketOptions.fromMs,
    toMs: marketOptions.toMs,
    lenient: marketOptions.lenient,
    breakRatio: marketOptions.breakRatio,
    timeZone: marketOptions.timeZone,
    nowMs: marketOptions.nowMs,
    ...outputOptions,
  }),
  inspectCandles: v.strictObject({
    /** A candle folder or file. */
    path,
    breakRatio: marketOptions.breakRatio,
    timeZone: marketOptions.timeZone,
    nowMs: marketOptions.nowMs,
  }),
  readMarket: v.strictObject({
    /** The folder. */
    path,
    ...marketOptions,
    /** If false, volumes are left out: only the scanner needs them. */
    withVolume: v.optional(onOff),
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
    newPath: path,
  }),
  openConfig: v.strictObject({ path, ...mapOption }),
  diffFiles: v.strictObject({ oldPath: path, newPath: path }),
  listBackups: v.strictObject({ path }),
  rollback: v.strictObject({
    path,
    /** Time of the backup to restore, as in its name or the beginning of it; default: the newest. */
    to: v.optional(name("a time")),
    /** Also restores keys that others changed since. */
    force: v.optional(onOff),
    /** How long to wait for another run, milliseconds; default 10 s. */
    lockTimeoutMs: v.optional(whole("milliseconds")),
    /** Called once if another run holds the lock and this one must wait. */
    onWait: v.optional(value(v.custom<() => void>(isFunction), "a function")),
    /** Called repeatedly while waiting; may throw to give up. */
    whileWaiting: v.optional(value(v.custom<() => void>(isFunction), "a function")),
  }),
};

export type CallName = keyof typeof calls;

/** The request of a call: an undefined option counts as left out. */
export type RequestOf<Name extends CallName> = Readonly<v.InferOutput<(typeof calls)[Name]>>;
