import type { SummedSet } from "../../search/everySet.ts";
import type { GrowingFile } from "../../wholeFile.ts";
import { indexColumn, type SetColumns } from "./columns.ts";

/** Lines that are gathered before they are written. */
const blockLines = 4096;

/** Writes one line per set behind one of names; `beat` is called now and then. Numbers are the shortest texts that read back as the same ones. */
export async function writeSetsCsv(
  file: GrowingFile,
  sets: Iterable<SummedSet>,
  columns: SetColumns,
  beat: () => Promise<void>,
): Promise<void> {
  const { parameters, figures } = columns;
  const texts = parameters.map(({ candidates }) => candidates.map((candidate) => cellOf(String(candidate))));
  const names = [indexColumn, ...parameters.map(({ name }) => name), ...figures.map(({ name }) => name)];
  let lines = [names.map(cellOf).join(",")];
  const cells: (string | number)[] = new Array(names.length).fill("");
  const write = async (): Promise<void> => {
    lines.push("");
    await file.append(lines.join("\n"));
    lines = [];
  };
  for (const set of sets) {
    cells[0] = set.index;
    for (let k = 0; k < texts.length; k++) {
      const digit = set.digits[k]!;
      cells[1 + k] = digit === null ? "" : texts[k]![digit]!;
    }
    for (let k = 0; k < figures.length; k++) cells[1 + texts.length + k] = figures[k]!.of(set);
    lines.push(cells.join(","));
    if (lines.length < blockLines) continue;
    await write();
    await beat();
  }
  await write();
}

/** RFC 4180: quoted where a comma, a quote or a line end would tell otherwise. */
export function cellOf(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
