import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";

type Row = readonly unknown[];

/** What freqtrade's web server replies to `pair_history`: a strategy's analysed candles of one pair. */
interface PairHistory {
  readonly pair: string;
  readonly columns: readonly string[];
  readonly data: readonly Row[];
}

const marks = ["enter_long", "exit_long", "enter_short", "exit_short"];
const sides = [
  ["long", "short"],
  ["short", "long"],
] as const;

/** Whether a JSON document is such a reply, or a list of them. */
export function isPairHistory(document: unknown): boolean {
  const first: unknown = Array.isArray(document) ? document[0] : document;
  return typeof first === "object" && first !== null && "pair" in first && "columns" in first && "data" in first;
}

/**
 * The entries of replies as signals: the open time of the candle at whose close each is known, the next exit signal of its side after it as
 * `exit_time`, and every numeric column. As in freqtrade, a candle that also has an exit signal or an entry the other way is no entry. `barMs` is
 * the length of the bars that the times are read as; a reply that gives another is refused. Throws InputError.
 */
export function pairHistoryEntries(document: unknown, path: string, barMs: number): Record<string, unknown>[] {
  const replies: unknown[] = Array.isArray(document) ? document : [document];
  return replies.flatMap((reply, k) => {
    const where = replies.length > 1 ? `${escaped(path)}, reply ${k + 1}` : escaped(path);
    requireBars(reply, where, barMs);
    return entriesOf(checkedReply(reply, where), where);
  });
}

/** Refuses a reply on other bars than its times are read as: signals of longer bars would be known before those have closed. */
function requireBars(reply: unknown, where: string, barMs: number): void {
  const { timeframe_ms: ownMs } = Object(reply) as { readonly timeframe_ms?: unknown };
  if (typeof ownMs !== "number" || !(ownMs > 0) || ownMs === barMs) return;
  const own = formatTimeframe(ownMs);
  throw new InputError("PAIR_HISTORY_TIMEFRAME", "the reply of freqtrade's pair_history is on bars of another length", {
    where,
    found: own,
    expected: formatTimeframe(barMs),
    remedy:
      ownMs > barMs
        ? `add --signal-timeframe ${own}, or use --timeframe ${own}`
        : `use --timeframe ${own}, or fetch the reply for ${formatTimeframe(barMs)}`,
  });
}

function entriesOf({ pair, columns, data }: PairHistory, where: string): Record<string, unknown>[] {
  const placeOf = (name: string): number => columns.indexOf(name);
  const time = placeOf("date") >= 0 ? placeOf("date") : placeOf("__date_ts");
  if (time < 0) throw faulty(where, columns.join(","), "a column date");
  if (placeOf("enter_long") < 0 && placeOf("enter_short") < 0)
    throw faulty(where, columns.join(","), "a column enter_long or enter_short, which an analysed pair has");
  requireOrder(data, time, where);
  const numeric = columns.flatMap((name, place) =>
    name.startsWith("_") || place === time || marks.includes(name) || !isNumeric(data, place) ? [] : [{ name, place }],
  );
  const isMarked = (row: Row, name: string): boolean => Number(row[placeOf(name)] ?? 0) === 1;
  const volume = placeOf("volume");
  const entries: Record<string, unknown>[] = [];
  // From the last candle to the first, so that the next exit is known.
  const nextExit: Record<string, unknown> = { long: null, short: null };
  for (const row of data.toReversed()) {
    for (const [side, other] of sides) {
      const isExit = isMarked(row, `exit_${side}`);
      const isEntry = isMarked(row, `enter_${side}`) && !isExit && !isMarked(row, `enter_${other}`);
      // A candle without volume may be one that freqtrade filled.
      if (isEntry && row[volume] !== 0) {
        const features = Object.fromEntries(numeric.map(({ name, place }) => [name, row[place]]));
        entries.push({ ...features, symbol: pair, timestamp: row[time], direction: side, exit_time: nextExit[side] });
      }
      if (isExit) nextExit[side] = row[time];
    }
  }
  return entries.reverse();
}

function checkedReply(reply: unknown, where: string): PairHistory {
  const { pair, columns, data } = Object(reply) as Partial<PairHistory>;
  if (typeof pair !== "string" || pair === "") throw faulty(where, pair, "pair, such as BTC/USDT");
  if (!Array.isArray(columns) || !columns.every((name) => typeof name === "string"))
    throw faulty(where, columns, "columns, a list of names");
  if (!Array.isArray(data)) throw faulty(where, data, "data, a list of rows");
  const wrong = data.findIndex((row) => !Array.isArray(row) || row.length !== columns.length);
  if (wrong >= 0)
    throw faulty(`${where}, data ${wrong + 1}`, data[wrong], `a row of ${columns.length} values, one for each column`);
  return { pair, columns, data };
}

/** Whether a column holds numbers and switches alone, with or without gaps. */
function isNumeric(data: readonly Row[], place: number): boolean {
  return data.every((row) => row[place] === null || typeof row[place] === "number" || typeof row[place] === "boolean");
}

/** Refuses rows out of time order: the exit after an entry would be another. Texts of one format order as their times do. */
function requireOrder(data: readonly Row[], time: number, where: string): void {
  for (const [k, row] of data.entries()) {
    const [before, now] = [data[k - 1]?.[time], row[time]];
    const isTime = typeof now === "string" || typeof now === "number";
    const isLater = k === 0 || (typeof before === typeof now && (before as string) < (now as string));
    if (!isTime || !isLater)
      throw faulty(`${where}, data ${k + 1}`, now, k === 0 ? "a time" : `a time after ${quoted(String(before))}`);
  }
}

function faulty(where: string, found: unknown, expected: string): InputError {
  return new InputError("PAIR_HISTORY", "the reply of freqtrade's pair_history is not complete", {
    where,
    found: quoted(JSON.stringify(found) ?? "missing"),
    expected,
    remedy: "fetch it again with a strategy, and save the reply unchanged",
  });
}
