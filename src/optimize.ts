import type { ConfigDocument } from "./config/document.ts";
import type { MemoryLedger } from "./config/ledgerMemory.ts";
import { prepareCore } from "./core/instance.ts";
import type { ConfigRun, OptimizeResult, Phase3Type } from "./report/result.ts";
import { saveReport } from "./report/save.ts";
import { applyVerdicts, marketEndMs } from "./run/applyPhase.ts";
import { type Captured, captureType } from "./run/capturePhase.ts";
import { checkCeiling } from "./run/ceiling.ts";
import { copiedBook, fileBook, memoryBook } from "./run/challengerBook.ts";
import { ChallengerDays } from "./run/challengerDays.ts";
import { afterSaves, openConfigs } from "./run/configs.ts";
import { contendersOf } from "./run/contenders.ts";
import { decideTypes } from "./run/decisionPhase.ts";
import { defaults } from "./run/defaults.ts";
import { fingerprintOf } from "./run/fingerprint.ts";
import { holdoutDays } from "./run/holdoutDays.ts";
import { horizonOf } from "./run/horizon.ts";
import { Intake } from "./run/intake.ts";
import { type Looked, lookAt, recordRun, shownLedger } from "./run/ledgerPhase.ts";
import { missedByType } from "./run/missedPhase.ts";
import { NoiseSearches } from "./run/noiseSearches.ts";
import { checkReportOutput } from "./run/outputs.ts";
import { phase1Of } from "./run/phase1.ts";
import { loadMarket, type Prepared, prepare } from "./run/prepare.ts";
import { profitType } from "./run/profitPhase.ts";
import { askAboutLabels, askAboutSettings } from "./run/questions.ts";
import { type OptimizeRequest, type RunOptions, settingsOf } from "./run/request.ts";
import { Session } from "./run/session.ts";
import type { TypeSearch } from "./run/setSearches.ts";
import { type Shadow, settle, shadowOf, withChallenger } from "./run/shadowPhase.ts";
import { currentParameters, spacesOf } from "./run/spaces.ts";
import { strictRefusal } from "./run/strict.ts";
import { partOf, typePartsOf } from "./run/typeParts.ts";
import { type JudgedType, judgeType } from "./run/verdictPhase.ts";
import { version } from "./run/version.ts";
import { type WalkedPhases, type WalkForwardOptions, walkForwardTypes } from "./run/walkForwardPhase.ts";
import { candlesOf, countRows, overMsOf, rowCrosses, rowsThatFit } from "./search/market.ts";
import { splitRows, splitTimeOf } from "./search/split.ts";
import { startingPoints } from "./search/startingPoints.ts";
import { openSuggestions } from "./space/files.ts";
import type { Parameters, Space, Spaces } from "./space/parameters.ts";
import type { Decision } from "./validation/result.ts";
import { overallVerdict } from "./validation/verdict.ts";

/**
 * The whole run: scan once, learn once, search and judge for each config, then save the parameters that pass.
 * Nothing is written before every verdict of every config is known; then each config is written once, and only if a parameter changes.
 * Throws SluiceError; an abort saves nothing.
 */
export function optimize(request: OptimizeRequest, options: RunOptions = {}): Promise<OptimizeResult> {
  return optimizeHeld(request, options, {});
}

/** The same, from data that the caller already has. */
export async function optimizeHeld(request: OptimizeRequest, options: RunOptions, held: Held): Promise<OptimizeResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  if (request.policy === "shadow" && !held.configs && (request.configs ?? []).length === 0)
    session.warn(
      "POLICY_WITHOUT_CONFIG",
      "--policy shadow has no effect without --config: challengers are kept in the ledger beside a config",
    );
  const isHindsight = request.universe === "objective";
  const savesNothing = request.dryRun === true || isHindsight;

  // Everything that can be refused is refused before any work.
  await checkReportOutput(request);
  await checkCeiling(request, settings);
  const configs = held.configs ?? (await openConfigs(request.configs ?? [], savesNothing));

  const core = prepareCore();
  const market =
    held.prepared?.market ??
    (await session.phase("load", "reading candles", () =>
      loadMarket(request, settings, { withVolume: request.signals === undefined, onSymbol: session.beat }),
    ));
  const prepared =
    held.prepared ??
    (await session.phase("phase1", "scanning for opportunities", () =>
      prepare(
        { ...request, ...(request.signals !== undefined && { opportunities: request.signals }) },
        settings,
        market,
        session,
      ),
    ));
  await core;
  const { table: found, labels: foundLabels } = prepared;
  askAboutLabels(foundLabels, settings, session);
  const intake = new Intake(settings, session, { table: found, featureNames: found.featureNames });
  const spaces = spacesOf(request.spaceFile, found, intake);
  const suggestions = request.suggestFile === undefined ? [] : intake.suggestions(openSuggestions(request.suggestFile));
  const currents = configs.map((config) => currentParameters(config, spaces, found.featureNames, intake));

  const read = {
    market,
    found,
    spaces,
    suggestions,
    configs: configs.map((config, k) => [currents[k], config.lastUpdateMs()]),
  };
  const fingerprint = fingerprintOf("optimize", request, read);

  // One universe and one split for every set of the run.
  const longestBars = horizonOf(
    spaces,
    [...currents.flatMap((current) => [...current.values()]), ...suggestions],
    settings,
  );
  const fitting = rowsThatFit(found, candlesOf(found, market), longestBars);
  const universe = isHindsight ? fitting.filter((row) => foundLabels.objective[row] === 1) : fitting;
  const { table, labels } = partOf(found, foundLabels, universe);
  const split = splitRows(table, overMsOf(table, candlesOf(table, market), longestBars, settings.lookaheadBars));

  const captured = new Map<string, Captured>();
  await session.phase("phase2", "searching what captures most", async () => {
    for (const [type, space] of spaces) {
      await session.breathe();
      captured.set(type, captureType(session, settings, market, typePartsOf(type, table, labels, split), space));
    }
  });

  const noise = new NoiseSearches(session, settings, market, {
    ...request,
    table,
    labels,
    training: split.training,
    spaces,
    longestBars,
  });
  // It does not depend on the config, so that one walk serves them all.
  const walked = new Map<string, WalkedPhases>();
  const span = holdoutDays(split.timeMs, market);
  const undecided: UndecidedRun[] = [];
  for (const [k, config] of (configs.length > 0 ? configs : [null]).entries())
    undecided.push(await judgeConfig(config, currents[k] ?? new Map()));
  const confidence = request.confidence ?? defaults.confidence;
  const nowMs = request.nowMs ?? Date.now();
  const judged = decideRuns(await recordLooks(), confidence);

  const refusal = strictRefusal(request.strict, judged);
  const runs: ConfigRun[] = [];
  for (const each of judged)
    runs.push(
      await applyTo(each).catch((error: unknown) => {
        throw afterSaves(error, runs);
      }),
    );

  const result: OptimizeResult = {
    version,
    objective: settings.objective,
    split: {
      time: splitTimeOf(split),
      training: split.training.length,
      holdout: split.holdout.length,
      purged: split.purged,
      left_out: found.count - fitting.length,
      crossing_breaks: countRows(found, rowCrosses(found, candlesOf(found, market), longestBars)),
    },
    phase1: phase1Of(market, table, labels, prepared),
    phase2: Object.fromEntries([...captured].map(([type, { report }]) => [type, report])),
    runs,
    memory: session.timeline.samples,
    fingerprint,
    warnings: session.warnings,
  };
  const { out } = request;
  if (out !== undefined) {
    const report = (): Promise<unknown> => saveReport(out, result);
    // Once a config is saved, it is too late to stop.
    const isSaved = runs.some(({ saved }) => saved !== null);
    await (isSaved ? report() : session.withFiles(report)).catch((error: unknown) => {
      throw afterSaves(error, runs);
    });
  }
  return result;

  /** Phases 3 and 4 for one config, or for none, up to the decision. */
  async function judgeConfig(
    config: ConfigDocument | null,
    current: ReadonlyMap<string, Parameters>,
  ): Promise<UndecidedRun> {
    const phase3: Record<string, Phase3Type | null> = {};
    const types = new Map<string, JudgedType>();
    const searched = new Map(spaces);
    for (const [type, capture] of captured) {
      const { parts, top } = capture;
      const space = spaces.get(type)!;
      const own = current.get(type) ?? null;
      const others = [...captured].filter(([other]) => other !== type);
      const starts = startingPoints(top, own, others[0]?.[1].top[0]?.params ?? null, suggestions);
      const profit = await session.phase("phase3", `searching profit and risk, ${type}`, async () =>
        profitType(session, settings, request, market, parts, space, starts, longestBars),
      );
      if (profit.last) searched.set(type, profit.last.space);
      const given = { current: own, suggestions };
      const walk = walkOf(type);
      const search: TypeSearch = { session, settings, market, space, captured: capture, given, noise, walk };
      const judged = await session.phase("phase4", `judging the result, ${type}`, () =>
        judgeType(
          { session, settings, market, parts, splitMs: split.timeMs, span, longestBars, hindsight: isHindsight },
          contendersOf(search, profit, own, suggestions),
          {
            margin: request.margin ?? defaults.margin,
            confidence: request.confidence ?? defaults.confidence,
            ...(request.maxOpen !== undefined && { maxOpen: request.maxOpen }),
            currentLastUpdateMs: config?.lastUpdateMs() ?? null,
          },
        ),
      );
      phase3[type] = profit.report && { ...profit.report, replays: judged.replays };
      types.set(type, judged);
    }
    return { document: config, current, config: config?.path ?? null, phase3, types, searched };
  }

  /** Walks one type forward, once a verdict depends on it. */
  function walkOf(type: string): TypeSearch["walk"] {
    return async (held) => {
      const walk = (options: Partial<WalkForwardOptions>, over: Spaces): Promise<Map<string, WalkedPhases>> =>
        walkForwardTypes(session, settings, market, table, labels, over, { ...request, longestBars, ...options });
      if (held)
        return (await walk({ held: new Map([[type, held.held]]) }, new Map(spaces).set(type, held.space))).get(type)!;
      if (walked.size === 0) for (const [name, found] of await walk({}, spaces)) walked.set(name, found);
      return walked.get(type)!;
    };
  }

  /** Records each config's look at the hold-out, before anything is decided. */
  async function recordLooks(): Promise<LookedRun[]> {
    // Saving or not, and looking at other data, does not make it a different look at the hold-out.
    const sameRun = { ...request, dryRun: undefined, strict: undefined, allowStale: undefined, policy: undefined };
    const runFingerprint = configs.length > 0 ? fingerprintOf("optimize", sameRun, read) : "";
    const looked: LookedRun[] = [];
    for (const run of undecided) {
      const types = [...run.types].flatMap(([type, { isOpenToDecision }]) => (isOpenToDecision ? [type] : []));
      if (!run.document || types.length === 0) {
        looked.push({ ...run, look: null, shadow: null });
        continue;
      }
      const holdout = { firstDay: span.first, lastDay: span.first + span.count - 1 };
      const look = {
        ...{ types, holdout, confidence, fingerprint: runFingerprint, isDryRun: savesNothing },
        ...{ splitMs: split.timeMs, dataEndMs: marketEndMs(market), configSha256: run.document.sha256 },
      };
      const taken = held.ledger ? held.ledger.look(look, nowMs) : await lookAt(run.document, look, nowMs, session);
      looked.push({ ...run, look: taken, shadow: await shadowFor(run.document, run.current, types) });
    }
    return looked;
  }

  /** The challengers of one config, scored; null under the gate policy. */
  async function shadowFor(
    { path }: ConfigDocument,
    current: ReadonlyMap<string, Parameters>,
    types: readonly string[],
  ): Promise<Shadow | null> {
    if (request.policy !== "shadow") return null;
    const { margin = defaults.margin, maxOpen } = request;
    const days = new ChallengerDays(settings, prepared, { margin, ...(maxOpen !== undefined && { maxOpen }) });
    const ofFile = () => (savesNothing ? copiedBook(path, nowMs) : fileBook(path, nowMs, session));
    const book = held.ledger ? memoryBook(path, held.ledger, nowMs) : await ofFile();
    return shadowOf(book, days, current, types);
  }

  /** Phase 5 for one config, or for none. */
  function applyTo({
    document,
    current: _,
    searched,
    params,
    look,
    shadow,
    decision: decided,
    ...judged
  }: Judged): Promise<ConfigRun> {
    return session.phase("phase5", "reporting", async () => {
      const missed = missedByType(captured, judged.phase3);
      const applied = await applyVerdicts({
        config: document,
        captured,
        params,
        verdicts: judged.phase4.types,
        searched,
        market,
        request,
        savesNothing,
        strictRefusal: refusal,
        session,
      });
      const changed = (applied.diff?.changed ?? 0) > 0;
      // A rehearsal's bot uses the decision; nothing is saved.
      const written = new Set(held.ledger || applied.saved ? params.keys() : []);
      const decision = await settle(shadow, { ...judged, decision: decided, written }, session);
      if (document && look && !held.ledger) await recordRun(document, look, { ...judged, decision }, nowMs, session);
      const ledger = look && shownLedger(look);
      return { ...judged, decision, ledger, missed, changed, ...applied, config_loads: document?.loads ?? 0 };
    });
  }
}

/** Data that an internal caller already has: a night of a rehearsal has no folder or files of its own. */
export interface Held {
  readonly prepared?: Prepared;
  /** Instead of the request's. */
  readonly configs?: readonly ConfigDocument[];
  /** Instead of the files beside the configs. */
  readonly ledger?: MemoryLedger;
}

/** One config, or none, judged but not decided. */
interface UndecidedRun extends Pick<ConfigRun, "config" | "phase3"> {
  readonly document: ConfigDocument | null;
  readonly current: ReadonlyMap<string, Parameters>;
  readonly types: ReadonlyMap<string, JudgedType>;
  /** The last search space of each type. */
  readonly searched: ReadonlyMap<string, Space>;
}

/** The same with its look at the hold-out recorded; null if there is no config, or nothing to decide. */
interface LookedRun extends UndecidedRun {
  readonly look: Looked | null;
  /** Null under the gate policy. */
  readonly shadow: Shadow | null;
}

/** The same after the decision; nothing has been written to a config yet. */
interface Judged extends Omit<LookedRun, "types">, Pick<ConfigRun, "phase4"> {
  readonly decision: Readonly<Record<string, Decision>>;
  /** The parameters to write, for each type that changes. */
  readonly params: ReadonlyMap<string, Parameters>;
}

/** Decides on every type of every config at once. */
function decideRuns(runs: readonly LookedRun[], confidence: number): Judged[] {
  const decided = decideTypes(
    runs.flatMap(({ types, look }) =>
      [...types].map(([type, judged]) => ({ ...judged, spending: look?.levels.get(type) ?? null })),
    ),
    confidence,
  );
  return runs.map(({ types, ...run }) => {
    const own = [...types.keys()].map((type) => [type, withChallenger(type, decided.shift()!, run.shadow)] as const);
    const verdicts = own.map(([type, { validation }]) => [type, validation] as const);
    return {
      ...run,
      params: new Map(own.flatMap(([type, { params }]) => (params ? [[type, params] as const] : []))),
      phase4: {
        types: Object.fromEntries(verdicts),
        overall: overallVerdict(verdicts.map(([, { verdict }]) => verdict)),
      },
      decision: Object.fromEntries(own.map(([type, { decision }]) => [type, decision])),
    };
  });
}
