import { namesSameMarket } from "../../config/symbolBlocks.ts";
import { unitOf } from "../../run/groups/keyed.ts";
import type { ConfigRun } from "../../run/results.ts";
import { isBelievable } from "../../validation/believable.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { cutEnd, padEnd, padStart, paragraph, shorten, widthOf } from "../lines.ts";
import { type NowRow, namesOf, togetherRow, typeRows } from "./nowTable.ts";
import type { Look } from "./parts.ts";

/** Columns of the name of a group, with the type's where there are several. */
const labelWidth = 24;

/** The groups of a run that changed or are notable, one line each in at most `most` lines, and how many others there are. */
export function groupTable(runs: readonly ConfigRun[], { paint, width, texts = en }: Look, most: number): string[] {
  const { table } = texts;
  const labels = labelsOf(runs);
  const names = namesOf(runs);
  const rows = runs
    .flatMap((run, k) => typeRows(run, names[k]!, texts))
    .map((row, k) => ({ ...row, label: shorten(labels[k]!, labelWidth) }));
  const together = runs
    .flatMap((run, k) => togetherRow(run, names[k]!, texts))
    .map((row) => ({ ...row, label: shorten(row.label, labelWidth) }));
  const places = runs.flatMap((run) => Object.keys(run.decision).map((key) => placeOf(run, key)));
  const ordered = [...rows.keys()]
    .filter((k) => places[k]! < unnotable)
    .sort((a, b) => places[a]! - places[b]! || a - b);
  const room = Math.max(1, most - 1 - together.length);
  const shown = ordered.length === room + 1 && rows.length === ordered.length ? ordered : ordered.slice(0, room);
  const listed = [...shown.map((k) => rows[k]!), ...together];
  const first = Math.max(0, ...listed.map(({ label }) => widthOf(label)));
  const cells = ({ now, proposed }: Pick<NowRow, "now" | "proposed">, label: string): string =>
    `${padEnd(label, first)}  ${padStart(now, 9)}  ${padStart(proposed, 9)}   `;
  const rest = rows.length - shown.length;
  const header = paint.dim(`${cells(table, "")}${table.decision}`);
  return [
    ...(listed.length > 0 ? [header] : []),
    ...listed.map((row) => {
      const line = cells(row, row.label);
      return line.replace(row.label, paint.bold(row.label)) + cutEnd(row.decision, width - widthOf(line));
    }),
    ...(rest > 0 ? paragraph("", texts.outcome.groupsAsBefore(rest), width).map(paint.dim) : []),
  ];
}

/** A group's name, with its config's and its type's where there are several. */
function labelsOf(runs: readonly ConfigRun[]): string[] {
  const names = namesOf(runs);
  const units = runs.flatMap((run, k) =>
    Object.keys(run.decision).map((key) => ({ key, config: names[k]!, unit: unitOf(run, key) })),
  );
  const hasTypes = new Set(units.map(({ unit }) => unit?.type)).size > 1;
  return units.map(({ key, config, unit }) => {
    const own = unit ? `${unit.group}${hasTypes ? ` ${unit.type}` : ""}` : key;
    return config === "" ? own : `${shorten(config, Math.max(6, labelWidth - widthOf(own) - 1))} ${own}`;
  });
}

/** From this place on a group is only counted. */
const unnotable = 4;

/** What should be read first: what changes, what a challenger may change, what should pause, and what was trusted and yet not clearly better. */
function placeOf(run: ConfigRun, key: string): number {
  const { advice, challenger } = run.decision[key]!;
  if (advice === "apply") return 0;
  if (challenger) return 1;
  if (advice === "pause") return 2;
  return isBelievable(run.phase4.types[key]?.verdict ?? "SKIPPED") ? 3 : unnotable;
}

/** Parameters of a type in a group whose value changes for one of its symbols. */
export function changedInGroup(run: ConfigRun, key: string): number {
  const unit = unitOf(run, key);
  if (!unit) return 0;
  const { symbols } = run.groups![unit.group]!;
  const names = new Set<string>();
  for (const { path } of run.diff?.entries ?? []) {
    const [symbol, name] = parted(path, unit.type);
    if (name !== undefined && symbols.some((each) => namesSameMarket(each, symbol!))) names.add(name);
  }
  return names.size;
}

/** Symbols of which no parameter changes. */
export function symbolsAsBefore(run: ConfigRun): number {
  const changed = new Set(
    Object.keys(run.decision).flatMap((key) => (changedInGroup(run, key) > 0 ? [unitOf(run, key)!.group] : [])),
  );
  return Object.entries(run.groups ?? {}).reduce(
    (sum, [name, { symbols }]) => sum + (changed.has(name) ? 0 : symbols.length),
    0,
  );
}

/** The symbol and the parameter of a path such as `per_symbol.SOLUSDT.swing_params.min_x`; a symbol may have dots. */
function parted(path: string, type: string): string[] {
  const [before, name] = path.split(`.${type}_params.`);
  return name !== undefined && before!.startsWith("per_symbol.") ? [before!.slice("per_symbol.".length), name] : [];
}

/** Some names, of which a line has room for two. */
export function fewNames(names: readonly string[], { list, outcome }: Texts): string {
  return names.length <= 3 ? names.join(list) : [...names.slice(0, 2), outcome.more(names.length - 2)].join(list);
}
