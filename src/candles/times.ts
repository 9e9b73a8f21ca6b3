import type { ErrorCode } from "../errorCodes.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import type { Cells } from "./cells.ts";
import { type DateText, readDateText, type TimeDefect } from "./dateText.ts";

/** How a column writes its times: a number of seconds to nanoseconds since 1970, or a date with or without an offset from UTC. */
export type TimeKind = "s" | "ms" | "us" | "ns" | DateText["kind"];

const descriptions: Readonly<Record<TimeKind, string>> = {
  s: "seconds",
  ms: "milliseconds",
  us: "microseconds",
  ns: "nanoseconds",
  offset: "dates with an offset from UTC",
  naive: "dates without an offset, in UTC",
  date: "days, each at midnight UTC",
};

/** A kind in words, for messages such as "times read as seconds"; dates without an offset in the given zone. */
export function describeKind(kind: TimeKind, zone?: string): string {
  if (zone === undefined || !/^[+-]/.test(zone)) return descriptions[kind];
  if (kind === "naive") return `dates without an offset, at UTC${zone}`;
  return kind === "date" ? `days, each at midnight of UTC${zone}` : descriptions[kind];
}

export interface TimeOptions {
  /** The code of its errors; default `CANDLE_TIME`. */
  readonly code?: ErrorCode;
  /** Where times are expected, epoch ms: a number in it counts milliseconds, however small it is. */
  readonly span?: { readonly fromMs: number; readonly toMs: number };
  /** By how much dates without an offset are ahead of UTC, milliseconds; default 0. */
  readonly zoneMs?: number;
  /** Names the time of a row in a value that a call was given; by default a line of the file. */
  readonly placeOf?: (line: number) => string;
}

/** Milliseconds from 1973 to 5138. Every other unit is a thousand times more or less, so that a number in this range has only one reading. */
const earliestMs = 1e11;
const latestMs = 1e14;
/** 1 us: what a double or a clock's truncation may be off a whole millisecond. More means that it is not a candle's time. */
const roundingMs = 0.001;

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const compactDay = /^\d{8}$/;

/**
 * Reads the times of one column, row by row. The first row settles the kind, by its magnitude or form; a row of another kind is an
 * InputError with both, so that a file with mixed units is never half misread. A date may appear among times without an offset, as pandas
 * writes midnights; an offset applies to its own row only.
 */
export class TimeColumn {
  /** Bounds of a plain number that is taken as is; nothing lies within NaN. */
  private from = Number.NaN;
  private to = Number.NaN;
  private found: TimeKind | null = null;
  private first = "";

  /** `where` is the file and `column` the name, for messages. */
  constructor(
    private readonly where: string,
    private readonly column: string,
    private readonly options: TimeOptions = {},
  ) {}

  /** The kind of the rows so far; null before the first. */
  get kind(): TimeKind | null {
    return this.found;
  }

  /** The time of a row, epoch ms UTC, whole. `line` is its place for messages. Throws InputError. */
  read(cells: Cells, place: number, line: number): number {
    const value = cells.decimal(place);
    if (value >= this.from && value < this.to && Math.floor(value) === value) return value;
    return this.readSlowly(cells.text(place).trim(), line);
  }

  private readSlowly(text: string, line: number): number {
    const time = plainNumber.test(text) ? this.numberAsTime(text) : readDateText(text);
    if ("rule" in time) throw this.refusal(line, time, quoted(text));
    this.hold(time.kind, text, line);
    const isLocal = time.kind === "naive" || time.kind === "date";
    const ms = isLocal ? time.ms - (this.options.zoneMs ?? 0) : time.ms;
    const whole = Math.round(ms);
    if (Math.abs(ms - whole) <= roundingMs) return whole;
    throw this.refusal(
      line,
      {
        rule: "a time must be a whole number of milliseconds",
        expected: "the open time of a candle",
        remedy: "round the column to whole milliseconds, as its source does",
      },
      quoted(text),
    );
  }

  /** A number by its magnitude. Eight digits that form a date are not a number in any unit. */
  private numberAsTime(text: string): { readonly ms: number; readonly kind: TimeKind } | TimeDefect {
    const value = Number(text);
    const { span } = this.options;
    if (span && value >= span.fromMs && value <= span.toMs) return { ms: value, kind: "ms" };
    if (this.found === "ms" && value >= this.from && value < this.to) return { ms: value, kind: "ms" };
    if (value >= 1e8 && value < earliestMs) return { ms: value * 1e3, kind: "s" };
    if (value >= earliestMs && value < latestMs) return { ms: value, kind: "ms" };
    if (value >= latestMs && value < 1e17) return { ms: value / 1e3, kind: "us" };
    if (value >= 1e17 && value < 1e20) return { ms: value / 1e6, kind: "ns" };
    if (compactDay.test(text)) return readDateText(text);
    return {
      rule: "not a time between 1973 and 5138 in any unit",
      expected: "seconds, milliseconds, microseconds or nanoseconds since 1970, such as 1735689600000",
      remedy: "check that this is the time column",
    };
  }

  private hold(kind: TimeKind, text: string, line: number): void {
    if (this.found === null) {
      this.found = kind;
      const { placeOf } = this.options;
      this.first = `${quoted(text)} ${placeOf ? `at ${placeOf(line)}` : `in line ${line}`}`;
      if (kind !== "ms") return;
      this.from = Math.min(earliestMs, this.options.span?.fromMs ?? earliestMs);
      this.to = latestMs;
      return;
    }
    if (kind === this.found) return;
    const isDay = (each: TimeKind): boolean => each === "naive" || each === "date";
    if (isDay(kind) && isDay(this.found)) {
      this.found = "naive";
      return;
    }
    throw this.refusal(
      line,
      {
        rule: "the times of a column must all be of one kind",
        expected: `${describeKind(this.found)}, as ${this.first}`,
        remedy: "export the whole column in one unit and time zone",
      },
      `${quoted(text)}, which looks like ${describeKind(kind)}`,
    );
  }

  private refusal(line: number, { rule, expected, remedy }: TimeDefect, found: string): InputError {
    return new InputError(this.options.code ?? "CANDLE_TIME", rule, {
      where: this.options.placeOf?.(line) ?? `${escaped(this.where)}:${line}, ${escaped(this.column)}`,
      found,
      expected,
      remedy,
    });
  }
}
