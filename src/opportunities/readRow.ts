import { barAt, type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import { type Cells, textsOf } from "../candles/cells.ts";
import { escaped, quoted } from "../candles/csvRows.ts";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import type { Row } from "./growingTable.ts";
import type { Header } from "./header.ts";

/** A row that breaks a rule which `lenient` forgives: it is dropped and counted. */
export class DroppableRow extends InputError {}

const directions: ReadonlyMap<string, 1 | -1> = new Map([
  ["long", 1],
  ["buy", 1],
  ["1", 1],
  ["+1", 1],
  ["short", -1],
  ["sell", -1],
  ["-1", -1],
]);

/** Number() also reads 0x10, which no one writes for a price. */
const radixPrefix = /^0[xob]/i;
const mostNamed = 20;

/** Turns cells into rows; knows the market they must fit. */
export class RowReader {
  readonly symbols: readonly string[];
  private readonly symbolAt: ReadonlyMap<string, number>;
  private readonly atrs = new Map<string, Float64Array>();
  private wilderAtr: typeof import("./indicators.ts").wilderAtr | null = null;

  constructor(
    private readonly market: Market,
    private readonly header: Header,
    private readonly path: string,
  ) {
    this.symbols = [...market.bySymbol.keys()].sort();
    this.symbolAt = new Map(this.symbols.map((symbol, at) => [symbol, at]));
  }

  /** Whether a row has no ATR of its own, and the indicators to make one are not loaded. */
  lacksIndicators(cells: Cells): boolean {
    const place = this.header.atr;
    if (this.wilderAtr) return false;
    return place < 0 || (Number.isNaN(cells.decimal(place)) && cells.text(place).trim() === "");
  }

  /** Indicators are a large library that most files do not need. */
  async loadIndicators(): Promise<void> {
    this.wilderAtr = (await opening(() => import("./indicators.ts"))).wilderAtr;
  }

  /**
   * `line` is the row's place for messages. Throws InputError, DroppableRow where `lenient` may drop it. A row that `lacksIndicators`
   * is refused unless they were loaded.
   */
  read(cells: Cells, line: number): Row {
    const { header } = this;
    this.checkWidth(cells, line);
    const cell = (place: number): string => (place < 0 ? "" : cells.text(place).trim());
    const fail = (
      column: string,
      rule: string,
      found: string,
      expected: string,
      remedy: string,
      Kind = InputError,
    ): InputError =>
      new Kind(`TABLE_${column.toUpperCase()}`, rule, {
        where: `${escaped(this.path)}:${line}, ${escaped(column)}`,
        found,
        expected,
        remedy: Kind === DroppableRow ? `${remedy}, or drop such rows with --lenient` : remedy,
      });
    const number = (column: string, place: number): number => {
      if (place < 0) return Number.NaN;
      const decimal = cells.decimal(place);
      if (!Number.isNaN(decimal)) return decimal;
      const text = cell(place);
      if (text === "") return Number.NaN;
      const value = Number(text);
      if (!Number.isFinite(value) || radixPrefix.test(text))
        throw fail(
          column,
          "a value is a finite number, or an empty cell",
          quoted(text),
          "a number such as 61.5",
          "write words as numbers and missing values as empty cells",
        );
      return value;
    };

    const symbol = cell(header.symbol);
    const candles = this.market.bySymbol.get(symbol);
    const symbolAt = this.symbolAt.get(symbol);
    if (!candles || symbolAt === undefined)
      throw fail(
        "symbol",
        "there are no candles of this symbol",
        quoted(symbol),
        `one of: ${this.someSymbols()}`,
        didYouMean(symbol, this.symbols, "correct the name, or add the candles of this symbol to the folder"),
      );
    const bar = barAt(candles, timeOf(cells, header.timestamp));
    if (bar < 0)
      throw fail(
        "timestamp",
        "no candle of this symbol opens at this time",
        quoted(cell(header.timestamp)),
        `epoch ms on the candles' grid, ${openTimeMs(candles, 0)} to ${openTimeMs(candles, candles.count - 1)}`,
        "give the open time of the signal bar in UTC, or candles that cover it",
      );
    const direction = directions.get(cell(header.direction).toLowerCase());
    if (!direction)
      throw fail(
        "direction",
        "a direction is long or short",
        quoted(cell(header.direction)),
        "long, short, 1, -1, buy or sell",
        "leave rows that are no entry out of the file",
      );
    const type = cell(header.type) || "all";
    // Results are objects by type: a name that every object has would be lost among them.
    if (escaped(type) !== type || type in Object.prototype)
      throw fail("type", "a type is a printable word", quoted(type), "a word such as swing", "rename the type");

    const givenEntry = number("entry", header.entry);
    const entry = Number.isNaN(givenEntry) ? candles.close[bar]! : givenEntry;
    if (!(entry >= candles.low[bar]! && entry <= candles.high[bar]!))
      throw fail(
        "entry",
        "an entry lies within its bar",
        String(entry),
        `${candles.low[bar]} to ${candles.high[bar]}`,
        "leave the cell empty for the close",
        DroppableRow,
      );
    const givenAtr = number("atr", header.atr);
    const atr = Number.isNaN(givenAtr) ? this.atrAt(candles, bar) : givenAtr;
    if (!(atr > 0))
      throw fail(
        "atr",
        "an ATR is above 0",
        Number.isNaN(givenAtr) ? "ATR 14 of the candles, which is 0 or not warm here" : String(atr),
        "a number above 0, in price units",
        "give the ATR of this bar",
        DroppableRow,
      );
    const penalty = number("activation_penalty", header.penalty);
    return {
      symbol: symbolAt,
      timestampMs: openTimeMs(candles, bar),
      bar,
      direction,
      type,
      entry,
      atr,
      features: header.features.map(({ name, place }) => number(name, place)),
      activations: header.activations.map(({ name, place }) => number(name, place)),
      penalty: Number.isNaN(penalty) ? 0 : penalty,
    };
  }

  /** A comma inside a number shifts every cell behind it, and a line that was cut ends in half a number. */
  private checkWidth(cells: Cells, line: number): void {
    const { width } = this.header;
    if (cells.count === width) return;
    const texts = textsOf(cells);
    if (texts.length > width && texts.slice(width).every((text) => text.trim() === "")) return;
    throw new InputError("TABLE_CELLS", "a row has as many cells as the header", {
      where: `${escaped(this.path)}:${line}`,
      found: `${texts.length} cells: ${quoted(texts.join(","))}`,
      expected: `${width} cells, numbers without thousands separators`,
      remedy: "mend the row, or write the file again",
    });
  }

  private someSymbols(): string {
    const { symbols } = this;
    const more = symbols.length - mostNamed;
    return symbols.slice(0, mostNamed).map(escaped).join(", ") + (more > 0 ? ` and ${more} more` : "");
  }

  private atrAt(candles: Candles, bar: number): number {
    let atrs = this.atrs.get(candles.symbol);
    if (!atrs) {
      atrs = this.wilderAtr?.(candles) ?? new Float64Array(0);
      this.atrs.set(candles.symbol, atrs);
    }
    return atrs[bar] ?? Number.NaN;
  }
}

/** The time that a cell spells; NaN where it is none. */
function timeOf(cells: Cells, place: number): number {
  const decimal = cells.decimal(place);
  if (!Number.isNaN(decimal)) return decimal;
  const text = cells.text(place).trim();
  return text === "" ? Number.NaN : Number(text);
}
