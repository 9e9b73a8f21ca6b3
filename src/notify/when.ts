/** When to notify, with what each word means. */
export const notifyWhen = {
  changed: "if a config was changed, something needs attention, or the run failed",
  failed: "only if the run failed",
  always: "after every run, also if nothing changed",
} as const;

/** When a run tells how it ended: if something `changed` or needs attention, if it `failed`, or `always`. */
export type NotifyOn = keyof typeof notifyWhen;

/**
 * A nightly message that says that nothing happened teaches its reader to ignore all of them, so by default a message means that there is something to see. What should be
 * seen is more than a change: a stale candle folder, a type that should pause, a failed run.
 */
export const defaultNotifyOn: NotifyOn = "changed";
