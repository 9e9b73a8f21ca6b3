import type { ConfigDocument } from "../config/document.ts";
import { openParameters, openSuggestions } from "../space/files.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { checkFreqtradeSpaces } from "./freqtrade.ts";
import { currentGiven, spaceGiven, spaceWords, suggestionsGiven } from "./given.ts";
import { type SymbolCurrents, symbolCurrents } from "./groups/groupCurrents.ts";
import { type Groups, groupsAmong } from "./groups/groupsGiven.ts";
import { horizonOf } from "./horizon.ts";
import { Intake } from "./intake.ts";
import type { OptimizeCall } from "./optimizeCall.ts";
import type { Prepared } from "./prepare.ts";
import { askAboutLabels } from "./questions.ts";
import { currentParameters, givenCurrent, spacesOf } from "./spaces.ts";

/** A config with its current parameters by type. */
export interface ConfigInput {
  /** Null if the run has no config: then the current parameters, if there are any, are those of the request. */
  readonly document: ConfigDocument | null;
  readonly current: ReadonlyMap<string, Parameters>;
  /** In a run by groups: what symbols have of their own in place of `current`. */
  readonly bySymbol?: SymbolCurrents;
}

/** The input of a run's searches. */
export interface Inputs {
  readonly spaces: Spaces;
  readonly suggestions: readonly Parameters[];
  /** At least one: a run without configs has one without a document. */
  readonly configs: readonly ConfigInput[];
  /** Longest holding time in bars that any phase will try. */
  readonly longestBars: number;
  /** Fingerprint of the call and everything that was read. */
  readonly fingerprint: string;
  /** The same without what does not make it a different look at the hold-out: whether it saves, and other data that it looks at. */
  readonly lookFingerprint: string;
  /** Null if all symbols share their parameters. */
  readonly groups: Groups | null;
}

/** Reads the spaces, suggestions and current parameters that a call names. Throws InputError. */
export function readInputs(call: OptimizeCall, prepared: Prepared): Inputs {
  const { request, settings, session, configs } = call;
  const { market, table: found, labels } = prepared;
  askAboutLabels(labels, settings, session);
  const intake = new Intake(settings, session, { table: found, featureNames: found.featureNames });
  const spaces = spacesOf(spaceGiven(request), found, intake);
  const groups = groupsOf(call, prepared);
  const suggested = suggestionsGiven(request);
  const suggestions = suggested === undefined ? [] : intake.suggestions(openSuggestions(suggested));
  checkFreqtradeSpaces(configs, spaces, suggestions, spaceWords(request));
  const known = currentGiven(request);
  const inputs: ConfigInput[] = configs.map((document) => ({
    document,
    current: currentParameters(document, spaces, found.featureNames, intake),
    ...(groups && { bySymbol: symbolCurrents(document, groupedSymbols(groups), spaces, found.featureNames, intake) }),
  }));
  if (known !== undefined)
    inputs.push({ document: null, current: givenCurrent(openParameters(known, "current"), spaces, found, intake) });
  const read = {
    market,
    found,
    spaces,
    suggestions,
    configs: inputs.map(({ document, current }) => [current, document?.lastUpdateMs() ?? null]),
    ...(groups && { groups, bySymbol: inputs.map(({ bySymbol }) => bySymbol ?? null) }),
  };
  const look = { ...request, dryRun: undefined, strict: undefined, allowStale: undefined, policy: undefined };
  const ofSymbols = inputs.flatMap(({ bySymbol }) =>
    [...(bySymbol?.values() ?? [])].flatMap((own) => [...own.values()]),
  );
  const sets = [...inputs.flatMap(({ current }) => [...current.values()]), ...ofSymbols, ...suggestions];
  return {
    spaces,
    suggestions,
    configs: inputs.length > 0 ? inputs : [{ document: null, current: new Map() }],
    longestBars: horizonOf(spaces, sets, settings),
    fingerprint: fingerprintOf("optimize", request, read),
    groups,
    lookFingerprint: configs.length > 0 ? fingerprintOf("optimize", look, read) : "",
  };
}

/** The groups of a call among the symbols of its market; null without. Symbols that are in none are named. Throws InputError. */
function groupsOf({ groups: option, session }: OptimizeCall, { market }: Prepared): Groups | null {
  if (option === null) return null;
  const groups = groupsAmong(option, [...market.bySymbol.keys()]);
  const { ungrouped } = groups;
  if (ungrouped.length > 0)
    session.warn("UNGROUPED_SYMBOLS", `these symbols are in no group and keep what they have: ${ungrouped.join(", ")}`);
  return groups;
}

const groupedSymbols = ({ groups }: Groups): string[] => groups.flatMap(({ symbols }) => symbols);
