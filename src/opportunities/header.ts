import { isIndexName, plainName, timeNames } from "../candles/names.ts";
import { nearest } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { quoted } from "../text.ts";

/** Where a signals file keeps each column; -1 for a missing optional column. */
export interface Header {
  readonly symbol: number;
  readonly timestamp: number;
  readonly direction: number;
  readonly type: number;
  readonly entry: number;
  readonly atr: number;
  readonly exit_time: number;
  readonly penalty: number;
  /** How many columns there are, whatever they hold: a row has as many cells. */
  readonly width: number;
  /** Names as in the file, by place; an index column's is empty. */
  readonly names: readonly string[];
  readonly features: readonly { readonly name: string; readonly place: number }[];
  readonly activations: readonly { readonly name: string; readonly place: number }[];
  /** Which columns were read as what, in words; null if all have Sluice's own names. */
  readonly said: string | null;
}

const required = ["symbol", "timestamp", "direction"] as const;
type Own = (typeof required)[number] | "type" | "entry" | "atr" | "exit_time";
const activationPrefix = "activation_";
export const penaltyColumn = "activation_penalty";
export const labelPrefix = "label_";

/** Other programs' names for the columns, preferred first; used only if Sluice's own name is missing. */
const usual: Readonly<Record<Own, readonly string[]>> = {
  symbol: ["symbol", "pair", "ticker", "coin", "instrument", "market"],
  timestamp: timeNames,
  direction: ["direction", "side", "signal"],
  type: ["type", "signaltype"],
  entry: ["entry", "entryprice", "price"],
  atr: ["atr"],
  exit_time: ["exittime"],
};
/** A second column with a usual name of one already read is not a feature; these few words may be one. */
const maybeFeatures = ["t", "day", "start"];
const secondSpellings = new Set([
  ...timeNames.filter((name) => !maybeFeatures.includes(name)),
  "pair",
  "ticker",
  "coin",
  "exittime",
]);

/** Sorts a file's columns; labels are ignored, since a filter on them would use the future. `where` is the header's file and line. */
export function readHeader(names: readonly string[], where: string): Header {
  const trimmed = names.map((name, place) => (place === 0 && isIndexName(name) ? "" : name.trim()));
  checkNames(trimmed, where);
  const places = placesOf(trimmed);
  const taken = new Set(Object.values(places));
  const extra = trimmed
    .map((name, place) => ({ name, place }))
    .filter(({ name, place }) => name !== "" && !taken.has(place) && !name.startsWith(labelPrefix))
    .filter(({ name }) => !secondSpellings.has(plainName(name)));
  const missing = required.filter((name) => places[name] < 0);
  if (missing.length > 0) throw lacking(missing, trimmed, extra, where);
  return {
    ...places,
    penalty: trimmed.indexOf(penaltyColumn),
    width: trimmed.length,
    names: trimmed,
    features: extra.filter(({ name }) => !name.startsWith(activationPrefix)),
    activations: extra
      .filter(({ name }) => name.startsWith(activationPrefix) && name !== penaltyColumn)
      .map(({ name, place }) => ({ name: name.slice(activationPrefix.length), place })),
    said: saidOf(trimmed, places),
  };
}

function checkNames(trimmed: readonly string[], where: string): void {
  for (const [place, name] of trimmed.entries()) {
    if (name === "" && place > 0)
      throw new InputError("TABLE_COLUMN", "a column has no name", {
        where,
        found: `column ${place + 1} has none`,
        expected: "a name for every column; only a first column that is an index may have none",
        remedy: "name the column or leave it out",
      });
    if (trimmed.indexOf(name) !== place)
      throw new InputError("TABLE_COLUMN", "duplicate column", {
        where,
        found: `${quoted(name)} as columns ${trimmed.indexOf(name) + 1} and ${place + 1}`,
        expected: "each name once",
        remedy: "rename one of the two or leave it out",
      });
  }
}

/** Sluice's own names win over others, whatever their order; an unnamed first column is the time if no other is. */
function placesOf(trimmed: readonly string[]): Record<Own, number> {
  const plain = trimmed.map((name) =>
    name.startsWith(activationPrefix) || name.startsWith(labelPrefix) ? "" : plainName(name),
  );
  const placeOf = (own: string): number => {
    const exact = trimmed.indexOf(own);
    if (exact >= 0) return exact;
    const name = usual[own as Own].find((each) => plain.includes(each));
    return name === undefined ? -1 : plain.indexOf(name);
  };
  const places = Object.fromEntries(Object.keys(usual).map((own) => [own, placeOf(own)])) as Record<Own, number>;
  if (places.timestamp < 0 && trimmed[0] === "") places.timestamp = 0;
  return places;
}

function saidOf(trimmed: readonly string[], places: Record<Own, number>): string | null {
  const renamed = Object.entries(places)
    .filter(([own, place]) => place >= 0 && trimmed[place] !== own)
    .map(([own, place]) => `${trimmed[place] === "" ? "the unnamed first column" : quoted(trimmed[place]!)} as ${own}`);
  return renamed.length === 0 ? null : `read ${renamed.join(", ")}`;
}

function lacking(
  missing: readonly Own[],
  trimmed: readonly string[],
  extra: readonly { readonly name: string }[],
  where: string,
): InputError {
  const hints = missing.flatMap((own) => {
    const similar = nearest(
      own,
      extra.map(({ name }) => name),
    );
    return similar === null ? [] : [`${own}: did you mean ${quoted(similar)}?`];
  });
  const remedy = "name the columns in the first line, separated by commas";
  return new InputError("TABLE_HEADER", `columns missing from the header: ${missing.join(", ")}`, {
    where,
    found: quoted(trimmed.join(",")),
    expected: "symbol,timestamp,direction,type,entry,atr and feature columns",
    remedy: hints.length > 0 ? `${hints.join(" ")} Otherwise ${remedy}` : remedy,
  });
}
