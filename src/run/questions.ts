import type { ObjectiveFlags, OpportunityTable } from "../opportunities/table.ts";
import { exitKeyOf } from "../space/exits.ts";
import { filterNameOf, passesFilter } from "../space/filters.ts";
import type { Filter, ParameterValue, Space } from "../space/parameters.ts";
import { figure } from "../words/figures.ts";
import { rowsOfType } from "./oneType.ts";
import type { Settings } from "./request.ts";
import type { Session } from "./session.ts";

/*
 * Values that look like a mistake in the unit raise a warning, once, that names the flag: they may be intended.
 */

/** Costs per side above this are rarely intended. */
const largestCost = 0.01;
/** ATRs; a closer stop is within the noise of a single bar. */
const nearestStop = 0.3;
const largestObjectiveShare = 0.9;
/** With fewer opportunities a share means nothing. */
const fewestOpportunities = 10;

const percent = (fraction: number): string => `${Math.round(fraction * 1e6) / 1e4}%`;

/** Warns about unlikely costs and an unlikely minimum profit. */
export function askAboutSettings({ rules, minProfit }: Settings, session: Session): void {
  for (const [flag, code, value] of [
    ["--fee", "FEE_UNIT", rules.fee],
    ["--slippage", "SLIPPAGE_UNIT", rules.slippage],
  ] as const)
    if (value > largestCost)
      session.warn(
        code,
        `${flag} ${value} means ${percent(value)} per side: it is a fraction, so 0.0005 is 0.05%. Is that intended?`,
      );
  if (minProfit > 1)
    session.warn(
      "MIN_PROFIT_UNIT",
      `minProfit ${minProfit} (--min-profit) means a gain of ${percent(minProfit)}: in the library it is a fraction, so 0.08 is 8%. Is that intended?`,
    );
}

/** Warns about stops that any bar reaches. `where` names the flag and the file. */
export function askAboutStops(stops: readonly ParameterValue[] | undefined, where: string, session: Session): void {
  const near = (stops ?? []).filter((stop) => typeof stop === "number" && stop < nearestStop);
  if (near.length > 0)
    session.warn(
      "STOP_UNIT",
      `atr_stop_multiplier ${near.join(", ")} in ${where}: stops are multiples of ATR, and a stop below ${nearestStop} ATR is within the noise of a bar. Is that intended?`,
    );
}

/** Percent of entry; less than this is below what any trade costs. */
const leastPercent = 0.1;

/** Warns about levels in percent that look like fractions, and about stops that a long can never reach. `where` names the flag and the file. */
export function askAboutPercents(space: Space, where: string, session: Session): void {
  for (const [name, values] of Object.entries(space)) {
    if (name !== "roi" && (!exitKeyOf(name) || !name.endsWith("_percent") || name === "break_even_offset_percent"))
      continue;
    const given = values.flatMap((value): unknown[] => (typeof value === "object" ? Object.values(value) : [value]));
    const positive = given.filter((value): value is number => typeof value === "number" && value > 0);
    const largest = Math.max(0, ...positive);
    if (positive.length > 0 && largest < leastPercent)
      session.warn(
        "PERCENT_UNIT",
        `${name} ${positive.join(", ")} in ${where}: levels are percentages of the entry, 4 is 4%. Is this intended?`,
      );
    if (name === "stop_loss_percent" && largest >= 100)
      session.warn(
        "PERCENT_UNIT",
        `${name} ${largest} in ${where}: a long never loses more than 100%. Is this intended?`,
      );
  }
}

/** Warns about a minimum profit that nearly every opportunity reaches. */
export function askAboutLabels({ objective }: ObjectiveFlags, settings: Settings, session: Session): void {
  let reached = 0;
  for (const flag of objective) reached += flag;
  askAboutObjectives(reached, objective.length, settings, session);
}

/** The same, if they were counted already. */
export function askAboutObjectives(
  reached: number,
  opportunities: number,
  { minProfit, lookaheadHours }: Settings,
  session: Session,
): void {
  if (opportunities < fewestOpportunities || reached <= largestObjectiveShare * opportunities) return;
  session.warn(
    "OBJECTIVE_SHARE",
    `${reached} of ${opportunities} opportunities gain ${percent(minProfit)} within ${lookaheadHours} hours (--min-profit, --lookahead): a label that nearly all have is useless. Is that intended?`,
  );
}

/** Warns about filters that reject every opportunity of a type. `where` names the flag and the file. */
export function askAboutFilters(
  space: Space,
  table: OpportunityTable,
  type: string | null,
  where: string,
  session: Session,
): void {
  const rows = type === null ? Uint32Array.from({ length: table.count }, (_, row) => row) : rowsOfType(table, type);
  if (rows.length === 0) return;
  for (const [parameter, candidates] of Object.entries(space)) {
    const name = filterNameOf(parameter);
    // A score is recomputed from activations, with weights still to be chosen.
    if (!name || (name.feature === "signal_score" && table.activations)) continue;
    const column = table.features[table.featureNames.indexOf(name.feature)];
    if (!column) continue;
    const rejecting = candidates.filter(
      (candidate) => !rows.some((row) => passesFilter(name.kind, candidate, column[row]!)),
    );
    if (rejecting.length > 0)
      session.warn(
        "FILTER_REJECTS_ALL",
        `${parameter} ${rejecting.map((candidate) => JSON.stringify(candidate)).join(", ")} in ${where} rejects all ${rows.length} opportunities${type === null ? "" : ` of type ${type}`} (${valuesOf(name.kind, column, rows)}). Is that intended?`,
      );
  }
}

/**
 * Warns about filters of the user's own signals that reject nothing: the signals may have been exported with a threshold of the strategy's own in
 * force, and what it rejected is missing from them.
 */
export function askAboutLooseness(
  space: Space,
  table: OpportunityTable,
  type: string,
  where: string,
  session: Session,
): void {
  const rows = rowsOfType(table, type);
  if (rows.length < fewestOpportunities || table.activations) return;
  for (const [parameter, candidates] of Object.entries(space)) {
    const name = filterNameOf(parameter);
    const column = name && table.features[table.featureNames.indexOf(name.feature)];
    if (!name || !column) continue;
    const idle = candidates.filter((candidate) =>
      rows.every((row) => passesFilter(name.kind, candidate, column[row]!)),
    );
    // One that rejects nothing is the loosest; two would reject something different if the signals were complete.
    if (idle.length === candidates.length || idle.length > 1)
      session.warn(
        "FILTER_REJECTS_NOTHING",
        `${parameter} ${idle.map((candidate) => JSON.stringify(candidate)).join(", ")} in ${where} rejects none of the ${rows.length} signals (${valuesOf(name.kind, column, rows)}). If the strategy has this threshold, export its signals with the threshold at its loosest: what it rejected is missing`,
      );
  }
}

function valuesOf(kind: Filter["kind"], column: Float64Array, rows: Uint32Array): string {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const row of rows) {
    const value = column[row]!;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return "every cell is empty";
  return kind === "require" ? "every value is 0" : `values from ${figure(least)} to ${figure(most)}`;
}
