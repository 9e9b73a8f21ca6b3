import { quoted } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";

/** Where a signals file keeps what. -1 for an optional column that is not there. */
export interface Header {
  readonly symbol: number;
  readonly timestamp: number;
  readonly direction: number;
  readonly type: number;
  readonly entry: number;
  readonly atr: number;
  readonly penalty: number;
  /** How many columns there are, whatever they hold: a row has as many cells. */
  readonly width: number;
  readonly features: readonly { readonly name: string; readonly place: number }[];
  readonly activations: readonly { readonly name: string; readonly place: number }[];
}

const required = ["symbol", "timestamp", "direction"] as const;
const own = [...required, "type", "entry", "atr"];
const activationPrefix = "activation_";
export const penaltyColumn = "activation_penalty";
export const labelPrefix = "label_";

/** Sorts a file's columns; labels are left aside, since a filter on them would know the future. `where` is the header's file and line. */
export function readHeader(names: readonly string[], where: string): Header {
  const trimmed = names.map((name) => name.trim());
  const fail = (code: string, rule: string, found: string, expected: string, remedy: string): InputError =>
    new InputError(code, rule, { where, found, expected, remedy });
  for (const [place, name] of trimmed.entries()) {
    if (name === "")
      throw fail(
        "TABLE_COLUMN",
        "every column has a name",
        `column ${place + 1} has none`,
        "a name a column",
        "name the column or leave it out",
      );
    if (trimmed.indexOf(name) !== place)
      throw fail(
        "TABLE_COLUMN",
        "a column stands once",
        `${quoted(name)} as columns ${trimmed.indexOf(name) + 1} and ${place + 1}`,
        "each name once",
        "rename one of the two or leave it out",
      );
  }
  const missing = required.filter((name) => !trimmed.includes(name));
  if (missing.length > 0)
    throw fail(
      "TABLE_HEADER",
      `the header lacks ${missing.join(", ")}`,
      quoted(trimmed.join(",")),
      "symbol,timestamp,direction,type,entry,atr and feature columns",
      "name the columns in the first line, in lower case, with commas between them",
    );
  const places = trimmed.map((name, place) => ({ name, place }));
  const extra = places.filter(({ name }) => !own.includes(name) && !name.startsWith(labelPrefix));
  return {
    symbol: trimmed.indexOf("symbol"),
    timestamp: trimmed.indexOf("timestamp"),
    direction: trimmed.indexOf("direction"),
    type: trimmed.indexOf("type"),
    entry: trimmed.indexOf("entry"),
    atr: trimmed.indexOf("atr"),
    penalty: trimmed.indexOf(penaltyColumn),
    width: trimmed.length,
    features: extra.filter(({ name }) => !name.startsWith(activationPrefix)),
    activations: extra
      .filter(({ name }) => name.startsWith(activationPrefix) && name !== penaltyColumn)
      .map(({ name, place }) => ({ name: name.slice(activationPrefix.length), place })),
  };
}
