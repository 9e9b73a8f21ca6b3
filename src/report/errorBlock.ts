import { CapacityError, CoreFault, type ErrorDetails, SluiceError } from "../errors.ts";
import { escaped } from "../text.ts";
import { megabytes } from "../words/figures.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** How an error block is shown. */
export interface ErrorBlockStyle {
  readonly paint: Paint;
  /** Adds the stack trace: for developers, never for users. */
  readonly stack: boolean;
  /** Columns; default `reportWidth`. */
  readonly width?: number;
}

/**
 * One error as one block of lines: what is wrong, where, what was found, what was expected, what to do. An error that Sluice did not throw
 * on purpose is an internal error. Text from files is escaped, so that no file can colour or clear the reader's terminal.
 */
export function errorBlock(error: unknown, style: ErrorBlockStyle): string {
  const { paint, width = reportWidth } = style;
  const internal = !(error instanceof SluiceError) || error instanceof CoreFault;
  const title = paint.red(internal ? "internal error: " : "error: ");
  const lines = paragraph(title, escaped(messageOf(error)), width);
  for (const [label, text] of rowsOf(error, style.stack))
    lines.push(...paragraph(`  ${label.padEnd(9)} `, escaped(text), width));
  if (style.stack && error instanceof Error && error.stack)
    lines.push(...error.stack.split("\n").map((line) => paint.dim(`  ${escaped(line)}`)));
  return `${lines.join("\n")}\n`;
}

/** The same as plain data, for programs: its stable code (`INTERNAL` for a bug in Sluice), what is wrong, and the rows of the block that it has. */
export function errorFacts(error: unknown): Readonly<Record<string, string | number>> {
  return {
    code: error instanceof SluiceError ? error.code : "INTERNAL",
    message: messageOf(error),
    ...(error instanceof SluiceError && { ...error.details }),
    ...(error instanceof CapacityError && { needed_bytes: error.neededBytes }),
  };
}

function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message === "" ? error.name : error.message;
  return String(error);
}

function rowsOf(error: unknown, stack: boolean): [string, string][] {
  const details: ErrorDetails = error instanceof SluiceError ? error.details : {};
  const rows: [string, string | undefined][] = [
    ["where", details.where],
    ["found", details.found],
    ["expected", details.expected],
  ];
  if (error instanceof CapacityError)
    rows.push(["needed", `${megabytes(error.neededBytes)} (${error.neededBytes} bytes)`]);
  rows.push(["remedy", details.remedy]);
  if (!(error instanceof SluiceError) && !stack)
    rows.push(["remedy", "this is a bug in Sluice, not in your data; --log-level debug shows where it happened"]);
  return rows.filter((row): row is [string, string] => row[1] !== undefined);
}
