import { describeKind, type TimeKind } from "../candles/times.ts";
import type { Header } from "./header.ts";
import type { SignalCounts } from "./signalCounts.ts";

/** Receives notices for the reader of a result: a stable code, and words. */
export type OnNotice = (code: string, message: string) => void;

export type { SignalCounts } from "./signalCounts.ts";

/** How the two columns of times were spelled; null if there was none. */
export interface TimeKinds {
  readonly timeKind: TimeKind | null;
  readonly exitTimeKind: TimeKind | null;
}

/** Reports how names and times were read if they differ from Sluice's own format. */
export function sayHow(onNotice: OnNotice, { said }: Header, { timeKind: kind, exitTimeKind: exits }: TimeKinds): void {
  if (said !== null) onNotice("SIGNAL_COLUMNS", `signals: ${said}`);
  if (kind !== null && kind !== "ms") onNotice("SIGNAL_TIMES", `signals: times read as ${describeKind(kind)}`);
  if (exits !== null && exits !== "ms" && exits !== kind)
    onNotice("SIGNAL_TIMES", `signals: exit times read as ${describeKind(exits)}`);
}

/** Reports dropped rows, and rows that share a candle. */
export function sayCounts(onNotice: OnNotice, counts: SignalCounts, { exit_time }: Header): void {
  const { rows, dropped, in_holes, duplicates, overlapping } = counts;
  const of = (count: number): string => `${count} of ${rows} ${rows === 1 ? "signal" : "signals"}`;
  const impossible = dropped - in_holes;
  const cells = exit_time < 0 ? "entry or ATR" : "entry, ATR or exit time";
  if (impossible > 0) onNotice("SIGNALS_DROPPED", `${of(impossible)} dropped: invalid ${cells}`);
  if (in_holes > 0)
    onNotice(
      "SIGNALS_IN_HOLES",
      `${of(in_holes)} dropped: their symbol has no candle at their time, so no entry was possible`,
    );
  if (duplicates > 0) onNotice("SIGNALS_DUPLICATE", `${of(duplicates)} dropped: duplicate rows`);
  if (overlapping > 0)
    onNotice(
      "SIGNALS_OVERLAPPING",
      `${of(overlapping)} share a candle with an earlier one of their symbol, in another direction or type; each counts`,
    );
}

/** Reports that the signals' own entry prices are ignored. */
export function sayReplaced(onNotice: OnNotice, replaced: number, rows: number): void {
  if (replaced === 0) return;
  onNotice(
    "ENTRY_REPLACED",
    `${replaced} of ${rows} ${rows === 1 ? "signal has" : "signals have"} their own entry price, which --entry next-open ignores: they enter at the open of the next candle`,
  );
}
