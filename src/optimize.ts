import type { ConfigDocument } from "./config/document.ts";
import { prepareCore } from "./core/instance.ts";
import type { ConfigRun, OptimizeResult, Phase3Type } from "./report/result.ts";
import { saveReport } from "./report/save.ts";
import { applyVerdicts } from "./run/applyPhase.ts";
import { type Captured, captureType } from "./run/capturePhase.ts";
import { checkCeiling } from "./run/ceiling.ts";
import { afterSaves, openConfigs } from "./run/configs.ts";
import { defaults } from "./run/defaults.ts";
import { fingerprintOf } from "./run/fingerprint.ts";
import { horizonOf } from "./run/horizon.ts";
import { Intake } from "./run/intake.ts";
import { missedByType } from "./run/missedPhase.ts";
import { NoiseSearches } from "./run/noiseSearches.ts";
import { checkReportOutput } from "./run/outputs.ts";
import { phase1Of } from "./run/phase1.ts";
import { loadMarket, prepare } from "./run/prepare.ts";
import { profitType } from "./run/profitPhase.ts";
import { askAboutLabels, askAboutSettings } from "./run/questions.ts";
import { type OptimizeRequest, type RunOptions, settingsOf } from "./run/request.ts";
import { Session } from "./run/session.ts";
import { currentParameters, spacesOf } from "./run/spaces.ts";
import { strictRefusal } from "./run/strict.ts";
import { partOf, typePartsOf } from "./run/typeParts.ts";
import { judgeType } from "./run/verdictPhase.ts";
import { version } from "./run/version.ts";
import { walkForwardTypes } from "./run/walkForwardPhase.ts";
import { candlesOf, countRows, overMsOf, rowCrosses, rowsThatFit } from "./search/market.ts";
import { splitRows, splitTimeOf } from "./search/split.ts";
import { startingPoints } from "./search/startingPoints.ts";
import { openSuggestions } from "./space/files.ts";
import type { Parameters, Space } from "./space/parameters.ts";
import type { TypeValidation } from "./validation/result.ts";
import { overallVerdict } from "./validation/verdict.ts";
import type { WalkForward } from "./validation/walkForward.ts";

/**
 * The whole run: scan once, learn once, search and judge for each config, then save what may be believed.
 * Nothing is written before every verdict of every config stands, then each config once, and only where a parameter changes. Throws
 * SluiceError; an abort saves nothing.
 */
export async function optimize(request: OptimizeRequest, options: RunOptions = {}): Promise<OptimizeResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  const isHindsight = request.universe === "objective";
  const savesNothing = request.dryRun === true || isHindsight;

  // The doors: everything that can be refused is refused before any work.
  await checkReportOutput(request);
  await checkCeiling(request, settings);
  const configs = await openConfigs(request.configs ?? [], savesNothing);

  const core = prepareCore();
  const market = await session.phase("load", "reading candles", () =>
    loadMarket(request, settings, { withVolume: request.signals === undefined }),
  );
  const prepared = await session.phase("phase1", "scanning for opportunities", () =>
    prepare(
      { ...request, ...(request.signals !== undefined && { opportunities: request.signals }) },
      settings,
      market,
      session,
    ),
  );
  await core;
  const { table: found, labels: foundLabels } = prepared;
  askAboutLabels(foundLabels, settings, session);
  const intake = new Intake(settings, session, { table: found, featureNames: found.featureNames });
  const spaces = spacesOf(request.spaceFile, found, intake);
  const suggestions = request.suggestFile === undefined ? [] : intake.suggestions(openSuggestions(request.suggestFile));
  const currents = configs.map((config) => currentParameters(config, spaces, found.featureNames, intake));

  const fingerprint = fingerprintOf("optimize", request, {
    market,
    found,
    spaces,
    suggestions,
    configs: configs.map((config, k) => [currents[k], config.lastUpdateMs()]),
  });

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
  // No config takes part in it, so that one walk serves them all.
  let walked: ReadonlyMap<string, WalkForward> | undefined;
  const judged: Judged[] = [];
  for (const [k, config] of (configs.length > 0 ? configs : [null]).entries())
    judged.push(await judgeConfig(config, currents[k] ?? new Map()));

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
    // Once a config is saved, a wish to stop comes too late.
    const isSaved = runs.some(({ saved }) => saved !== null);
    await (isSaved ? report() : session.withFiles(report)).catch((error: unknown) => {
      throw afterSaves(error, runs);
    });
  }
  return result;

  /** Phases 3 and 4 for one config, or for none. */
  async function judgeConfig(config: ConfigDocument | null, current: ReadonlyMap<string, Parameters>): Promise<Judged> {
    const phase3: Record<string, Phase3Type | null> = {};
    const verdicts: Record<string, TypeValidation> = {};
    const searched = new Map(spaces);
    for (const [type, { parts, top }] of captured) {
      const space = spaces.get(type)!;
      const others = [...captured].filter(([other]) => other !== type);
      const starts = startingPoints(top, current.get(type) ?? null, others[0]?.[1].top[0]?.params ?? null, suggestions);
      const profit = await session.phase("phase3", `searching profit and risk, ${type}`, async () =>
        profitType(session, settings, request, market, parts, space, starts, longestBars),
      );
      if (profit.last) searched.set(type, profit.last.space);
      walked ??= await session.phase("phase4", "walking forward", () =>
        walkForwardTypes(session, settings, market, table, labels, spaces, { ...request, longestBars }),
      );
      const walkForward = walked.get(type) ?? null;
      const judged = await session.phase("phase4", `judging the result, ${type}`, () =>
        judgeType(
          session,
          settings,
          market,
          parts,
          {
            phase3: profit.report?.params ?? null,
            phase2: top[0]?.params ?? null,
            current: current.get(type) ?? null,
          },
          {
            splitMs: split.timeMs,
            margin: request.margin ?? defaults.margin,
            ...(request.maxOpen !== undefined && { maxOpen: request.maxOpen }),
            currentLastUpdateMs: config?.lastUpdateMs() ?? null,
            hindsight: isHindsight,
            longestBars,
            last: profit.last,
            trials: profit.trials,
            selection: (last) => noise.selection(type, last, { current: current.get(type) ?? null, suggestions }),
            walkForward,
          },
        ),
      );
      phase3[type] = profit.report && { ...profit.report, replays: judged.replays };
      verdicts[type] = judged.validation;
    }
    const overall = overallVerdict(Object.values(verdicts).map(({ verdict }) => verdict));
    return { document: config, config: config?.path ?? null, phase3, phase4: { types: verdicts, overall }, searched };
  }

  /** Phase 5 for one config, or for none. */
  function applyTo({ document, searched, ...judged }: Judged): Promise<ConfigRun> {
    return session.phase("phase5", "reporting", async () => {
      const missed = missedByType(captured, judged.phase3);
      const applied = await applyVerdicts({
        config: document,
        captured,
        phase3: judged.phase3,
        verdicts: judged.phase4.types,
        searched,
        market,
        request,
        savesNothing,
        strictRefusal: refusal,
        session,
      });
      return { ...judged, missed, ...applied, config_loads: document?.loads ?? 0 };
    });
  }
}

/** One config, or none, once it is judged; nothing is written by then. */
interface Judged extends Pick<ConfigRun, "config" | "phase3" | "phase4"> {
  readonly document: ConfigDocument | null;
  /** The space that each type's parameters were last searched in. */
  readonly searched: ReadonlyMap<string, Space>;
}
