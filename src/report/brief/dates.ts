const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** A day in UTC as people say it: `30 Jun 2025`. Times outside what a calendar can hold are shown as numbers. */
export function shortDay(timeMs: number): string {
  if (Math.abs(timeMs) > 8.64e15) return String(timeMs);
  const date = new Date(timeMs);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** A day without its year where another day says it: `10 May` before `30 Jun 2025`. */
export function dayBefore(timeMs: number, otherMs: number): string {
  const [day, other] = [shortDay(timeMs), shortDay(otherMs)];
  const year = other.slice(other.lastIndexOf(" "));
  return day.endsWith(year) ? day.slice(0, -year.length) : day;
}

/** Two days with what they share said once: `10 May to 30 Jun 2025`, `14 to 30 Dec 2025`. */
export function dayRange(fromMs: number, toMs: number): string {
  const [from, to] = [shortDay(fromMs), shortDay(toMs)];
  const [month, year] = [to.slice(to.indexOf(" ")), to.slice(to.lastIndexOf(" "))];
  const shared = [month, year].find((ending) => from.endsWith(ending)) ?? "";
  return from === to ? to : `${from.slice(0, from.length - shared.length)} to ${to}`;
}
