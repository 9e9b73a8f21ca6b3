import { type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import { type Cells, textsOf } from "../candles/cells.ts";
import { TimeColumn, type TimeKind, type TimeOptions } from "../candles/times.ts";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped, quoted } from "../text.ts";
import { directionOf } from "./directions.ts";
import { canEnter, type EntryRule, entryPrice } from "./entry.ts";
import { exitBarsOf } from "./exitBar.ts";
import type { Row } from "./growingTable.ts";
import type { Header } from "./header.ts";
import { DroppableRow, placesInFile, type RowFault, RowInHole, type RowPlaces, rowFault } from "./rowFault.ts";
import { SignalBars } from "./signalBar.ts";
import { similarSymbol } from "./symbolNames.ts";

/** Number() also reads 0x10, which nobody writes for a price. */
const radixPrefix = /^0[xob]/i;
const mostNamed = 20;
const own = { symbol: 0, timestamp: 0, direction: 0, type: 0, entry: 0, atr: 0, exit_time: 0 } as const;

/** How rows are read. */
export interface RowRules {
  /** Length of the signals' bars; null if their bars are the candles. */
  readonly signalTimeframeMs: number | null;
  /** Where they are entered: their own entry price counts only with `signal-close`. */
  readonly entry: EntryRule;
  /** Whether a row without an ATR is of no use. */
  readonly needsAtr: boolean;
  /** Names rows in messages; by default lines of the one file. */
  readonly places?: RowPlaces;
  /** Whether the rows are a value, whose times are named as its own. */
  readonly isValue?: boolean;
}

/** Parses cells into rows that must fit the market. */
export class RowReader {
  readonly symbols: readonly string[];
  private readonly symbolAt: ReadonlyMap<string, number>;
  private readonly atrs = new Map<string, Float64Array>();
  private readonly bars: SignalBars;
  private readonly times: TimeColumn;
  private readonly exitTimes: TimeColumn;
  private readonly places: RowPlaces;
  private wilderAtr: typeof import("./indicators.ts").wilderAtr | null = null;

  /** Rows whose own entry price differs from the one that the rule gives. */
  entriesReplaced = 0;

  constructor(
    private readonly market: Market,
    private readonly header: Header,
    path: string,
    private readonly rules: RowRules,
  ) {
    this.symbols = [...market.bySymbol.keys()].sort();
    this.symbolAt = new Map(this.symbols.map((symbol, at) => [symbol, at]));
    this.bars = new SignalBars(market.timeframeMs, rules.signalTimeframeMs);
    this.places = rules.places ?? placesInFile(path);
    const timeColumn = (name: string): TimeColumn => {
      const placeOf = rules.isValue && { placeOf: (line: number) => this.places.cell(line, name) };
      return new TimeColumn(path, name, { ...timesOf(market), ...placeOf });
    };
    this.times = timeColumn(header.names[header.timestamp] || "timestamp");
    this.exitTimes = timeColumn(header.names[header.exit_time] || "exit_time");
  }

  /** How the rows so far write their times; null before the first. */
  get timeKind(): TimeKind | null {
    return this.times.kind;
  }

  /** How the exit times so far are spelled; null before the first. */
  get exitTimeKind(): TimeKind | null {
    return this.exitTimes.kind;
  }

  /** Whether a row has no ATR, and the indicators to compute one are not loaded. */
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
    const symbol = this.cell(cells, header.symbol);
    const candles = this.market.bySymbol.get(symbol);
    const symbolAt = this.symbolAt.get(symbol);
    if (!candles || symbolAt === undefined) throw this.unknownSymbol(line, symbol);
    const bar = this.barOf(candles, cells, line);
    const direction = directionOf(this.cell(cells, header.direction));
    if (!direction)
      throw this.fault(line, {
        column: "direction",
        rule: "invalid direction",
        found: quoted(this.cell(cells, header.direction)),
        expected: "long, short, 1, -1, buy, sell, bull or bear",
        remedy: "remove rows that are not entries from the file",
      });
    const penalty = this.number(cells, line, "activation_penalty", header.penalty);
    const row: Row = {
      symbol: symbolAt,
      timestampMs: openTimeMs(candles, bar),
      bar,
      direction,
      type: this.typeOf(cells, line),
      entry: this.entryOf(candles, bar, cells, line),
      atr: this.atrOf(candles, bar, cells, line),
      exitBars: this.exitBarsOf(candles, bar, cells, line),
      features: header.features.map(({ name, place }) => this.number(cells, line, name, place)),
      activations: header.activations.map(({ name, place }) => this.number(cells, line, name, place)),
      penalty: Number.isNaN(penalty) ? 0 : penalty,
    };
    if (this.rules.entry === "next-open") {
      const named = this.number(cells, line, "entry", header.entry);
      if (!Number.isNaN(named) && named !== row.entry) this.entriesReplaced++;
    }
    return row;
  }

  private cell(cells: Cells, place: number): string {
    return place < 0 ? "" : cells.text(place).trim();
  }

  private number(cells: Cells, line: number, column: string, place: number): number {
    if (place < 0) return Number.NaN;
    const decimal = cells.decimal(place);
    if (!Number.isNaN(decimal)) return decimal;
    const text = this.cell(cells, place);
    if (text === "") return Number.NaN;
    const value = Number(text);
    if (Number.isFinite(value) && !radixPrefix.test(text)) return value;
    throw this.fault(line, {
      column,
      rule: "a value must be a finite number or an empty cell",
      found: quoted(text),
      expected: "a number such as 61.5",
      remedy: "encode words as numbers and leave missing values empty",
    });
  }

  /** The candle at whose close the signal is known. */
  private barOf(candles: Candles, cells: Cells, line: number): number {
    const { bars, times } = this;
    const place = this.header.timestamp;
    const timeMs = times.read(cells, place, line);
    const bar = bars.at(candles, timeMs);
    if (bar >= 0) return bar;
    const { found, expected, remedy, isHole } = bars.whyNone(candles, timeMs, times.kind);
    throw this.fault(
      line,
      {
        column: "timestamp",
        rule: "this symbol has no candle that opens at this time",
        found: `${quoted(this.cell(cells, place))} (${found})`,
        expected,
        remedy,
      },
      isHole ? RowInHole : InputError,
    );
  }

  private typeOf(cells: Cells, line: number): string {
    const type = this.cell(cells, this.header.type) || "all";
    // Results are objects by type: a name that every object has would clash.
    if (escaped(type) === type && !(type in Object.prototype)) return type;
    throw this.fault(line, {
      column: "type",
      rule: "a type must be a printable word",
      found: quoted(type),
      expected: "a word such as swing",
      remedy: "rename the type",
    });
  }

  private entryOf(candles: Candles, bar: number, cells: Cells, line: number): number {
    const given = this.number(cells, line, "entry", this.header.entry);
    const ruled = entryPrice(candles, bar, this.rules.entry);
    if (this.rules.entry === "next-open") return ruled;
    const entry = Number.isNaN(given) ? ruled : given;
    if (entry >= candles.low[bar]! && entry <= candles.high[bar]!) return entry;
    throw this.fault(
      line,
      {
        column: "entry",
        rule: "the entry price is outside its bar",
        found: String(entry),
        expected: `${candles.low[bar]} to ${candles.high[bar]}`,
        remedy: isNextOpen(candles, bar, entry)
          ? "it is the open of the next candle: read the file with --entry next-open, or leave the cell empty to use the close"
          : "correct it, or leave the cell empty to use the close",
      },
      DroppableRow,
    );
  }

  private exitBarsOf(candles: Candles, bar: number, cells: Cells, line: number): number {
    const place = this.header.exit_time;
    if (this.cell(cells, place) === "") return 0;
    const timeMs = this.exitTimes.read(cells, place, line);
    const bars = exitBarsOf(this.bars, candles, bar, timeMs, this.exitTimes.kind);
    if (typeof bars === "number") return bars;
    const found = `${quoted(this.cell(cells, place))} (${bars.found})`;
    throw this.fault(line, { ...bars, column: "exit_time", found }, DroppableRow);
  }

  private atrOf(candles: Candles, bar: number, cells: Cells, line: number): number {
    const given = this.number(cells, line, "atr", this.header.atr);
    const atr = Number.isNaN(given) ? this.atrAt(candles, bar) : given;
    if (atr > 0) return atr;
    if (Number.isNaN(given) && !this.rules.needsAtr) return Number.NaN;
    throw this.fault(
      line,
      {
        column: "atr",
        rule: "the ATR must be above 0",
        found: Number.isNaN(given) ? "ATR 14 of the candles is 0 or not warm here" : String(atr),
        expected: "a number above 0, in price units",
        remedy: "provide the ATR of this bar, or use only levels in percent (those not named are in ATRs)",
      },
      DroppableRow,
    );
  }

  /** The fault, at the column's name in the file. */
  private fault(line: number, fault: RowFault, Kind?: typeof InputError): InputError {
    const place = fault.column in own ? this.header[fault.column as keyof typeof own] : -1;
    return rowFault(this.places.cell(line, this.header.names[place] || fault.column), fault, Kind);
  }

  private unknownSymbol(line: number, symbol: string): InputError {
    const similar = similarSymbol(symbol, this.symbols);
    return this.fault(line, {
      column: "symbol",
      rule: "no candles for this symbol",
      found: quoted(symbol),
      expected: `one of: ${this.someSymbols()}`,
      remedy:
        similar === null
          ? "correct the name, or add this symbol's candles to the folder"
          : `did you mean ${quoted(similar)}? Spell the symbol exactly as in its candle file`,
    });
  }

  /** A comma inside a number shifts every following cell, and a truncated line ends in half a number. */
  private checkWidth(cells: Cells, line: number): void {
    const { width } = this.header;
    if (cells.count === width) return;
    const texts = textsOf(cells);
    if (texts.length > width && texts.slice(width).every((text) => text.trim() === "")) return;
    throw new InputError("TABLE_CELLS", "a row has a different number of cells from the header", {
      where: this.places.row(line),
      found: `${texts.length} cells: ${quoted(texts.join(","))}`,
      expected: `${width} cells, numbers without thousands separators`,
      remedy: "correct the row, or export the file again",
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

function isNextOpen(candles: Candles, bar: number, price: number): boolean {
  return canEnter(candles, bar, "next-open") && price === entryPrice(candles, bar, "next-open");
}

/** A time that opens a candle of the market is in milliseconds, whatever its magnitude suggests. */
export function timesOf(market: Market): TimeOptions {
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  for (const candles of market.bySymbol.values()) {
    fromMs = Math.min(fromMs, openTimeMs(candles, 0));
    toMs = Math.max(toMs, openTimeMs(candles, candles.count - 1));
  }
  return { code: "TABLE_TIMESTAMP", span: { fromMs, toMs } };
}
