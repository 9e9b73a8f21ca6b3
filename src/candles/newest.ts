import { open } from "node:fs/promises";
import { opening } from "../opening.ts";
import { TextCells, textsOf } from "./cells.ts";
import { candleBlocks, endsInRow } from "./formats.ts";
import { headerOf } from "./rows.ts";

const tailBytes = 1 << 14;

/**
 * Open time of a file's last row, epoch ms, without reading the rows before it; null if its last line is not such a row, or does not
 * settle its unit by itself.
 */
export async function lastOpenTimeMs(path: string): Promise<number | null> {
  if (!(await endsInRow(path))) return null;
  const names = await firstRow(path);
  if (!names) return null;
  const line = (await tailOf(path)).split(/\r\n|\n|\r/).findLast((text) => text.trim() !== "");
  if (!line || line.includes('"')) return null;
  const { places, times } = headerOf(names, path);
  try {
    return times.read(new TextCells(line.split(",")), places[0]!, 0);
  } catch {
    return null;
  }
}

async function firstRow(path: string): Promise<string[] | null> {
  for await (const block of candleBlocks(path))
    while (block.next()) if (block.cells.count > 1) return textsOf(block.cells);
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
    await file.close();
  }
}
