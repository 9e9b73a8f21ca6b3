import { plainName, timeNames } from "../../candles/names.ts";
import { InputError } from "../../errors.ts";
import { escaped, quoted } from "../../text.ts";

const prices = ["open", "high", "low", "close"] as const;
/** What else of a snapshot is read; a column that is missing has empty cells. */
const optional = [
  ...["trend_1h", "trend_15m", "rsi_14", "volume_ratio", "support", "resistance"],
  ...["ema20_1h", "ema50_1h", "atr", "macd_histogram"],
] as const;

type ColumnName = "symbol" | "trend_4h" | (typeof prices)[number] | (typeof optional)[number];

const symbolNames = ["symbol", "pair", "coin", "ticker"];

/** Where a file of snapshots has each column; -1 if it lacks an optional one. */
export interface SnapshotColumns {
  readonly of: Readonly<Record<ColumnName, number>>;
  /** Names as in the file, by place. */
  readonly names: readonly string[];
  readonly time: number;
  /** A day beside a time of day; -1 if there is none. */
  readonly day: number;
  /** Names of columns that are not read. */
  readonly unread: readonly string[];
}

/**
 * The columns of a header that a snapshot knew at its moment. All others are left unread, whatever they hold: the older bot's files also have what
 * it learned afterwards. Throws InputError.
 */
export function snapshotColumns(header: readonly string[], path: string): SnapshotColumns {
  const plain = header.map(plainName);
  for (const [place, name] of plain.entries())
    if (name !== "" && plain.indexOf(name) !== place)
      throw new InputError("SNAPSHOT_COLUMN", "duplicate column in a file of snapshots", {
        where: `${escaped(path)}:1`,
        found: `${quoted(header[place]!)} as columns ${plain.indexOf(name) + 1} and ${place + 1}`,
        expected: "each name once",
        remedy: "remove one of the two",
      });
  const placeOf = (name: string): number => plain.indexOf(plainName(name));
  const symbol = symbolNames.map(placeOf).find((place) => place >= 0) ?? -1;
  const named = [...prices, "trend_4h", ...optional].map((name) => [name, placeOf(name)] as const);
  const of = { symbol, ...Object.fromEntries(named) } as SnapshotColumns["of"];
  const day = placeOf("date");
  const times = timeNames.map((name) => plain.indexOf(name)).filter((place) => place >= 0);
  // A column `date` is the day of a column `time`, or a whole time.
  const time = times.find((place) => place !== day) ?? day;
  const missing = (["symbol", "trend_4h", ...prices] as const).filter((name) => of[name] < 0);
  if (missing.length > 0 || time < 0)
    throw new InputError("SNAPSHOT_COLUMN", "a file of snapshots lacks columns", {
      where: `${escaped(path)}:1`,
      found: quoted(header.join(",")),
      expected: `${[...missing, ...(time < 0 ? ["time"] : [])].join(", ")} as well`,
      remedy: "use the folder of the bot's daily CSV files",
    });
  const read = new Set([...Object.values(of), time, day]);
  const unread = header.filter((name, place) => name.trim() !== "" && !read.has(place));
  return { of, names: header, time, day: time === day ? -1 : day, unread };
}
