import { open } from "node:fs/promises";
import { closing, opening } from "../opening.ts";
import { JoinedCells, TextCells, textsOf } from "./cells.ts";
import { cellsOfLine } from "./csvForm.ts";
import type { RowBlock } from "./csvRows.ts";
import { candleBlocks, endsInRow } from "./formats.ts";
import type { RowRules } from "./rowCollector.ts";
import { type FileHeader, headerOf } from "./rows.ts";

const tailBytes = 1 << 14;

/**
 * Open time of a file's newest row, which is its last or, newest first, its first; epoch ms. No row between them is read. Null if they are
 * not such rows, or do not settle their unit by themselves.
 */
export async function newestOpenTimeMs(
  path: string,
  { timeZone }: Pick<RowRules, "timeZone"> = {},
): Promise<number | null> {
  if (!(await endsInRow(path))) return null;
  const first = await firstRow(path, timeZone);
  if (!first) return null;
  const line = (await tailOf(path)).split(/\r\n|\n|\r/).findLast((text) => text.trim() !== "");
  if (!line || line.includes('"') || line.includes("\0")) return null;
  const { form, header, timeMs } = first;
  const cells = new TextCells(cellsOfLine(line, form?.separator ?? ","));
  try {
    const last = form?.joined ? new JoinedCells(cells, form.joined) : cells;
    return Math.max(timeMs, header.times.read(last, header.places[0]!, 0));
  } catch {
    return null;
  }
}

interface FirstRow {
  readonly header: FileHeader;
  readonly form: RowBlock["form"];
  readonly timeMs: number;
}

async function firstRow(path: string, timeZone: string | undefined): Promise<FirstRow | null> {
  let header: FileHeader | null = null;
  for await (const block of candleBlocks(path))
    while (block.next()) {
      const { cells, form } = block;
      if (cells.count < 2) continue;
      if (header) {
        try {
          return { header, form, timeMs: header.times.read(cells, header.places[0]!, 0) };
        } catch {
          return null;
        }
      }
      header = headerOf(textsOf(cells), path, form, timeZone);
    }
  return null;
}

async function tailOf(path: string): Promise<string> {
  const file = await opening(() => open(path));
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    await file.read(bytes, 0, bytes.length, size - bytes.length);
    return bytes.toString("utf8");
  } finally {
    await closing(file);
  }
}
