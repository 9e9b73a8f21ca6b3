import { valueDefect } from "../candles/rowChecks.ts";
import { InputError } from "../errors.ts";

/** A finished candle: open time in epoch ms, open, high, low, close, volume. */
export type Row = readonly [timeMs: number, open: number, high: number, low: number, close: number, volume: number];

/** The candles of an answer, whatever else it holds: an impossible candle is none, and is asked for again like one that is missing. */
export function rowsOf(answer: unknown): Row[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((given) => {
    if (!Array.isArray(given)) return [];
    const values = Float64Array.from({ length: 6 }, (_, k) => (typeof given[k] === "number" ? given[k] : Number.NaN));
    const isCandle = Number.isSafeInteger(values[0]) && valueDefect(values, () => "") === null;
    return isCandle ? [[...values] as unknown as Row] : [];
  });
}

/** Two answers as one, by time; a candle that is in both counts once. Throws InputError if it differs. */
export function merged(one: readonly Row[], other: readonly Row[]): Row[] {
  const byTime = new Map<number, Row>();
  for (const row of [...one, ...other]) {
    const held = byTime.get(row[0]);
    if (held && !isSameRow(held, row)) throw contradiction("two answers of the exchange", held, row);
    byTime.set(row[0], row);
  }
  return [...byTime.values()].sort((a, b) => a[0] - b[0]);
}

/** Throws InputError if a candle that was held differs from the exchange's. */
export function checkSame(where: string, held: readonly Row[], asked: readonly Row[]): void {
  for (const row of held) {
    const now = asked.find(([timeMs]) => timeMs === row[0]);
    if (now && !isSameRow(row, now)) throw contradiction(where, row, now);
  }
}

function isSameRow(a: Row, b: Row): boolean {
  return a.every((value, k) => value === b[k]);
}

function contradiction(where: string, held: Row, now: Row): InputError {
  return new InputError(
    "FETCH_CONTRADICTION",
    "the exchange has other values for a candle than before; the file was left as it is",
    {
      where,
      found: `${rowText(now)} now, ${rowText(held)} before`,
      expected: "the same values: a finished candle does not change",
      remedy: "compare both with another source; to trust the exchange, move the file away and fetch it anew",
    },
  );
}

/** A candle as a line of a file, without its line break. Numbers have the shortest decimal text that reads back as the same number. */
export function rowText(row: Row): string {
  return row.map(decimalText).join(",");
}

/** A number without an exponent: not every reader of CSV knows 1.2e-7. */
function decimalText(value: number): string {
  const [, digits, rest = "", exponent] = /^(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value)) ?? [];
  if (digits === undefined) return String(value);
  const shift = Number(exponent);
  return shift < 0 ? `0.${"0".repeat(-shift - 1)}${digits}${rest}` : `${digits}${rest.padEnd(shift, "0")}`;
}
