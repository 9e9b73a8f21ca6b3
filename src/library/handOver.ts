import type { CandleSeries, CandlesInMemory } from "../candles/series.ts";
import { type Cell, isLong, isPacked, type PackedRows, packing, unpacking } from "./packedRows.ts";
import { atOnce, stepwise } from "./stepwise.ts";

/*
 * What a call hands over between threads: cloning blocks the caller, by 130 ms for a year of 40 coins. Large columns are copied into shared
 * memory a few at a time, or are there already, as those of `candlesFrom` and `createMarket` are; many rows are packed as columns.
 */

type Values = Readonly<Record<string, unknown>>;

/** Columns of fewer elements are cloned as they are. */
const fewestShared = 1024;
const elementsAtOnce = 1 << 14;
const columnNames = ["times", "slots", "open", "high", "low", "close", "volume"] as const;
const rowOptions = ["signals", "opportunities"] as const;
const rowResults = ["rows", "trades"] as const;

/** A request to be sent to a thread. Values must not be changed until the call has ended; those that cannot be read are refused when they are cloned. */
export async function handedOver<Request extends object>(request: Request): Promise<Request> {
  const handed: Record<string, unknown> = { ...(request as Values) };
  const { candles } = handed;
  if (typeof candles === "object" && candles !== null)
    handed["candles"] = await stepwise(sharingCandles(candles as CandlesInMemory)).catch(() => candles);
  for (const option of rowOptions) {
    const rows = handed[option];
    if (!isLong(rows)) continue;
    const packed = await stepwise(packing(rows)).catch(() => null);
    if (packed) handed[option] = packed;
  }
  return handed as Request;
}

/** The request that a thread was sent. */
export function takenOver(request: unknown): unknown {
  return unpacked(request, rowOptions, (packed) => atOnce(unpacking(packed)));
}

/** A result to be sent to the caller's thread. */
export function packedResult(result: unknown): unknown {
  // A list has no fields to pack: `inspect` answers with one.
  if (typeof result !== "object" || result === null || Array.isArray(result)) return result;
  const packed: Record<string, unknown> = { ...result };
  for (const name of rowResults) {
    const rows = packed[name];
    if (isLong(rows)) packed[name] = atOnce(packing(rows));
  }
  return packed;
}

/** The result that a thread sent. */
export async function receivedResult(result: unknown): Promise<unknown> {
  const rows = new Map<PackedRows, Record<string, Cell>[]>();
  for (const name of rowResults) {
    const packed = (Object(result) as Values)[name];
    if (isPacked(packed)) rows.set(packed, await stepwise(unpacking(packed)));
  }
  return unpacked(result, rowResults, (packed) => rows.get(packed)!);
}

function unpacked(
  value: unknown,
  names: readonly string[],
  rowsOf: (packed: PackedRows) => Record<string, Cell>[],
): unknown {
  const values = Object(value) as Values;
  const found = names.flatMap((name) => {
    const packed = values[name];
    return isPacked(packed) ? [[name, rowsOf(packed)] as const] : [];
  });
  return found.length === 0 ? value : { ...values, ...Object.fromEntries(found) };
}

function* sharingCandles(candles: CandlesInMemory): Generator<void, CandlesInMemory> {
  if (Array.isArray(candles)) {
    const shared: CandleSeries[] = [];
    for (const series of candles as readonly CandleSeries[]) shared.push(yield* sharingSeries(series));
    return shared;
  }
  if (!("bySymbol" in candles)) return yield* sharingSeries(candles as CandleSeries);
  const bySymbol = new Map<string, CandleSeries>();
  for (const [symbol, series] of candles.bySymbol) bySymbol.set(symbol, yield* sharingSeries(series));
  return { ...candles, bySymbol } as unknown as CandlesInMemory;
}

function* sharingSeries(series: CandleSeries): Generator<void, CandleSeries> {
  const shared: Record<string, unknown> = {};
  for (const name of columnNames) {
    const column: unknown = series[name];
    if (!needsSharing(column)) continue;
    const copy = yield* sharingColumn(column);
    if (copy) shared[name] = copy;
  }
  return { ...series, ...shared };
}

type Column = Float64Array | Int32Array | readonly number[];

function needsSharing(column: unknown): column is Column {
  if (Array.isArray(column)) return column.length >= fewestShared;
  const isKnown = column instanceof Float64Array || column instanceof Int32Array;
  return isKnown && column.length >= fewestShared && !(column.buffer instanceof SharedArrayBuffer);
}

/** A copy in shared memory; null if the column holds anything but numbers, to be refused as what it is. */
function* sharingColumn(column: Column): Generator<void, Float64Array | Int32Array | null> {
  const { length } = column;
  const shared =
    column instanceof Int32Array
      ? new Int32Array(new SharedArrayBuffer(4 * length))
      : new Float64Array(new SharedArrayBuffer(8 * length));
  for (let from = 0; from < length; from += elementsAtOnce) {
    const to = Math.min(length, from + elementsAtOnce);
    if (ArrayBuffer.isView(column)) shared.set(column.subarray(from, to), from);
    else
      for (let k = from; k < to; k++) {
        if (typeof column[k] !== "number") return null;
        shared[k] = column[k]!;
      }
    yield;
  }
  return shared;
}
