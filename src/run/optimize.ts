import type { Spaces } from "../space/parameters.ts";
import { applyConfigs } from "./applyPhase.ts";
import { type Captured, captureTypes } from "./capturePhase.ts";
import { afterSaves } from "./configs.ts";
import { decideConfigs } from "./decideConfigs.ts";
import { triedSpace } from "./drawing/tried.ts";
import { expectSearches, expectUnread } from "./expectations.ts";
import { coveredOptions } from "./fingerprint.ts";
import { judgeGroups } from "./groups/judgeGroups.ts";
import { comparedLeaders } from "./groups/shrinkage.ts";
import { holdoutDays } from "./holdoutDays.ts";
import { type Inputs, readInputs } from "./inputs.ts";
import { jointAccount } from "./jointAccount.ts";
import { type JudgedConfig, judgeConfig } from "./judgeConfig.ts";
import { recordLooks } from "./lookPhase.ts";
import {
  acceptCall,
  type DrawnConfig,
  type FinishedRun,
  type Held,
  type OptimizeCall,
  type OptimizeOptions,
  preparedFor,
  wantsReport,
} from "./optimizeCall.ts";
import { phase1Of } from "./phase1.ts";
import { ownSignalsOf, type Prepared } from "./prepare.ts";
import type { OptimizeRequest } from "./request.ts";
import type { ConfigRun, OptimizeResult } from "./results.ts";
import { Run } from "./run.ts";
import type { Session } from "./session.ts";
import { TypeJudge } from "./typeJudge.ts";
import { partOf } from "./typeParts.ts";
import { type RunUniverse, shownSplit, universeOf } from "./universe.ts";
import { drawnKey } from "./verdictPhase.ts";
import { version } from "./version.ts";

/**
 * The whole run: scan once, learn once, search and judge for each config, then save the parameters that pass.
 * Nothing is written before every verdict of every config is known; then each config is written once, and only if a parameter changes.
 * Throws SluiceError; an abort saves nothing.
 */
export function optimize(request: OptimizeRequest, options: OptimizeOptions = {}): Promise<OptimizeResult> {
  return optimizeHeld(request, options, {});
}

/** The same, from data that the caller already has. */
export async function optimizeHeld(
  request: OptimizeRequest,
  options: OptimizeOptions,
  held: Held,
): Promise<OptimizeResult> {
  const call = await acceptCall(request, options, held);
  const { session, settings } = call;
  expectUnread(session.meter, ownSignalsOf(request) !== undefined, Math.max(1, call.configs.length));
  const prepared = await preparedFor(call);
  const { market } = prepared;
  const inputs = readInputs(call, prepared);
  const { run, universe, captured, judged } = await searched(call, prepared, inputs);
  session.meter.dropRest();

  const nowMs = request.nowMs ?? Date.now();
  const { lookFingerprint, fingerprint } = inputs;
  const splitMs = universe.split.timeMs;
  const span = holdoutDays(splitMs, market);
  const holdout = { prepared, span, splitMs, lookFingerprint };
  const decided = decideConfigs(await recordLooks(call, judged, holdout, nowMs), settings.confidence);
  const applied = await applyConfigs({ call, market, captured, nowMs }, decided);
  const runs = applied.map((one, k) => {
    const account = jointAccount(run, span, judged[k]!.types, one.decision);
    return account ? { ...one, account } : one;
  });

  const result: OptimizeResult = {
    version,
    objective: settings.objective,
    split: shownSplit(universe),
    phase1: phase1Of(market, universe.table, universe.labels, prepared),
    phase2: Object.fromEntries([...captured].map(([type, { report }]) => [type, report])),
    runs,
    memory: session.timeline.samples,
    fingerprint,
    options: Object.fromEntries(coveredOptions("optimize", call.request).map(([key, value]) => [key, value ?? null])),
    warnings: session.warnings,
  };
  const drawn = judged.map((config, k) => drawnOf(withAppliedDrawn(config, runs[k]!), inputs.spaces));
  await writeReport(call, { result, nowMs, drawn });
  finish(session, runs);
  return result;
}

/** Phases 2 to 4 up to the decision, for all configs: over all symbols, or for each group of them. */
async function searched(
  { request, settings, session, isHindsight }: OptimizeCall,
  { market, table: found, labels }: Prepared,
  inputs: Inputs,
): Promise<{
  readonly run: Run;
  readonly universe: RunUniverse;
  readonly captured: ReadonlyMap<string, Captured>;
  readonly judged: readonly JudgedConfig[];
}> {
  const { groups, spaces, configs, suggestions } = inputs;
  // By groups there would be too much to draw.
  const run = new Run(session, settings, market, inputs.longestBars, wantsReport(request) && !groups);
  // One universe and one split for every set of the run.
  const universe = universeOf(run, found, (fitting) =>
    partOf(found, labels, isHindsight ? fitting.filter((row) => labels.objective[row] === 1) : fitting),
  );
  const isCurrentKnown = configs.some(({ current }) => current.size > 0);
  const contenders = 2 + suggestions.length + (isCurrentKnown ? 1 : 0);
  expectSearches(run, universe, {
    spaces,
    configs: configs.length,
    contenders,
    ...(groups && { groups: groups.groups }),
  });
  const leaders = groups ? comparedLeaders : 0;
  const captured = await session.phase("phase2", "searching what captures most", () =>
    session.piece("capture", () => captureTypes(run, universe, spaces, undefined, leaders)),
  );
  const judged = groups
    ? await judgeGroups(run, inputs, { universe, captured, isHindsight })
    : await judgeConfigs(run, inputs, captured, new TypeJudge(run, universe, spaces, isHindsight));
  return { run, universe, captured, judged };
}

/** Phases 3 and 4 for each config. */
async function judgeConfigs(
  run: Run,
  inputs: Inputs,
  captured: ReadonlyMap<string, Captured>,
  judge: TypeJudge,
): Promise<JudgedConfig[]> {
  const judged: JudgedConfig[] = [];
  for (const config of inputs.configs) judged.push(await judgeConfig(run, inputs, config, { captured, judge }));
  return judged;
}

/** What is drawn of the set that was applied, if another one was than that proposed first; nothing of a challenger, which this run has not judged. */
function withAppliedDrawn(config: JudgedConfig, { decision }: ConfigRun): JudgedConfig {
  const types = [...config.types].map(([type, judged]) => {
    const { applied = null, reasons = [] } = decision[type] ?? {};
    if (applied === null) return [type, judged] as const;
    const { suggestion } = reasons.find(({ code }) => code === "APPLIED") ?? {};
    const other = judged.othersDrawn.get(drawnKey(applied, suggestion));
    const isFirst =
      judged.candidates[0]?.candidate === applied && (judged.candidates[0].suggestion ?? undefined) === suggestion;
    return [type, { ...judged, drawn: isFirst ? judged.drawn : (other ?? null) }] as const;
  });
  return { ...config, types: new Map(types) };
}

function drawnOf({ types, searched: ofLast, explored }: JudgedConfig, spaces: Spaces): DrawnConfig {
  return new Map(
    [...types].map(([type, { drawn }]) => [
      type,
      { drawn, space: triedSpace(spaces.get(type), ofLast.get(type)), explored: explored.get(type) ?? null },
    ]),
  );
}

/** The last word of a run. What is saved by then stays saved, whatever a listener throws. */
function finish(session: Session, runs: OptimizeResult["runs"]): void {
  try {
    session.finish();
  } catch (error) {
    throw afterSaves(error, runs);
  }
}

/** Writes the report, if one is requested. Once a config is saved, it is too late to stop. */
async function writeReport(
  { request, options, session }: OptimizeCall,
  ended: Pick<FinishedRun, "result" | "nowMs" | "drawn">,
): Promise<void> {
  if (!wantsReport(request)) return;
  const { result } = ended;
  const { command = null, language = "en" } = options;
  const finished: FinishedRun = { ...ended, request, command, language };
  const report = async (): Promise<unknown> => options.saveReport!(request, finished);
  const isSaved = result.runs.some(({ saved }) => saved !== null);
  await (isSaved ? report() : session.withFiles(report)).catch((error: unknown) => {
    throw afterSaves(error, result.runs);
  });
}
