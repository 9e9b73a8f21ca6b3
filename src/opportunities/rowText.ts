import { type Market, timeOfSlot } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import { CoreFault } from "../errors.ts";
import { labelPrefix, penaltyColumn } from "./header.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/** A table's rows as lines of CSV, without line ends; labels, if given, as `label_` columns. */
export interface RowTexts {
  readonly header: string;
  line(row: number): string;
}

/** `market` is the table's; only a table with exits of its own needs it. */
export function rowTexts(
  table: OpportunityTable,
  labels: Labels | undefined,
  market?: Pick<Market, "bySymbol">,
): RowTexts {
  const columns = columnsOf(table, labels, market);
  return {
    header: columns.map(([name]) => quotedField(name)).join(","),
    line: (row) => columns.map(([, cell]) => cell(row)).join(","),
  };
}

type Column = readonly [name: string, cell: (row: number) => string];

function columnsOf(
  table: OpportunityTable,
  labels: Labels | undefined,
  market: Pick<Market, "bySymbol"> | undefined,
): Column[] {
  const numbers = (name: string, values: ArrayLike<number>): Column => [name, (row) => numberText(values[row]!)];
  const { activations } = table;
  return [
    ["symbol", (row) => quotedField(table.symbols[table.symbol[row]!]!)],
    numbers("timestamp", table.timestampMs),
    ["direction", (row) => (table.direction[row] === 1 ? "long" : "short")],
    ["type", (row) => quotedField(table.types[table.type[row]!]!)],
    numbers("entry", table.entry),
    numbers("atr", table.atr),
    ...exitColumns(table, market),
    ...table.features.map((column, k) => numbers(table.featureNames[k]!, column)),
    ...(activations
      ? [
          ...activations.columns.map((column, k) => numbers(`activation_${activations.names[k]}`, column)),
          numbers(penaltyColumn, activations.penalty),
        ]
      : []),
    ...(labels
      ? [
          numbers(`${labelPrefix}mfe`, labels.mfe),
          numbers(`${labelPrefix}mae`, labels.mae),
          numbers(`${labelPrefix}hours_to_mfe`, labels.hoursToMfe),
          numbers(`${labelPrefix}density`, labels.density),
          numbers(`${labelPrefix}objective`, labels.objective),
        ]
      : []),
  ];
}

/** Exits of the signals' own as times, empty if a row has none. */
function exitColumns(
  { exitBars, symbols, symbol, bar }: OpportunityTable,
  market: Pick<Market, "bySymbol"> | undefined,
): Column[] {
  if (!exitBars) return [];
  if (!market) throw new CoreFault("NO_CANDLES", "exit times need the candles that they were read with");
  const series = symbols.map((name) => market.bySymbol.get(name));
  const exitTimeOf = (row: number): number => {
    const candles = series[symbol[row]!];
    if (!candles) throw new CoreFault("NO_CANDLES", "the market lacks a symbol of the table");
    return timeOfSlot(candles, slotOf(candles, bar[row]!) + exitBars[row]!);
  };
  return [["exit_time", (row) => (exitBars[row] === 0 ? "" : numberText(exitTimeOf(row)))]];
}

/** The shortest text that reads back as the same number. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A field quoted as CSV requires. */
function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
