import { barAt, type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import { quoted } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import type { Row } from "./growingTable.ts";
import type { Header } from "./header.ts";
import { wilderAtr } from "./indicators.ts";

/** A row that breaks a rule which `lenient` forgives: it is dropped and counted. */
export class DroppableRow extends InputError {}

const directions: Readonly<Record<string, 1 | -1>> = {
  long: 1,
  buy: 1,
  "1": 1,
  "+1": 1,
  short: -1,
  sell: -1,
  "-1": -1,
};

/** Turns cells into rows; knows the market they must fit. */
export class RowReader {
  readonly symbols: readonly string[];
  private readonly atrs = new Map<string, Float64Array>();

  constructor(
    private readonly market: Market,
    private readonly header: Header,
    private readonly path: string,
  ) {
    this.symbols = [...market.bySymbol.keys()].sort();
  }

  /** `line` is the row's place for messages. Throws InputError, DroppableRow where `lenient` may drop it. */
  read(cells: readonly string[], line: number): Row {
    const { header, path } = this;
    const cell = (place: number): string => (place < 0 ? "" : (cells[place] ?? "").trim());
    const fail = (column: string, rule: string, found: string, expected: string, Kind = InputError): InputError =>
      new Kind(`TABLE_${column.toUpperCase()}`, rule, {
        where: `${path}:${line}, ${column}`,
        found: quoted(found),
        expected,
      });
    const number = (column: string, place: number): number => {
      const text = cell(place);
      if (text === "") return Number.NaN;
      const value = Number(text);
      if (!Number.isFinite(value) || /^0[xob]/i.test(text))
        throw fail(column, "a feature is a finite number, or an empty cell", text, "a number such as 61.5");
      return value;
    };

    const symbol = cell(header.symbol);
    const candles = this.market.bySymbol.get(symbol);
    if (!candles)
      throw fail("symbol", "there are no candles of this symbol", symbol, `one of: ${this.symbols.join(", ")}`);
    const time = cell(header.timestamp);
    const bar = time === "" ? -1 : barAt(candles, Number(time));
    if (bar < 0)
      throw fail(
        "timestamp",
        "no candle of this symbol opens at this time",
        time,
        `epoch ms on the candles' grid, ${openTimeMs(candles, 0)} to ${openTimeMs(candles, candles.count - 1)}`,
      );
    const direction = directions[cell(header.direction).toLowerCase()];
    if (!direction)
      throw fail(
        "direction",
        "a direction is long or short",
        cell(header.direction),
        "long, short, 1, -1, buy or sell",
      );

    const givenEntry = number("entry", header.entry);
    const entry = Number.isNaN(givenEntry) ? candles.close[bar]! : givenEntry;
    if (!(entry >= candles.low[bar]! && entry <= candles.high[bar]!))
      throw fail(
        "entry",
        "an entry lies within its bar",
        String(entry),
        `${candles.low[bar]} to ${candles.high[bar]}`,
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
        DroppableRow,
      );
    const penalty = number("activation_penalty", header.penalty);
    return {
      symbol: this.symbols.indexOf(symbol),
      timestampMs: openTimeMs(candles, bar),
      bar,
      direction,
      type: cell(header.type) || "all",
      entry,
      atr,
      features: header.features.map(({ name, place }) => number(name, place)),
      activations: header.activations.map(({ name, place }) => number(name, place)),
      penalty: Number.isNaN(penalty) ? 0 : penalty,
    };
  }

  private atrAt(candles: Candles, bar: number): number {
    let atrs = this.atrs.get(candles.symbol);
    if (!atrs) {
      atrs = wilderAtr(candles);
      this.atrs.set(candles.symbol, atrs);
    }
    return atrs[bar]!;
  }
}
