import { TextCells } from "../../candles/cells.ts";
import { TimeColumn, type TimeOptions } from "../../candles/times.ts";
import { InputError } from "../../errors.ts";
import { escaped, quoted } from "../../text.ts";
import type { SnapshotRow } from "./row.ts";

const timeOfDay = /^\d{1,2}:\d\d(:\d\d(\.\d+)?)?$/;

/** The times of one file of snapshots, each a full moment: a time of day alone belongs to the row's day, or to the day in the file's name. */
export class SnapshotTimes {
  private readonly column: TimeColumn;
  private readonly dayOfName: string | null;

  constructor(
    private readonly path: string,
    name: string,
    options: TimeOptions,
  ) {
    this.column = new TimeColumn(path, name, options);
    this.dayOfName = dayIn(path);
  }

  /** When a snapshot was taken, epoch ms. Throws InputError. */
  at({ cells, columns, line }: SnapshotRow): number {
    const text = cells.text(columns.time).trim();
    if (!timeOfDay.test(text)) return this.column.read(cells, columns.time, line);
    const day = columns.day >= 0 ? cells.text(columns.day).trim() : this.dayOfName;
    if (day === null || day === "")
      throw new InputError("SNAPSHOT_TIME", "a time of day without a day: rows of several days would be mixed up", {
        where: `${escaped(this.path)}:${line}`,
        found: quoted(text),
        expected: "a full time, a column date, or a file name with the day such as 2025-06-01.csv",
        remedy: "name each file by its day",
      });
    const clock = text.length < 5 || text[1] === ":" ? `0${text}` : text;
    return this.column.read(new TextCells([`${day.replaceAll("/", "-")} ${clock}`]), 0, line);
  }
}

/** The day in a file's name, `2025-06-01` or `20250601`; null if there is none. */
export function dayIn(path: string): string | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const [, year, month, day] =
    /(?:^|\D)(20\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:\D|$)/.exec(name) ?? [];
  return year === undefined ? null : `${year}-${month}-${day}`;
}
