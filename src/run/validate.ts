import { candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { InputError } from "../errors.ts";
import type { RankedSet } from "../portfolio/searchResult.ts";
import { builtInFilters } from "../space/defaults.ts";
import { blockOf, type JsonFile, openParameters, openSpaces } from "../space/files.ts";
import type { Parameters, Space, Spaces } from "../space/parameters.ts";
import type { ValidateResult } from "./answers.ts";
import { checkCeiling } from "./ceiling.ts";
import { type DecidedType, decideTypes } from "./decisionPhase.ts";
import type { Drawn } from "./drawing/drawn.ts";
import type { Explored } from "./drawing/explored.ts";
import { triedSpace } from "./drawing/tried.ts";
import { expectUnread } from "./expectations.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { currentGiven, paramsGiven, spaceGiven } from "./given.ts";
import { Intake } from "./intake.ts";
import { requireType } from "./oneType.ts";
import { type Origin, originOf } from "./origin.ts";
import { checkPageOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { type NamedTable, type Reading, readNamed } from "./prepare.ts";
import { askAboutSettings } from "./questions.ts";
import { type RunOptions, settingsOf, type ValidateRequest } from "./request.ts";
import type { MemorySample } from "./results.ts";
import { Session } from "./session.ts";
import { phase2Search, phase3Search, type SetSearch, searchAround, type TypeSearch } from "./setSearches.ts";
import { TypeJudge } from "./typeJudge.ts";
import { shownSplit } from "./universe.ts";
import type { Contender, JudgedType } from "./verdictPhase.ts";

/**
 * Judges one parameter set as `optimize` does, by the same functions on the same data, against the current parameters if given. A set that
 * `optimize` finds is judged by the search that finds it, any other as a suggestion: by the search around it.
 */
export async function validate(
  request: ValidateRequest,
  options: RunOptions & PageOptions<FinishedValidation> = {},
): Promise<ValidateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkPageOutput(request);
  await checkCeiling(request, settings);
  expectUnread(session.meter, true, 1);
  session.say("load", "reading candles and opportunities");
  const core = prepareCore();
  const question = await readQuestion({ request, settings, session });
  await core;
  const { market, table: found, type, params, current, spaces, signals } = question;
  const fingerprint = fingerprintOf("validate", request, { market, found, type, params, current, spaces });
  const origin = await originOf(
    { session, settings, market, found, spaces, type, current, draws: request.report !== undefined },
    params,
  );
  const judged = await judgeAsked(question, origin);
  session.finish();
  const [{ validation, decision }] = decideTypes([{ ...judged, spending: null }], settings.confidence) as [DecidedType];
  const { parts, report } = origin.captured;
  const { left_out, crossing_breaks, time } = shownSplit(origin.universe);
  const [training, holdout] = [parts.training.table.count, parts.holdout.table.count];
  const result: ValidateResult = {
    type,
    objective: settings.objective,
    found_by: origin.foundBy,
    opportunities: parts.count,
    left_out,
    crossing_breaks,
    signals,
    split: { time, training, holdout, purged: parts.count - training - holdout },
    weights: report.weights,
    ...validation,
    decision,
    replays: judged.replays,
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };
  const { report: page } = request;
  if (page !== undefined)
    await session.withFiles(async () =>
      options.savePage?.(page, {
        result,
        space: triedSpace(spaces.get(type), origin.profit.last?.space),
        top: origin.profit.report?.top ?? [],
        drawn: judged.drawn,
        explored: origin.profit.explored,
        memory: session.timeline.samples,
      }),
    );
  return result;
}

/** A validation as its report needs it. */
export interface FinishedValidation {
  readonly result: ValidateResult;
  readonly space: Space | null;
  /** The leaderboard of the search around the set. */
  readonly top: readonly RankedSet[];
  readonly drawn: Drawn | null;
  /** Phase 3's last search. */
  readonly explored: Explored | null;
  readonly memory: readonly MemorySample[];
}

/** What to judge, with everything read. */
interface Question extends NamedTable {
  readonly type: string;
  readonly params: Parameters;
  readonly current: Parameters | null;
  /** Of every type, including the judged one. */
  readonly spaces: Spaces;
}

/** All features that a built-in space may filter on. */
const builtInSpaces: JsonFile = { path: "the built-in space", document: builtInFilters };

/** Reads the set, the set it would replace, and the spaces it was chosen from. Throws InputError. */
async function readQuestion(reading: Reading<ValidateRequest>): Promise<Question> {
  const { request, settings, session } = reading;
  const file = openParameters(paramsGiven(request));
  const [given, space] = [currentGiven(request), spaceGiven(request)];
  const currentFile = given === undefined ? null : openParameters(given, "current");
  const spaceFile = space === undefined ? builtInSpaces : openSpaces(space);
  const naming = [file, spaceFile, ...(currentFile ? [currentFile] : [])];
  const named = await readNamed(reading, naming, { activations: true });
  const type = requireType(named.table, request.type);
  const intake = new Intake(settings, session, named);
  const params = intake.parameters(file, "--params", type);
  const currentBlock = currentFile && blockOf(currentFile, type);
  const current = currentBlock && intake.parameters(currentBlock, "--current", type);
  const spaces = spaceFile === builtInSpaces ? intake.builtInSpaces() : intake.spaces(spaceFile);
  if (!spaces.has(type))
    throw new InputError("SPACE_TYPES", "the space does not contain the signal type to validate", {
      where: spaceFile.path,
      expected: `${type}, or one object without types`,
    });
  return { ...named, type, params, current, spaces };
}

/** Phase 4 for the set, and for the current one if given. */
function judgeAsked({ params, current, spaces }: Question, origin: Origin): Promise<JudgedType> {
  const { run, universe, captured, suggestions, foundBy } = origin;
  const judge = new TypeJudge(run, universe, spaces, false);
  const search = searchOf(judge.searchOf(captured, { current, suggestions }), origin, params);
  const asked: Contender = { name: foundBy, suggestion: null, params, search };
  const standing: Contender[] = current ? [{ name: "current", suggestion: null, params: current, search: null }] : [];
  return run.session.phase("phase4", "judging", () => judge.judge(captured.parts, [asked, ...standing], null));
}

function searchOf(search: TypeSearch, { foundBy, profit }: Origin, params: Parameters): SetSearch {
  if (foundBy === "phase3") return phase3Search(search, profit);
  return foundBy === "phase2" ? phase2Search(search) : searchAround(search, params);
}
