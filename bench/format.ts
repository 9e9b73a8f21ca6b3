import type { Cell, Format, Table } from "./question.ts";

/** Three significant digits, without an exponent where people read none. */
function digits(value: number): string {
  const size = Math.abs(value);
  if (value === 0) return "0";
  if (size >= 100) return Math.round(value).toLocaleString("en-US");
  return size >= 0.001 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function power(value: number): string {
  if (value < 1e5) return digits(value);
  const exponent = Math.floor(Math.log10(value) + 1e-12);
  const raised = [...String(exponent)].map((digit) => superscripts[Number(digit)]).join("");
  return `${(value / 10 ** exponent).toFixed(2)}·10${raised}`;
}

/** A cell as people read it. */
export function cellText(value: Cell | undefined, format: Format): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  switch (format) {
    case "ms":
      return value >= 10_000 ? `${digits(value / 1000)} s` : `${digits(value)} ms`;
    case "rate":
      return power(value);
    case "bytes":
      return `${digits(value / 1_048_576)} MiB`;
    case "percent":
      return `${digits(100 * value)} %`;
    case "times":
      return `${digits(value)}x`;
    case "count":
      return value >= 1e7 ? power(value) : value.toLocaleString("en-US");
    default:
      return digits(value);
  }
}

/** The table in Markdown, which a terminal shows as well as a page; notes as a list below it. */
export function tableText({ columns, rows, notes }: Table): string {
  const grid = [
    columns.map(({ head }) => head),
    ...rows.map((row) => columns.map(({ key, format }) => cellText(row[key], format))),
  ];
  const widths = columns.map((_, k) => Math.max(3, ...grid.map((line) => line[k]!.length)));
  const isNumber = columns.map(({ format }) => format !== "text");
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, k) => (isNumber[k] ? cell.padStart(widths[k]!) : cell.padEnd(widths[k]!))).join(" | ")} |`;
  const rule = `| ${widths.map((width, k) => (isNumber[k] ? `${"-".repeat(width - 1)}:` : "-".repeat(width))).join(" | ")} |`;
  const lines = [line(grid[0]!), rule, ...grid.slice(1).map(line)];
  return `${[...lines, ...(notes.length > 0 ? ["", ...notes.map((note) => `- ${note}`)] : [])].join("\n")}\n`;
}
