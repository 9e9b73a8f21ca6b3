import { labelPrefix, penaltyColumn } from "./header.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/** A table's rows as lines of CSV, without line ends; labels, if given, as `label_` columns. */
export interface RowTexts {
  readonly header: string;
  line(row: number): string;
}

export function rowTexts(table: OpportunityTable, labels: Labels | undefined): RowTexts {
  const columns = columnsOf(table, labels);
  return {
    header: columns.map(([name]) => quotedField(name)).join(","),
    line: (row) => columns.map(([, cell]) => cell(row)).join(","),
  };
}

type Column = readonly [name: string, cell: (row: number) => string];

function columnsOf(table: OpportunityTable, labels: Labels | undefined): Column[] {
  const numbers = (name: string, values: ArrayLike<number>): Column => [name, (row) => numberText(values[row]!)];
  const { activations } = table;
  return [
    ["symbol", (row) => quotedField(table.symbols[table.symbol[row]!]!)],
    numbers("timestamp", table.timestampMs),
    ["direction", (row) => (table.direction[row] === 1 ? "long" : "short")],
    ["type", (row) => quotedField(table.types[table.type[row]!]!)],
    numbers("entry", table.entry),
    numbers("atr", table.atr),
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

/** The shortest text that reads back as the same number. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "";
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A field quoted as CSV requires. */
function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
