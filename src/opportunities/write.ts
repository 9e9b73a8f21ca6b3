import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { escaped } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { labelPrefix, penaltyColumn } from "./header.ts";
import type { Labels, OpportunityTable } from "./table.ts";

const rowsAtOnce = 4096;

/**
 * Writes a table as CSV that `readOpportunities` reads back to the bit (finite numbers, NaN as empty cells); labels, where given, as
 * `label_` columns that it leaves aside. The file is whole or not there.
 */
export async function writeOpportunities(path: string, table: OpportunityTable, labels?: Labels): Promise<void> {
  const columns = columnsOf(table, labels);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx");
    try {
      await file.appendFile(`${columns.map(([name]) => quotedField(name)).join(",")}\n`);
      for (let from = 0; from < table.count; from += rowsAtOnce) {
        let text = "";
        for (let row = from; row < Math.min(table.count, from + rowsAtOnce); row++)
          text += `${columns.map(([, cell]) => cell(row)).join(",")}\n`;
        await file.appendFile(text);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {});
    if ((cause as NodeJS.ErrnoException).syscall === undefined) throw cause;
    throw new InputError(
      "TABLE_UNWRITABLE",
      "the opportunities cannot be written",
      {
        where: escaped(path),
        found: escaped((cause as Error).message),
        expected: "a file in a folder that can be written",
        remedy: "name another file, free disk space or mend the permissions",
      },
      { cause },
    );
  }
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

/** A field that a CSV reader takes as it is. */
function quotedField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
