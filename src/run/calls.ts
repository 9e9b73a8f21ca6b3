import * as v from "valibot";
import {
  constraintOptions,
  engineOptions,
  entryOptions,
  labelOptions,
  marketOptions,
  memoryOption,
  objectiveOption,
  outputOptions,
  policyOption,
  rehearsalOptions,
  scannerOptions,
  seedOption,
  signalOptions,
  sourceOptions,
  stageOptions,
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
  spaceFile: path,
};

/** What a run of `optimize` goes by, and every night of a rehearsal. A fingerprint feeds options in this order. */
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
};

/** The options of each call, and nothing else: what a request may hold, and what its type is inferred from. */
export const calls = {
  optimize: v.strictObject({
    ...runEntries,
    ...outputOptions,
    /** The user's own signals in place of the scanner. */
    signals: v.optional(path),
    configs: v.optional(listOf(path, "a list of files")),
    /** The built-in space by default. */
    spaceFile: v.optional(path),
    /** Folder for result.json and report.txt. */
    out: v.optional(path),
    /** Save nothing to a config. */
    dryRun: v.optional(onOff),
    /** Save nothing to any config unless the overall verdict of every one is PASSED or WARNING. */
    strict: v.optional(onOff),
    /** Save although the candles end more than 24 h before now. */
    allowStale: v.optional(onOff),
    suggestFile: v.optional(path),
    ...stageOptions,
    /** `objective` looks at the future to choose its opportunities: to compare with the older system, never saved. */
    universe: v.optional(oneOf(["all", "objective"])),
  }),
  scan: v.strictObject({
    ...sourceOptions,
    ...labelOptions,
    ...entryOptions,
    ...scannerOptions,
    ...outputOptions,
    /** The CSV of opportunities to write. */
    out: path,
  }),
  search: v.strictObject(searchEntries),
  plan: v.strictObject(searchEntries),
  simulate: v.strictObject({
    ...sourceOptions,
    ...labelOptions,
    ...entryOptions,
    ...tableOptions,
    ...tradeOptions,
    ...memoryOption,
    ...outputOptions,
    paramsFile: path,
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
    paramsFile: path,
    /** The set that it would replace. */
    currentFile: v.optional(path),
    /** The space that the set was chosen from; the built-in one by default. */
    spaceFile: v.optional(path),
  }),
  rehearse: v.strictObject({
    ...runEntries,
    ...rehearsalOptions,
    /** The user's own signals in place of the scanner. */
    signals: v.optional(path),
    /** The config that the first night finds; it is read, and nothing is written to it. Without one the first night finds no parameters. */
    config: v.optional(path),
    /** The built-in space by default. */
    spaceFile: v.optional(path),
    suggestFile: v.optional(path),
    ...stageOptions,
  }),
  demo: v.strictObject({
    /** Of the market and of everything sampled; 1 by default. */
    ...seedOption,
    ...outputOptions,
    /** Save nothing to the config unless the overall verdict is PASSED or WARNING. */
    strict: v.optional(onOff),
    /** Folder for the config and the report; one under the system's temporary folder by default. */
    out: v.optional(path),
  }),
  inspectCandles: v.strictObject({
    /** A candle folder or file. */
    path,
    breakRatio: marketOptions.breakRatio,
    nowMs: marketOptions.nowMs,
  }),
  readMarket: v.strictObject({
    /** The folder. */
    path,
    ...marketOptions,
    /** False leaves the volumes out: only the scanner needs them. */
    withVolume: v.optional(onOff),
  }),
  openConfig: v.strictObject({ path }),
  diffFiles: v.strictObject({ oldPath: path, newPath: path }),
  listBackups: v.strictObject({ path }),
  rollback: v.strictObject({
    path,
    /** Time of the backup to go back to, as in its name or the beginning of it; the newest by default. */
    to: v.optional(name("a time")),
    /** Put our keys back even where others changed them since. */
    force: v.optional(onOff),
    /** How long to wait for another run, milliseconds; 10 s by default. */
    lockTimeoutMs: v.optional(whole("milliseconds")),
    /** Called once where the lock is held by another and has to be waited for. */
    onWait: v.optional(value(v.custom<() => void>(isFunction), "a function")),
    /** Called again and again while waiting; may throw to give up. */
    whileWaiting: v.optional(value(v.custom<() => void>(isFunction), "a function")),
  }),
};

export type CallName = keyof typeof calls;

/** What a call takes: an option that is undefined counts as left out. */
export type RequestOf<Name extends CallName> = Readonly<v.InferOutput<(typeof calls)[Name]>>;
