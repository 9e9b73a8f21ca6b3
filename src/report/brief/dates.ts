import { en, type Texts } from "../../words/catalogue/en.ts";

/** A day in UTC as people say it: `30 Jun 2025`. Times outside what a calendar can hold are shown as numbers. */
export function shortDay(timeMs: number, { dates }: Texts = en): string {
  if (Math.abs(timeMs) > 8.64e15) return String(timeMs);
  const date = new Date(timeMs);
  return dates.day(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
}

/** A day without its year where another day says it: `10 May` before `30 Jun 2025`. */
export function dayBefore(timeMs: number, otherMs: number, texts: Texts = en): string {
  const [date, other] = [new Date(timeMs), new Date(otherMs)];
  const isSameYear = date.getUTCFullYear() === other.getUTCFullYear();
  return isSameYear ? texts.dates.dayOfYear(date.getUTCMonth(), date.getUTCDate()) : shortDay(timeMs, texts);
}

/** Two days with what they share said once: `10 May to 30 Jun 2025`, `14 to 30 Dec 2025`. */
export function dayRange(fromMs: number, toMs: number, texts: Texts = en): string {
  const { range } = texts.dates;
  if (texts.language !== "en") {
    const to = dayBefore(toMs, fromMs, texts);
    return shortDay(fromMs, texts) === shortDay(toMs, texts)
      ? shortDay(toMs, texts)
      : range(shortDay(fromMs, texts), to);
  }
  const [from, to] = [shortDay(fromMs), shortDay(toMs)];
  const [month, year] = [to.slice(to.indexOf(" ")), to.slice(to.lastIndexOf(" "))];
  const shared = [month, year].find((ending) => from.endsWith(ending)) ?? "";
  return from === to ? to : range(from.slice(0, from.length - shared.length), to);
}
