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
  readonly features: readonly { readonly name: string; readonly place: number }[];
  readonly activations: readonly { readonly name: string; readonly place: number }[];
}

const required = ["symbol", "timestamp", "direction"] as const;
const own = [...required, "type", "entry", "atr"];
const activationPrefix = "activation_";
export const penaltyColumn = "activation_penalty";
export const labelPrefix = "label_";

/** Sorts a file's columns; labels are left aside, since a filter on them would know the future. */
export function readHeader(names: readonly string[], where: string): Header {
  const trimmed = names.map((name) => name.trim());
  const fail = (code: string, rule: string, found: string, expected: string): InputError =>
    new InputError(code, rule, { where: `${where}:1`, found, expected });
  for (const [place, name] of trimmed.entries()) {
    if (name === "")
      throw fail("TABLE_COLUMN", "every column needs a name", `column ${place + 1} has none`, "a name a column");
    if (trimmed.indexOf(name) !== place)
      throw fail("TABLE_COLUMN", "a column stands twice", quoted(name), "each column once");
  }
  const missing = required.filter((name) => !trimmed.includes(name));
  if (missing.length > 0)
    throw fail(
      "TABLE_HEADER",
      `the header lacks ${missing.join(", ")}`,
      quoted(trimmed.join(",")),
      "symbol,timestamp,direction,type,entry,atr and feature columns",
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
    features: extra.filter(({ name }) => !name.startsWith(activationPrefix)),
    activations: extra
      .filter(({ name }) => name.startsWith(activationPrefix) && name !== penaltyColumn)
      .map(({ name, place }) => ({ name: name.slice(activationPrefix.length), place })),
  };
}
