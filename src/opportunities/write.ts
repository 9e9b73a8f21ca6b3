import { open, rename, rm } from "node:fs/promises";
import { InputError } from "../errors.ts";
import { labelPrefix, penaltyColumn } from "./header.ts";
import type { Labels, OpportunityTable } from "./table.ts";

const rowsAtOnce = 4096;

/**
 * Writes a table as CSV that `readOpportunities` reads back to the bit; labels, where given, as `label_` columns that it leaves aside.
 * The file is whole or not there.
 */
export async function writeOpportunities(path: string, table: OpportunityTable, labels?: Labels): Promise<void> {
  const columns = columnsOf(table, labels);
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, "w");
    try {
      await file.write(`${columns.map(([name]) => quotedField(name)).join(",")}\n`);
      for (let from = 0; from < table.count; from += rowsAtOnce) {
        let text = "";
        for (let row = from; row < Math.min(table.count, from + rowsAtOnce); row++)
          text += `${columns.map(([, cell]) => cell(row)).join(",")}\n`;
        await file.write(text);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    throw new InputError(
      "TABLE_UNWRITABLE",
      "the opportunities cannot be written",
      { where: path, found: (cause as Error).message, remedy: "name a file in a folder that can be written" },
      { cause },
    );
  }
}

type Column = readonly [name: string, cell: (row: number) => string];

function columnsOf(table: OpportunityTable, labels: Labels | undefined): Column[] {
  const numbers = (name: string, values: ArrayLike<number>): Column => [
    name,
    (row) => (Number.isNaN(values[row]!) ? "" : String(values[row]!)),
  ];
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

/** A field that a CSV reader takes as it is. */
function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
