import { quoted } from "../text.ts";
import { type Cells, numberIn, textsOf } from "./cells.ts";
import type { RowDefect } from "./rowDefect.ts";
import type { TimeColumn } from "./times.ts";
import { minuteDefect } from "./timestamps.ts";

const openAndClose = [1, 4];

/** The decimal number in a cell; NaN for anything else, so that neither an empty cell nor 0x10 is a price. */
function numberOf(cells: Cells, place: number): number {
  const decimal = cells.decimal(place);
  return Number.isNaN(decimal) ? numberIn(cells.text(place), cells.mark) : decimal;
}

/**
 * Reads one row into `values` (in the order of `candleColumns`); returns what is wrong with its time's place or its width, or null. Throws
 * InputError if it has no time, or one of another kind than the rows above.
 */
export function readRow(
  cells: Cells,
  { places, width, times }: RowShape,
  line: number,
  values: Float64Array,
): RowDefect | null {
  values[0] = times.read(cells, places[0]!, line);
  for (let k = 1; k < places.length; k++) values[k] = numberOf(cells, places[k]!);
  return minuteDefect(values[0]!, () => cells.text(places[0]!)) ?? widthDefect(cells, width);
}

/** Whether a row says that there is no candle: Yahoo writes `null` into every price of such a day. */
export function isNullRow(cells: Cells, { places }: Pick<RowShape, "places">): boolean {
  return places.slice(1, 5).every((place) => cells.text(place).trim().toLowerCase() === "null");
}

/** How the rows of a file are read. */
export interface RowShape {
  /** Places of `candleColumns`. */
  readonly places: readonly number[];
  /** Cells of the header. */
  readonly width: number;
  readonly times: TimeColumn;
}

/** A comma inside a number shifts every following cell, often to values that look right. */
function widthDefect(cells: Cells, headerWidth: number): RowDefect | null {
  if (cells.count <= headerWidth) return null;
  const row = textsOf(cells);
  if (row.slice(headerWidth).every((cell) => cell.trim() === "")) return null;
  return {
    code: "CANDLE_COLUMNS",
    rule: "a row has more cells than the header",
    found: `${row.length} cells: ${quoted(row.join(","))}`,
    expected: `${headerWidth} cells, numbers without thousands separators`,
    isDroppable: true,
  };
}

/** Share of the price by which a high or low may miss open or close through rounding, as happens when columns are scaled one by one for dividends. */
const roundingShare = 1e-9;

/** Corrects a high or low that misses open or close by rounding error only; returns whether it did. */
export function repairRounding(values: Float64Array): boolean {
  const open = values[1]!;
  const close = values[4]!;
  const top = open > close ? open : close;
  const bottom = open > close ? close : open;
  let isRepaired = false;
  if (values[2]! < top && top < Number.POSITIVE_INFINITY && top - values[2]! <= roundingShare * top) {
    values[2] = top;
    isRepaired = true;
  }
  if (values[3]! > bottom && values[3]! - bottom <= roundingShare * bottom) {
    values[3] = bottom;
    isRepaired = true;
  }
  return isRepaired;
}

/** The first rule that a row's values break, or null; `cell` tells a column's name and text. */
export function valueDefect(values: Float64Array, cell: (column: number) => string): RowDefect | null {
  for (let k = 1; k <= 4; k++)
    if (!(values[k]! > 0 && values[k]! < Number.POSITIVE_INFINITY))
      return impossible({
        code: "CANDLE_PRICE",
        column: k,
        rule: "price must be a finite number above 0",
        found: cell(k),
        expected: "a number such as 101.25",
      });
  const volume = values[5]!;
  if (!(volume >= 0 && volume < Number.POSITIVE_INFINITY))
    return impossible({
      code: "CANDLE_VOLUME",
      column: 5,
      rule: "volume must be a finite number, 0 or more",
      found: cell(5),
      expected: "a number such as 12.5",
    });
  const high = values[2]!;
  const low = values[3]!;
  if (high < low)
    return impossible({
      code: "CANDLE_RANGE",
      column: 2,
      rule: "high is below low",
      found: `${cell(2)}, ${cell(3)}`,
      expected: "high >= low",
    });
  const outside = openAndClose.find((k) => values[k]! > high || values[k]! < low);
  if (outside === undefined) return null;
  return impossible({
    code: "CANDLE_RANGE",
    column: outside,
    rule: "open or close is outside low..high",
    found: cell(outside),
    expected: `${low} to ${high}`,
  });
}

function impossible(defect: Omit<RowDefect, "isDroppable">): RowDefect {
  return { ...defect, isDroppable: true };
}
