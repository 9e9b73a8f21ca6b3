import * as v from "valibot";
import { checkNotifyOptions, type NotifyOptions } from "../notify/options.ts";
import type { Progress } from "../run/request.ts";
import { checkOptions } from "../run/requestCheck.ts";
import { isSignal, oneOf, value } from "../run/values.ts";
import type { Language } from "../words/catalogue/languages.ts";

/** How a call is made. */
export interface CallOptions {
  /** Stops the call within 50 ms, leaving no half-written files. `AbortedError.cause` is its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the call's progress. If it throws, the call is stopped and rejected. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * `own`, the default: a thread for this call only, so that the caller's event loop stays free and the memory is released.
   * `caller`: no thread, 20 ms and 10 MiB less; the event loop is blocked, aborts are noticed between phases, and `maxRssBytes` is not watched.
   */
  readonly thread?: "own" | "caller" | undefined;
  /** The command line that the call stands for: shown in its report with pictures, and nowhere else. */
  readonly command?: string | undefined;
  /** The language of `report.txt`, of reports with pictures and of notifications; default `en`. Results are never translated. */
  readonly language?: Language | undefined;
  /** Who is told how the call ended. Takes up to ten seconds more; an abort is not told. */
  readonly notify?: NotifyOptions | undefined;
}

const schema = v.strictObject({
  signal: v.optional(value(v.custom<AbortSignal>(isSignal), "an AbortSignal")),
  onProgress: v.optional(
    value(
      v.custom<(progress: Progress) => void>((given) => typeof given === "function"),
      "a function",
    ),
  ),
  thread: v.optional(oneOf(["own", "caller"])),
  command: v.optional(value(v.string(), "a command line")),
  language: v.optional(oneOf(["en", "zh"])),
  // Checked apart, because an error would show the value, which may be a secret.
  notify: v.optional(v.any()),
});

/** Refuses invalid options of a call. */
export function checkCallOptions(options: unknown = {}): CallOptions {
  const { notify, ...others } = checkOptions("call options", schema, options);
  return { ...others, ...(notify !== undefined && { notify: checkNotifyOptions(notify) }) };
}
