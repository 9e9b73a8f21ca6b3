import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { defaultSpace } from "../space/defaults.ts";

import { flaggedWhere, type JsonFile, parametersIn, spacesIn, suggestionsIn } from "../space/documents.ts";

import { type RoundedHolding, withWholeHolding, withWholeHoldings } from "../space/holding.ts";
import { asSpace, type Parameters, type ParameterValue, type Space } from "../space/parameters.ts";
import { placeText, within } from "../space/where.ts";
import { askAboutFilters, askAboutLooseness, askAboutPercents, askAboutStops } from "./questions.ts";
import type { Settings } from "./request.ts";
import type { Session } from "./session.ts";

/** The opportunities that filters refer to: a table, and all features of its file, read or not. */
export interface IntakeTable {
  readonly table: OpportunityTable;
  readonly featureNames: readonly string[];
}

/**
 * Entry point of spaces and parameter sets: holding times are rounded to whole candles, so that what is ranked is what is shown and
 * saved, and values that look like mistakes raise a warning.
 */
export class Intake {
  constructor(
    private readonly settings: Settings,
    private readonly session: Session,
    private readonly known: IntakeTable,
  ) {}

  /** Spaces by type of a file, for those types that the opportunities have; `only` looks at that type's alone. */
  spaces(file: JsonFile, only?: string): Map<string, Space> {
    const { table, featureNames } = this.known;
    const spaces = spacesIn(file, table.types, featureNames);
    const isTypeless = new Set(spaces.values()).size === 1 && spaces.size > 1;
    const entered = [...spaces].filter(([type]) => only === undefined || type === only);
    return new Map(
      entered.map(([type, space]) => {
        const whole = flaggedWhere(file, "--space");
        const where = placeText(isTypeless ? whole : within(whole, type));
        askAboutStops(space["atr_stop_multiplier"], where, this.session);
        askAboutPercents(space, where, this.session);
        this.requireExitSignals(space["use_exit_signal"], where);
        askAboutFilters(space, table, type, where, this.session);
        askAboutLooseness(space, table, type, where, this.session);
        return [type, this.whole(space, where)];
      }),
    );
  }

  /** The built-in space of every type. */
  builtInSpaces(): Map<string, Space> {
    const { table, featureNames } = this.known;
    return new Map(
      table.types.map((type) => [type, this.whole(defaultSpace(type, featureNames), `the built-in space, ${type}`)]),
    );
  }

  /** The one set of a file. `flag` names it; `type` is whose opportunities it is for, null for all. */
  parameters(file: JsonFile, flag: "--params" | "--current", type: string | null): Parameters {
    const where = placeText(flaggedWhere(file, flag));
    const params = this.set(parametersIn(file, this.known.featureNames), where);
    askAboutFilters(asSpace(params), this.known.table, type, where, this.session);
    return params;
  }

  /** Every set of a file of suggestions. */
  suggestions(file: JsonFile): Parameters[] {
    const where = placeText(flaggedWhere(file, "--suggest"));
    return suggestionsIn(file, this.known.featureNames).map((params) => this.set(params, where));
  }

  /** A set from any source, checked; `where` names the source. */
  set(params: Parameters, where: string): Parameters {
    askAboutStops("atr_stop_multiplier" in params ? [params["atr_stop_multiplier"]!] : [], where, this.session);
    askAboutPercents(asSpace(params), where, this.session);
    this.requireExitSignals("use_exit_signal" in params ? [params["use_exit_signal"]!] : [], where);
    const { params: held, rounded } = withWholeHolding(params, this.settings.timeframeMs);
    this.tellOf(rounded, where);
    return held;
  }

  /** Says which of a bot's current parameters take no part, so that what it makes now is not quite what it makes. */
  tellOfUnsearched(keys: readonly string[], where: string): void {
    if (keys.length === 0) return;
    this.session.warn(
      "CURRENT_PARTIAL",
      `the current set is compared without ${keys.join(", ")} of ${where}: the space does not have ${keys.length === 1 ? "it" : "them"}`,
    );
  }

  /** Refuses to leave by exit signals where the opportunities bring none. */
  private requireExitSignals(values: readonly ParameterValue[] | undefined, where: string): void {
    if (!values?.includes(true) || this.known.table.exitBars) return;
    throw new InputError("EXIT_SIGNALS", "the opportunities have no exit signals", {
      where: `${where}, use_exit_signal`,
      found: "true, but no column exit_time",
      expected: "signals of your own with a column exit_time",
      remedy: "add the column to your signals file, or leave use_exit_signal out",
    });
  }

  private whole(space: Space, where: string): Space {
    const { space: held, rounded } = withWholeHoldings(space, this.settings.timeframeMs, where);
    this.tellOf(rounded, where);
    return held;
  }

  private tellOf(rounded: readonly RoundedHolding[], where: string): void {
    if (rounded.length === 0) return;
    const said = rounded.map(({ hours, held }) =>
      held === null ? `${hours} is less than half a candle and is dropped` : `${hours} becomes ${held}`,
    );
    this.session.warn(
      "HOLDING_ROUNDED",
      `max_holding_hours in ${where} is rounded to whole ${formatTimeframe(this.settings.timeframeMs)} candles: ${said.join(", ")}`,
    );
  }
}
