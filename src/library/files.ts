import type { Market } from "../candles/candles.ts";
import { readMarket as readFolder } from "../candles/read.ts";
import { type Comparable, diffConfig as diffBlocks, diffFiles as diffPaths } from "../config/diff.ts";
import { ConfigDocument, openConfig as openFile } from "../config/document.ts";
import { freqtradeLayout } from "../config/freqtrade/layout.ts";
import { type BackupList, listBackups as listOfBackups } from "../config/listBackups.ts";
import type { ConfigDiff } from "../config/result.ts";
import { type RollbackResult, rollback as takeBack } from "../config/rollback.ts";
import { type BotParameters, ConfigWatch } from "../config/watch.ts";
import type { InputError } from "../errors.ts";
import { type ApplyResult, apply as applyTo } from "../run/apply.ts";
import type { RequestOf } from "../run/calls.ts";
import { defaults } from "../run/defaults.ts";
import { freqtradeMapIn } from "../run/freqtrade.ts";
import { isPlainObject } from "../run/plainObject.ts";
import type { Recommendation } from "../run/recommendation.ts";
import { checkRequest } from "../run/requestCheck.ts";
import { wrong } from "../run/wrong.ts";
import { sluiceErrors, sluiceErrorsNow } from "./faults.ts";

/** Which candles `readMarket` reads, and how. */
export type ReadMarketOptions = Omit<RequestOf<"readMarket">, "path">;
/** How `openConfig` reads a config. */
export type OpenConfigOptions = Omit<RequestOf<"openConfig">, "path">;
/** How far `rollback` goes back, and whether it overrides conflicts. */
export type RollbackOptions = Omit<RequestOf<"rollback">, "path">;

/** Which types `apply` saves, and how old a recommendation may be. */
export type ApplyOptions = Omit<RequestOf<"apply">, "recommendation" | "config">;
/** How `watchConfig` waits, and whom it tells of faults. */
export interface WatchConfigOptions extends Omit<RequestOf<"watchConfig">, "path" | "onChange" | "onError"> {
  /** Called once for each fault that keeps a changed file from being read: the parameters from before stay. */
  readonly onError?: ((error: InputError) => void) | undefined;
}

/** A config that is being watched. */
export interface WatchedConfig {
  /** The parameters as last read; another object after each change. */
  readonly current: BotParameters;
  /** Ends the watch; nothing is called after it. */
  close(): void;
}

/** The whole market of a candle folder, in memory at once. */
export function readMarket(path: string, options: ReadMarketOptions = {}): Promise<Market> {
  return sluiceErrors(async () => {
    const { path: folder, ...wanted } = checkRequest("readMarket", beside({ path }, options));
    const { timeframeMs, lenient } = defaults;
    return readFolder(folder, { timeframeMs, lenient, ...wanted } as Parameters<typeof readFolder>[1]);
  });
}

/**
 * Loads a config, once; a parameter file of a freqtrade strategy, too, whose thresholds `mapFile` names. Throws InputError with line and column if
 * it is not one whole JSON object.
 */
export function openConfig(path: string, options: OpenConfigOptions = {}): Promise<ConfigDocument> {
  return sluiceErrors(async () => {
    const request = checkRequest("openConfig", beside({ path }, options));
    return openFile(request.path, freqtradeLayout(freqtradeMapIn(request)));
  });
}

/** Two config files compared as they are written: nothing is derived, a missing block is missing. */
export function diffFiles(oldPath: string, newPath: string): Promise<ConfigDiff> {
  return sluiceErrors(async () => {
    const request = checkRequest("diffFiles", { oldPath, newPath });
    return diffPaths(request.oldPath, request.newPath);
  });
}

/** The backups of a config, the newest first, and what each save changed. */
export function listBackups(path: string): Promise<BackupList> {
  return sluiceErrors(async () => listOfBackups(checkRequest("listBackups", { path }).path));
}

/**
 * Saves what a recommendation would change: under the config's lock, with a backup, by a rename, recorded in the ledger. Null, and the config not written, if nothing would
 * change. Throws InputError: RECOMMENDATION_STALE if its data ended more than `maxAgeMs` (default 24 h) ago, or a newer one was applied since;
 * RECOMMENDATION_APPLIED if it was applied before; CONFIG_CONFLICT if the config's own values changed since; RECOMMENDATION_INVALID if it is not
 * as `recommend` gave it.
 */
export function apply(
  recommendation: Recommendation,
  config: string,
  options: ApplyOptions = {},
): Promise<ApplyResult | null> {
  return sluiceErrors(async () => applyTo(checkRequest("apply", beside({ recommendation, config }, options))));
}

/**
 * A bot's parameters, read at once and again whenever the file changes: replaced, written in place, or behind a link. A file that cannot be read, half written for
 * example, leaves `current` as it was. The watch does not keep the process alive. Throws InputError if the config cannot be read at the beginning.
 */
export function watchConfig(
  path: string,
  onChange: (params: BotParameters, diff: ConfigDiff) => void,
  options: WatchConfigOptions = {},
): WatchedConfig {
  return sluiceErrorsNow(() => {
    const request = checkRequest("watchConfig", beside({ path, onChange }, options));
    const { signal, debounceMs = 100 } = request;
    const watch = new ConfigWatch(
      request.path,
      { onChange, onError: options.onError ?? (() => undefined) },
      { debounceMs, ofFreqtrade: freqtradeLayout(freqtradeMapIn(request)) },
    );
    const close = (): void => {
      signal?.removeEventListener("abort", close);
      watch.close();
    };
    if (signal?.aborted) close();
    else signal?.addEventListener("abort", close, { once: true });
    return {
      get current() {
        return watch.current;
      },
      close,
    };
  });
}

/** Undoes saves, newest first, down to the requested one; see README. */
export function rollback(path: string, options: RollbackOptions = {}): Promise<RollbackResult> {
  return sluiceErrors(async () => {
    const { path: config, ...wanted } = checkRequest("rollback", beside({ path }, options));
    return takeBack(config, wanted as Parameters<typeof takeBack>[1]);
  });
}

/**
 * What differs between two configs, each a loaded document or plain data such as a snapshot; a map in the new one's place holds new
 * parameters by type, applied on top of the old config's. `tested` counts the parameters that a search varied; the values compared by default.
 */
export function diffConfig(
  old: Comparable,
  fresh: Comparable | ReadonlyMap<string, Readonly<Record<string, unknown>>>,
  tested?: number,
): ConfigDiff {
  requireConfig("old", old);
  if (!(fresh instanceof Map)) requireConfig("fresh", fresh);
  else
    for (const [type, params] of fresh) {
      if (typeof type !== "string") throw notAConfig("fresh", type, "signal types as the map's keys");
      requireConfig(`fresh, ${type}`, params);
    }
  if (tested !== undefined && !(Number.isSafeInteger(tested) && tested >= 0))
    throw notAConfig("tested", tested, "a whole number from 0 up");
  return diffBlocks(old, fresh, tested);
}

function requireConfig(where: string, value: unknown): void {
  if (value instanceof ConfigDocument) return;
  if (!isPlainObject(value)) throw notAConfig(where, value, "a config document, or a plain object like its JSON");
  try {
    // JSON cannot hold cycles.
    JSON.stringify(value);
  } catch (cause) {
    throw notAConfig(where, (cause as Error | null)?.message, "an object that can be written as JSON");
  }
}

const notAConfig = (where: string, found: unknown, expected: string): Error =>
  wrong({ call: "diffConfig", rule: "invalid argument", where, found, expected });

/** Leading arguments, by the names of their options, and the options behind them as one request. */
function beside(first: Readonly<Record<string, unknown>>, options: unknown): unknown {
  if (!isPlainObject(options)) return options;
  try {
    return { ...options, ...first };
  } catch (cause) {
    // A getter or proxy from the caller may throw.
    const found = cause instanceof Error ? cause.message : cause;
    throw wrong({
      call: "the call",
      rule: "the options cannot be read",
      where: "options",
      found,
      expected: "plain values",
    });
  }
}
