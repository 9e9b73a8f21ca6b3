import type { SummedSet } from "../../search/everySet.ts";
import type { GrowingFile } from "../../wholeFile.ts";
import { indexColumn, type SetColumns } from "./columns.ts";

/** Characters that are gathered before they are written. */
const blockLength = 1 << 20;

/** Writes one line a set behind one of names; `beat` is called now and then. Numbers are the shortest texts that read back as the same ones. */
export async function writeSetsCsv(
  file: GrowingFile,
  sets: Iterable<SummedSet>,
  columns: SetColumns,
  beat: () => Promise<void>,
): Promise<void> {
  const { parameters, figures } = columns;
  const texts = parameters.map(({ candidates }) => candidates.map((candidate) => `${cellOf(String(candidate))},`));
  const names = [indexColumn, ...parameters.map(({ name }) => name), ...figures.map(({ name }) => name)];
  let block = `${names.map(cellOf).join(",")}\n`;
  for (const set of sets) {
    block += `${set.index},`;
    for (let k = 0; k < texts.length; k++) {
      const digit = set.digits[k]!;
      block += digit === null ? "," : texts[k]![digit]!;
    }
    for (let k = 0; k < figures.length; k++) block += k === 0 ? figures[k]!.of(set) : `,${figures[k]!.of(set)}`;
    block += "\n";
    if (block.length < blockLength) continue;
    await file.append(block);
    block = "";
    await beat();
  }
  await file.append(block);
}

/** RFC 4180: quoted where a comma, a quote or a line end would tell otherwise. */
export function cellOf(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
