import { candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { InputError } from "../errors.ts";
import type { ValidateResult } from "../report/answers.ts";
import { candlesOf, countRows, rowCrosses } from "../search/market.ts";
import { splitTimeOf } from "../search/split.ts";
import { builtInFilters } from "../space/defaults.ts";
import { type JsonFile, openParameters, openSpaces } from "../space/files.ts";
import type { Parameters } from "../space/parameters.ts";
import { checkCeiling } from "./ceiling.ts";
import { type DecidedType, decideTypes } from "./decisionPhase.ts";
import { defaults } from "./defaults.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { holdoutDays } from "./holdoutDays.ts";
import { Intake } from "./intake.ts";
import { NoiseSearches } from "./noiseSearches.ts";
import { requireType } from "./oneType.ts";
import { type Origin, originOf } from "./origin.ts";
import { loadMarket, readNamed } from "./prepare.ts";
import { askAboutSettings } from "./questions.ts";
import { type RunOptions, settingsOf, type ValidateRequest } from "./request.ts";
import { Session } from "./session.ts";
import { phase2Search, phase3Search, type SetSearch, searchAround, type TypeSearch, type Walk } from "./setSearches.ts";
import { judgeType } from "./verdictPhase.ts";
import { walkForwardTypes } from "./walkForwardPhase.ts";

/**
 * Judges one parameter set as `optimize` does, by the same functions on the same data, against the current parameters if given. A set that
 * `optimize` finds is judged by the search that finds it, any other as a suggestion: by the search around it.
 */
export async function validate(request: ValidateRequest, options: RunOptions = {}): Promise<ValidateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkCeiling(request, settings);
  session.say("load", "reading candles and opportunities");
  const file = openParameters(request.paramsFile);
  const currentFile = request.currentFile === undefined ? null : openParameters(request.currentFile);
  const spaceFile = request.spaceFile === undefined ? builtInSpaces : openSpaces(request.spaceFile);
  const core = prepareCore();
  const market = await loadMarket(request, settings, { withVolume: false, onSymbol: session.beat });
  const naming = [file, spaceFile, ...(currentFile ? [currentFile] : [])];
  const {
    table: found,
    featureNames,
    signals,
  } = await readNamed(request, settings, market, naming, session, {
    activations: true,
  });
  await core;
  const type = requireType(found, request.type);
  const intake = new Intake(settings, session, { table: found, featureNames });
  const params = intake.parameters(file, "--params", type);
  const current = currentFile && intake.parameters(currentFile, "--current", type);
  const spaces = spaceFile === builtInSpaces ? intake.builtInSpaces() : intake.spaces(spaceFile);
  const ofType = spaces.get(type);
  if (!ofType)
    throw new InputError("SPACE_TYPES", "the space does not contain the signal type to validate", {
      where: spaceFile.path,
      expected: `${type}, or one object without types`,
    });
  const fingerprint = fingerprintOf("validate", request, { market, found, type, params, current, spaces });
  const origin = await originOf({ session, settings, request, market, found, spaces, type, current }, params);
  const { table, labels, split, longestBars, captured } = origin;
  const { parts, report } = captured;
  const walk: Walk = async (held) => {
    const over = held ? new Map(spaces).set(type, held.space) : spaces;
    const options = { ...request, longestBars, ...(held && { held: new Map([[type, held.held]]) }) };
    return (await walkForwardTypes(session, settings, market, table, labels, over, options)).get(type)!;
  };
  const noise = new NoiseSearches(session, settings, market, {
    ...request,
    table,
    labels,
    training: split.training,
    spaces,
    longestBars,
  });
  const given = { current, suggestions: origin.suggestions };
  const search = { session, settings, market, space: ofType, captured, given, noise, walk };
  const judged = await session.phase("phase4", "judging", () =>
    judgeType(
      {
        session,
        settings,
        market,
        parts,
        splitMs: split.timeMs,
        span: holdoutDays(split.timeMs, market),
        longestBars,
        hindsight: false,
      },
      [
        { name: origin.foundBy, suggestion: null, params, search: searchOf(search, origin, params) },
        ...(current ? [{ name: "current", suggestion: null, params: current, search: null } as const] : []),
      ],
      {
        margin: request.margin ?? defaults.margin,
        confidence: request.confidence ?? defaults.confidence,
        ...(request.maxOpen !== undefined && { maxOpen: request.maxOpen }),
        currentLastUpdateMs: null,
      },
    ),
  );
  const [{ validation, decision }] = decideTypes(
    [{ ...judged, spending: null }],
    request.confidence ?? defaults.confidence,
  ) as [DecidedType];
  const candles = candlesOf(found, market);
  return {
    type,
    objective: settings.objective,
    found_by: origin.foundBy,
    opportunities: parts.count,
    left_out: found.count - table.count,
    crossing_breaks: countRows(found, rowCrosses(found, candles, longestBars)),
    signals,
    split: {
      time: splitTimeOf(split),
      training: parts.training.table.count,
      holdout: parts.holdout.table.count,
      purged: parts.count - parts.training.table.count - parts.holdout.table.count,
    },
    weights: report.weights,
    ...validation,
    decision,
    replays: judged.replays,
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };
}

/** All features that a built-in space may filter on. */
const builtInSpaces: JsonFile = { path: "the built-in space", document: builtInFilters };

function searchOf(search: TypeSearch, { foundBy, profit }: Origin, params: Parameters): SetSearch {
  if (foundBy === "phase3") return phase3Search(search, profit);
  return foundBy === "phase2" ? phase2Search(search) : searchAround(search, params);
}
