import { type Day, en, type Texts } from "../../words/catalogue/en.ts";

function dayOf(timeMs: number): Day {
  const time = new Date(timeMs);
  return { year: time.getUTCFullYear(), month: time.getUTCMonth(), date: time.getUTCDate() };
}

/** Whether a calendar has a time; others are shown as numbers. */
const isDated = (timeMs: number): boolean => Math.abs(timeMs) <= 8.64e15;

/** A day in UTC as people say it: `30 Jun 2025`. */
export function shortDay(timeMs: number, { dates }: Texts = en): string {
  return isDated(timeMs) ? dates.day(dayOf(timeMs)) : String(timeMs);
}

/** A day without its year where another day says it: `10 May` before `30 Jun 2025`. */
export function dayBefore(timeMs: number, otherMs: number, texts: Texts = en): string {
  const isSameYear = isDated(timeMs) && dayOf(timeMs).year === dayOf(otherMs).year;
  return isSameYear ? texts.dates.dayOfYear(dayOf(timeMs)) : shortDay(timeMs, texts);
}

/** Two days with what they share said once: `10 May to 30 Jun 2025`, `14 to 30 Dec 2025`. */
export function dayRange(fromMs: number, toMs: number, { dates }: Texts = en): string {
  return isDated(fromMs) && isDated(toMs) ? dates.span(dayOf(fromMs), dayOf(toMs)) : `${fromMs} - ${toMs}`;
}
