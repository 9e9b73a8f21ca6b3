import type { Session } from "./session.ts";

/** Says how many signals `--entry next-open` left out because no candle follows theirs. */
export function sayNotEntered(count: number, session: Session): void {
  if (count === 0) return;
  session.warn(
    "NOT_ENTERED",
    `${count} ${count === 1 ? "opportunity is" : "opportunities are"} left out: --entry next-open enters at the open of the next candle, and none follows in the data or in the same unit`,
  );
}
