import type { Market } from "../candles/candles.ts";
import { candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { mostBlocks } from "../core/sweepPlan.ts";
import { InputError } from "../errors.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import type { ValidateResult } from "../report/answers.ts";
import { barsHeldAtMost, candlesOf, countRows, overMsOf, rowCrosses, rowFits } from "../search/market.ts";
import { searchTable } from "../search/searchTable.ts";
import { splitRows, splitTimeOf } from "../search/split.ts";
import { fineFactors, spaceAround } from "../search/stages.ts";
import { builtInFilters } from "../space/defaults.ts";
import { exitOf } from "../space/exits.ts";
import { type JsonFile, openParameters, openSpaces } from "../space/files.ts";
import { type HeldSpace, holding } from "../space/held.ts";
import type { Parameters } from "../space/parameters.ts";
import { blocksOf } from "../validation/blocks.ts";
import type { Trials } from "../validation/trialTests.ts";
import { withChosenWeights } from "./capturePhase.ts";
import { checkCeiling } from "./ceiling.ts";
import { defaults } from "./defaults.ts";
import type { LastSearch } from "./evidence.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { horizonOf } from "./horizon.ts";
import { Intake } from "./intake.ts";
import { NoiseSearches } from "./noiseSearches.ts";
import { requireType } from "./oneType.ts";
import { loadMarket, readNamed } from "./prepare.ts";
import { studiedSets, trialsOf } from "./profitPhase.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type RunOptions, type Settings, settingsOf, type ValidateRequest } from "./request.ts";
import { Session } from "./session.ts";
import { type TypeParts, typePartsOf } from "./typeParts.ts";
import { judgeType } from "./verdictPhase.ts";
import { walkForwardTypes } from "./walkForwardPhase.ts";

/**
 * Judges one parameter set, as `optimize` judges its winner, against the current parameters where given: under the score weights that
 * `optimize` would choose, and with every type in the split and the walk-forward windows. Its last search is the one that
 * `optimize` ends with, around this set.
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
  const market = await loadMarket(request, settings, { withVolume: false });
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
    throw new InputError("SPACE_TYPES", "the space does not name the type that is to be judged", {
      where: spaceFile.path,
      expected: `${type}, or one object without types`,
    });
  const { space, held } = holding(ofType, params);
  const searched = new Map(spaces).set(type, space);
  // What `optimize` would try of this space, or more where the sets or the search around the first last longer.
  const sets = [held.includes(holdingKey) ? params : stretched(params), ...(current ? [current] : [])];
  const longestBars = Math.max(
    horizonOf(searched, [], settings),
    ...sets.map((set) => barsHeldAtMost(exitOf(set), settings.rules, settings.timeframeMs)),
  );
  const fingerprint = fingerprintOf("validate", request, { market, found, type, params, current, spaces });
  const candles = candlesOf(found, market);
  const crossing = countRows(found, rowCrosses(found, candles, longestBars));
  const table = keepRows(found, rowFits(found, candles, longestBars));
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  const split = splitRows(table, overMsOf(table, candles, longestBars, settings.lookaheadBars));
  const { weights, parts } = withChosenWeights(typePartsOf(type, table, labels, split));
  const { last, trials } = await session.phase("phase3", "searching around the set", async () =>
    lastSearchAround(session, settings, market, parts, { space, held }, params),
  );
  const walked = await session.phase("phase4", "walking forward", () =>
    walkForwardTypes(session, settings, market, table, labels, searched, {
      longestBars,
      held: new Map([[type, held]]),
      ...(request.rolling !== undefined && { rolling: request.rolling }),
    }),
  );
  const noise = new NoiseSearches(session, settings, market, {
    table,
    labels,
    training: split.training,
    spaces: searched,
    held: new Map([[type, held]]),
    longestBars,
  });
  const { validation, replays } = await session.phase("phase4", "judging", () =>
    judgeType(
      session,
      settings,
      market,
      parts,
      { phase3: params, phase2: null, current },
      {
        splitMs: split.timeMs,
        margin: request.margin ?? defaults.margin,
        ...(request.maxOpen !== undefined && { maxOpen: request.maxOpen }),
        currentLastUpdateMs: null,
        hindsight: false,
        longestBars,
        last,
        trials,
        selection: (found) => noise.selection(type, found, { current: null, suggestions: [] }),
        walkForward: walked.get(type)!,
      },
    ),
  );
  return {
    type,
    objective: settings.objective,
    opportunities: parts.count,
    left_out: found.count - table.count,
    crossing_breaks: crossing,
    signals,
    split: {
      time: splitTimeOf(split),
      training: parts.training.table.count,
      holdout: parts.holdout.table.count,
      purged: parts.count - parts.training.table.count - parts.holdout.table.count,
    },
    weights,
    ...validation,
    replays,
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };
}

const holdingKey = "max_holding_hours";

/** A set with the longest holding time that the search around it tries. */
function stretched(params: Parameters): Parameters {
  return { ...params, [holdingKey]: exitOf(params).holdingHours * Math.max(...fineFactors) };
}

/** Names every feature that a built-in space may filter on. */
const builtInSpaces: JsonFile = { path: "the built-in space", document: builtInFilters };

/** The sets around one as phase 3's last search would try them, and the best of them; null where none could be ranked. */
function lastSearchAround(
  session: Session,
  settings: Settings,
  market: Market,
  { training: { table, labels } }: TypeParts,
  { space, held }: HeldSpace,
  params: Parameters,
): { last: LastSearch | null; trials: Trials | null } {
  const around = spaceAround(space, params, fineFactors, settings.timeframeMs, held);
  const blockOfRow = blocksOf(table.timestampMs, mostBlocks);
  const outcome = searchTable({
    table,
    labels,
    market,
    space: around,
    rules: settings.rules,
    objective: settings.objective,
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    top: 1,
    study: { blockOfRow, sets: studiedSets },
    memoryBytes: settings.memoryBytes,
    threads: settings.threads,
    onTile: session.checkAborted,
  });
  session.noteLinearMemory(outcome.engine.linear_memory_bytes);
  const best = outcome.top[0];
  return {
    last: best ? { space: around, best } : null,
    trials: outcome.study && trialsOf(settings, outcome.study, labels, blockOfRow),
  };
}
