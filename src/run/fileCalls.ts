import * as v from "valibot";
import { mapOption, marketOptions } from "./options.ts";
import { isPlainObject } from "./plainObject.ts";
import { isSignal, listOf, name, notNegative, onOff, path, value, whole } from "./values.ts";

const isFunction = (given: unknown): boolean => typeof given === "function";

/** A listener, whatever it is told: its own call types that. */
type Listener = (...told: never[]) => void;

/** The options of the calls that read or write a bot's files, each on the caller's own thread: their leading arguments are options, too. */
export const fileCalls = {
  readMarket: v.strictObject({
    /** The folder. */
    path,
    ...marketOptions,
    /** If false, volumes are left out: only the scanner needs them. */
    withVolume: v.optional(onOff),
  }),
  apply: v.strictObject({
    /** As `recommend` gave it, or the same from its JSON. */
    recommendation: value(
      v.custom<{ readonly id: string }>((given) => isPlainObject(given) && typeof given["id"] === "string"),
      "a recommendation, an object with an id",
    ),
    /** The config to change. */
    config: path,
    /** Which of its types to apply; default: all that change something. */
    types: v.optional(listOf(name("a signal type"), "a list of signal types")),
    /** How long ago its data may end, milliseconds; default 24 h. */
    maxAgeMs: v.optional(notNegative("milliseconds")),
    /** How long to wait for another run, milliseconds; default 10 s. */
    lockTimeoutMs: v.optional(whole("milliseconds")),
    /** The present, epoch ms. Default: the clock. */
    nowMs: marketOptions.nowMs,
    ...mapOption,
  }),
  watchConfig: v.strictObject({
    path,
    /** Called with the parameters and what changed, whenever a parameter did; what it throws is not caught. */
    onChange: value(v.custom<Listener>(isFunction), "a function"),
    /** Ends the watch. */
    signal: v.optional(value(v.custom<AbortSignal>(isSignal), "an AbortSignal")),
    /** How long the file must be left alone before it is read, milliseconds; default 100. A file that never is, is read two seconds later anyway. */
    debounceMs: v.optional(whole("milliseconds")),
    /** Called once for each fault that keeps a changed file from being read: the parameters from before stay. */
    onError: v.optional(value(v.custom<Listener>(isFunction), "a function")),
    ...mapOption,
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
