import { stat } from "node:fs/promises";
import { isBlank, TextCells, textsOf } from "../../candles/cells.ts";
import { csvBlocks, type RowBlock } from "../../candles/csvRows.ts";
import { listFolder } from "../../candles/folder.ts";
import type { TimeOptions } from "../../candles/times.ts";
import { InputError } from "../../errors.ts";
import { escaped, quoted } from "../../text.ts";
import type { OnNotice } from "../notices.ts";
import { snapshotColumns } from "./columns.ts";
import { type SnapshotRow, signalCells, signalColumns } from "./row.ts";
import { dayIn, SnapshotTimes } from "./times.ts";

export interface SnapshotOptions {
  /** Drops and counts invalid rows instead of refusing them. */
  readonly lenient: boolean;
  readonly times: TimeOptions;
}

/** Whether a path is a folder: of snapshots, where signals are expected. */
export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

/**
 * The older bot's daily CSV files of snapshots as the rows of one signals file: each snapshot with a 4 h trend is an opportunity in that trend's
 * direction, whatever came of it. One block of one file is in memory. Lines are numbered through all files; `placeOf` says which one it is.
 */
export class SnapshotFolder {
  private readonly begins: { readonly path: string; readonly line: number }[] = [];
  private rows = 0;
  private withoutTrend = 0;
  private invalid = 0;
  private readonly unread = new Set<string>();

  constructor(
    private readonly dir: string,
    private readonly options: SnapshotOptions,
  ) {}

  /** The rows, names first; a later pass gives the same. Throws InputError with file and line. */
  async *blocks(): AsyncGenerator<RowBlock> {
    this.begins.length = 0;
    this.rows = this.withoutTrend = this.invalid = 0;
    yield new OneRow(signalColumns, 0, 0);
    const files = await this.files();
    let line = 0;
    for (const [k, path] of files.entries()) {
      this.begins.push({ path, line });
      for await (const signal of this.signalsOf(path)) {
        yield new OneRow(signal.cells, line + signal.line, (k + signal.share) / files.length);
      }
      line += this.lastLine;
    }
  }

  /** The file and the line of a number that `blocks` gave a row. */
  readonly placeOf = (line: number): string => {
    const begin = this.begins.findLast((each) => each.line < line);
    return begin ? `${escaped(begin.path)}:${line - begin.line}` : escaped(this.dir);
  };

  /** Reports what the last pass left out, and why. */
  sayLeftOut(onNotice: OnNotice): void {
    const { rows, withoutTrend, invalid, unread } = this;
    if (withoutTrend > 0)
      onNotice(
        "SNAPSHOTS_WITHOUT_TREND",
        `${withoutTrend} of ${rows} snapshots have no 4 h trend, and so no direction: left out`,
      );
    if (invalid > 0) onNotice("SNAPSHOTS_DROPPED", `${invalid} of ${rows} snapshots dropped: invalid values`);
    if (unread.size > 0)
      onNotice(
        "SNAPSHOT_COLUMNS",
        `columns of the snapshots that are not read, because they may have been filled in later: ${[...unread].map(quoted).join(", ")}`,
      );
  }

  private lastLine = 0;

  private async files(): Promise<string[]> {
    const files = (await listFolder(this.dir)).filter((path) => /\.csv$/i.test(path));
    if (files.length === 0)
      throw new InputError("SNAPSHOTS_EMPTY", "the folder contains no snapshots", {
        where: escaped(this.dir),
        found: "no CSV file",
        expected: "the bot's daily files, such as 2025-06-01.csv",
        remedy: "check the path",
      });
    return files.sort((a, b) => compare(dayIn(a) ?? "", dayIn(b) ?? "") || compare(a, b));
  }

  private async *signalsOf(path: string): AsyncGenerator<{ cells: string[]; line: number; share: number }> {
    let columns: SnapshotRow["columns"] | null = null;
    let times: SnapshotTimes | null = null;
    this.lastLine = 1;
    for await (const block of csvBlocks(path))
      while (block.next()) {
        const { cells, line, share } = block;
        this.lastLine = line;
        if (isBlank(cells)) continue;
        if (!columns || !times) {
          columns = snapshotColumns(textsOf(cells), path);
          times = new SnapshotTimes(path, columns.names[columns.time]!, this.options.times);
          for (const name of columns.unread) this.unread.add(name);
          continue;
        }
        this.rows++;
        const signal = this.signalOf({ cells, columns, path, line }, times);
        if (signal) yield { cells: signal, line, share };
      }
  }

  private signalOf(row: SnapshotRow, times: SnapshotTimes): string[] | null {
    const { cells, columns, path, line } = row;
    try {
      if (cells.count !== columns.names.length)
        throw new InputError("SNAPSHOT_CELLS", "a row has a different number of cells from the header", {
          where: `${escaped(path)}:${line}`,
          found: `${cells.count} cells`,
          expected: `${columns.names.length} cells`,
          remedy: "correct the row, or drop and count such rows with --lenient",
        });
      const signal = signalCells(row, times.at(row));
      if (!signal) this.withoutTrend++;
      return signal;
    } catch (error) {
      if (!(this.options.lenient && error instanceof InputError)) throw error;
      this.invalid++;
      return null;
    }
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A block of one row. */
class OneRow implements RowBlock {
  readonly cells: TextCells;
  private isRead = false;

  constructor(
    texts: readonly string[],
    readonly line: number,
    readonly share: number,
  ) {
    this.cells = new TextCells(texts);
  }

  next(): boolean {
    const isNext = !this.isRead;
    this.isRead = true;
    return isNext;
  }
}
