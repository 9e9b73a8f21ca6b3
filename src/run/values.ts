import * as v from "valibot";
import { zoneOffsetMs, zoneWords } from "../candles/zone.ts";

/** A schema with a description of what it expects, including the unit, for errors. */
export function value<const Schema extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  schema: Schema,
  expected: string,
) {
  return v.pipe(schema, v.description(expected));
}

const finite = v.pipe(v.number(), v.finite());

/** From `least` up, whole. */
export const whole = (unit = "a whole number", least = 0, most = Number.MAX_SAFE_INTEGER) =>
  value(
    v.pipe(v.number(), v.safeInteger(), v.minValue(least), v.maxValue(most)),
    most === Number.MAX_SAFE_INTEGER ? `${unit} from ${least} up` : `${unit} from ${least} to ${most}`,
  );

/** Above 0, up to `most`. */
export const positive = (unit: string, most: number) =>
  value(v.pipe(finite, v.gtValue(0), v.maxValue(most)), `${unit} above 0, up to ${most}`);

export const notNegative = (unit: string) => value(v.pipe(finite, v.minValue(0)), `${unit} from 0 up`);

/** A trading cost as a fraction of the entry price. */
export const cost = (example: string) =>
  value(v.pipe(finite, v.minValue(0), v.ltValue(1)), `a fraction from 0 to below 1, such as ${example}`);

/** A candle length: file names use whole minutes. */
export const barLength = (example: string) =>
  value(
    v.pipe(v.number(), v.safeInteger(), v.minValue(60_000), v.multipleOf(60_000)),
    `milliseconds, a whole number of minutes, such as ${example}`,
  );

/** A span of whole hours, up to ten years. */
export const spanOfTime = (example: string) =>
  value(
    v.pipe(v.number(), v.safeInteger(), v.minValue(3_600_000), v.multipleOf(3_600_000), v.maxValue(3660 * 86_400_000)),
    `milliseconds, a whole number of hours up to ten years, such as ${example}`,
  );

/** The years 1973 to 5138 in milliseconds: in this range a number cannot be mistaken for seconds or microseconds. */
const secondsBelow = 1e11;
const microsecondsFrom = 1e14;
/** Before 1973 there was nothing to trade, so a small number of milliseconds is only a test's. */
const secondsFrom = 1e8;

export const moment = value(
  v.pipe(
    finite,
    v.check((ms) => Math.abs(ms) < secondsFrom || (Math.abs(ms) >= secondsBelow && Math.abs(ms) < microsecondsFrom)),
  ),
  "epoch milliseconds, such as 1767225600000 (seconds have ten digits, microseconds sixteen)",
);

/** A fixed offset from UTC. */
export const zone = value(
  v.pipe(
    v.string(),
    v.check((text) => zoneOffsetMs(text) !== null),
  ),
  zoneWords,
);

/** A path cannot contain a zero byte; the file system throws on one. */
export const path = value(
  v.pipe(
    v.string(),
    v.nonEmpty(),
    v.check((text) => !text.includes("\0")),
  ),
  "a path",
);

/** A file, or what one would hold; `isOne` knows the latter. */
export const fileOr = <Value extends object>(isOne: (given: unknown) => boolean, expected: string) =>
  value(
    v.custom<string | Value>((given) => v.is(path, given) || isOne(given)),
    expected,
  );

/** A one-line name. */
export const name = (what: string) => value(v.pipe(v.string(), v.nonEmpty()), what);

export const onOff = value(v.boolean(), "true or false");

export const oneOf = <const Words extends readonly string[]>(words: Words) =>
  value(v.picklist(words), words.join(", "));

export const listOf = <const Schema extends v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>>(
  schema: Schema,
  expected: string,
) => value(v.pipe(v.array(schema), v.readonly()), expected);

/** Whether something is an AbortSignal, of whatever realm. */
export const isSignal = (given: unknown): boolean =>
  typeof (given as AbortSignal | null)?.aborted === "boolean" &&
  typeof (given as AbortSignal).addEventListener === "function";
