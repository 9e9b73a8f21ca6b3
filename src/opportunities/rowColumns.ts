import { type Market, timeOfSlot } from "../candles/candles.ts";
import { slotOf } from "../candles/slots.ts";
import { CoreFault } from "../errors.ts";
import { labelPrefix, penaltyColumn } from "./header.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/** A column of a table's rows as they are written: texts as they are, numbers with NaN for an empty cell. */
export type RowColumn = readonly [name: string, cell: (row: number) => string | number];

/** The columns of a table; `market` is the table's, and only a table with exits of its own needs it. Labels, if given, are `label_` columns. */
export function rowColumns(
  table: OpportunityTable,
  labels: Labels | undefined,
  market?: Pick<Market, "bySymbol">,
): RowColumn[] {
  const numbers = (name: string, values: ArrayLike<number>): RowColumn => [name, (row) => values[row]!];
  const { activations } = table;
  return [
    ["symbol", (row) => table.symbols[table.symbol[row]!]!],
    numbers("timestamp", table.timestampMs),
    ["direction", (row) => (table.direction[row] === 1 ? "long" : "short")],
    ["type", (row) => table.types[table.type[row]!]!],
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
): RowColumn[] {
  if (!exitBars) return [];
  if (!market) throw new CoreFault("NO_CANDLES", "exit times need the candles that they were read with");
  const series = symbols.map((name) => market.bySymbol.get(name));
  const exitTimeOf = (row: number): number => {
    const candles = series[symbol[row]!];
    if (!candles) throw new CoreFault("NO_CANDLES", "the market lacks a symbol of the table");
    return timeOfSlot(candles, slotOf(candles, bar[row]!) + exitBars[row]!);
  };
  return [["exit_time", (row) => (exitBars[row] === 0 ? Number.NaN : exitTimeOf(row))]];
}
