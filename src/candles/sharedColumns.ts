import type { Candles } from "./candles.ts";

/** Columns of candles in one piece of shared memory, which threads are handed without copying. */
export interface SharedColumns {
  readonly times: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** Slots of the candles on the symbol's regular grid, counted from any candle of it. */
  readonly slots: Int32Array;
}

/** Of a candle in shared columns. */
export const sharedBytesPerCandle = 6 * 8 + 4;

/** Columns with room for so many candles. */
export function sharedColumns(room: number): SharedColumns {
  const memory = new SharedArrayBuffer(room * sharedBytesPerCandle);
  const column = (k: number): Float64Array => new Float64Array(memory, 8 * k * room, room);
  return {
    times: column(0),
    open: column(1),
    high: column(2),
    low: column(3),
    close: column(4),
    volume: column(5),
    slots: new Int32Array(memory, 48 * room, room),
  };
}

/** The same candles with their columns in shared memory. */
export function inSharedMemory(candles: Candles): Candles {
  const copied = <Column extends Float64Array | Int32Array>(column: Column): Column => {
    const Kind = column.constructor as new (memory: SharedArrayBuffer) => Column;
    const shared = new Kind(new SharedArrayBuffer(column.byteLength));
    shared.set(column);
    return shared;
  };
  const { slots, times, open, high, low, close, volume } = candles;
  return {
    ...candles,
    slots: slots && copied(slots),
    times: times && copied(times),
    open: copied(open),
    high: copied(high),
    low: copied(low),
    close: copied(close),
    volume: copied(volume),
  };
}
