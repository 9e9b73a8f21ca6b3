import type { ConfigDocument } from "../config/document.ts";
import { openParameters, openSuggestions } from "../space/files.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { checkFreqtradeSpaces } from "./freqtrade.ts";
import { currentGiven, spaceGiven, spaceWords, suggestionsGiven } from "./given.ts";
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
}

/** Reads the spaces, suggestions and current parameters that a call names. Throws InputError. */
export function readInputs({ request, settings, session, configs }: OptimizeCall, prepared: Prepared): Inputs {
  const { market, table: found, labels } = prepared;
  askAboutLabels(labels, settings, session);
  const intake = new Intake(settings, session, { table: found, featureNames: found.featureNames });
  const spaces = spacesOf(spaceGiven(request), found, intake);
  const suggested = suggestionsGiven(request);
  const suggestions = suggested === undefined ? [] : intake.suggestions(openSuggestions(suggested));
  checkFreqtradeSpaces(configs, spaces, suggestions, spaceWords(request));
  const known = currentGiven(request);
  const inputs: ConfigInput[] = configs.map((document) => ({
    document,
    current: currentParameters(document, spaces, found.featureNames, intake),
  }));
  if (known !== undefined)
    inputs.push({ document: null, current: givenCurrent(openParameters(known, "current"), spaces, found, intake) });
  const read = {
    market,
    found,
    spaces,
    suggestions,
    configs: inputs.map(({ document, current }) => [current, document?.lastUpdateMs() ?? null]),
  };
  const look = { ...request, dryRun: undefined, strict: undefined, allowStale: undefined, policy: undefined };
  const sets = [...inputs.flatMap(({ current }) => [...current.values()]), ...suggestions];
  return {
    spaces,
    suggestions,
    configs: inputs.length > 0 ? inputs : [{ document: null, current: new Map() }],
    longestBars: horizonOf(spaces, sets, settings),
    fingerprint: fingerprintOf("optimize", request, read),
    lookFingerprint: configs.length > 0 ? fingerprintOf("optimize", look, read) : "",
  };
}
