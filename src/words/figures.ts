import type { ParameterValue } from "../space/parameters.ts";

const formats = {
  grouped: { maximumFractionDigits: 0 },
  compact: { notation: "compact", maximumFractionDigits: 1 },
  twoDecimals: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
} as const;
/** Created on first use: its tables take 8 MiB, and `--json` does not need them. */
const made: Partial<Record<keyof typeof formats, Intl.NumberFormat>> = {};

function formatted(name: keyof typeof formats, value: number): string {
  made[name] ??= new Intl.NumberFormat("en-US", formats[name]);
  return made[name].format(value);
}

/** A count with its thousands grouped: `3,732,480`. */
export function count(value: number): string {
  return formatted("grouped", value);
}

/** A count with its noun: `1 symbol`, `7 symbols`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** Points as a signed percentage, `+1.23%`; no decimals from 1,000 % up and `+1.2M%` from 100,000 % up, where more digits are noise. */
export function percent(points: number): string {
  const text = unsignedPercent(Math.abs(points));
  if (/^[0.,]*%$/.test(text)) return text;
  return (points < 0 ? "-" : "+") + text;
}

/** Points as an unsigned percentage, such as a drawdown. */
export function unsignedPercent(points: number): string {
  const size = Math.abs(points);
  return `${formatted(size < 1000 ? "twoDecimals" : size < 100_000 ? "grouped" : "compact", points)}%`;
}

/** A fraction as a percentage with one decimal: `54.3%`. */
export function share(fraction: number): string {
  return `${(100 * fraction).toFixed(1)}%`;
}

/** Any figure in at most six significant digits, without an exponent if possible; 0 if it is less than a billionth. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return Math.abs(value) < 1e15 ? count(value) : String(value);
  if (Math.abs(value) < 1e-9) return "0";
  return String(Number(value.toPrecision(Math.abs(value) >= 1 ? 6 : 4)));
}

/** A value of a parameter as a person would type it: numbers without the noise of binary fractions. */
export function parameterText(value: ParameterValue | string | null): string {
  if (value === null) return "none";
  if (typeof value === "number") return String(Number(value.toPrecision(8)));
  if (typeof value === "object") return composedText(value, parameterText);
  return String(value);
}

/** A list or a table, each of its numbers by `spell`. */
export function composedText(value: object, spell: (value: ParameterValue | string | null) => string): string {
  if (Array.isArray(value)) return `[${value.map((element) => spell(element)).join(", ")}]`;
  return `{${Object.entries(value)
    .map(([name, element]) => `${name}: ${spell(element)}`)
    .join(", ")}}`;
}

/** Bytes in whole megabytes (2^20), one decimal below 10; in kilobytes where that would be 0.0. */
export function megabytes(bytes: number): string {
  const size = bytes / 2 ** 20;
  if (bytes > 0 && size < 0.05) return `${Math.ceil(bytes / 1024)} KB`;
  return `${size < 10 ? size.toFixed(1) : count(Math.round(size))} MB`;
}

/** A duration a person can compare: `93 ms`, `12.3 s`, `2 min 05 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 99.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${count(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, "0")} s`;
}

/** A day in UTC: `2026-01-31`. Times outside what a calendar can hold are shown as numbers. */
export function day(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString().slice(0, 10) : String(timeMs);
}

/** A minute in UTC: `2026-01-31 14:15`. */
export function minute(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? new Date(timeMs).toISOString().slice(0, 16).replace("T", " ") : String(timeMs);
}
