import type { Spaces } from "../space/parameters.ts";
import { applyConfigs } from "./applyPhase.ts";
import { captureTypes } from "./capturePhase.ts";
import { afterSaves } from "./configs.ts";
import { decideConfigs } from "./decideConfigs.ts";
import { triedSpace } from "./drawing/tried.ts";
import { coveredOptions } from "./fingerprint.ts";
import { readInputs } from "./inputs.ts";
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
import type { OptimizeRequest } from "./request.ts";
import type { OptimizeResult } from "./results.ts";
import { Run } from "./run.ts";
import { TypeJudge } from "./typeJudge.ts";
import { partOf } from "./typeParts.ts";
import { shownSplit, universeOf } from "./universe.ts";
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
  const { session, settings, isHindsight } = call;
  const prepared = await preparedFor(call);
  const { market, table: found, labels } = prepared;
  const inputs = readInputs(call, prepared);
  const run = new Run(session, settings, market, inputs.longestBars, wantsReport(request));

  // One universe and one split for every set of the run.
  const universe = universeOf(run, found, (fitting) =>
    partOf(found, labels, isHindsight ? fitting.filter((row) => labels.objective[row] === 1) : fitting),
  );
  const captured = await session.phase("phase2", "searching what captures most", () =>
    captureTypes(run, universe, inputs.spaces),
  );
  const judge = new TypeJudge(run, universe, inputs.spaces, isHindsight);
  const judged: JudgedConfig[] = [];
  for (const config of inputs.configs) judged.push(await judgeConfig(run, inputs, config, { captured, judge }));

  const nowMs = request.nowMs ?? Date.now();
  const { lookFingerprint, fingerprint } = inputs;
  const holdout = { prepared, span: judge.span, splitMs: universe.split.timeMs, lookFingerprint };
  const decided = decideConfigs(await recordLooks(call, judged, holdout, nowMs), settings.confidence);
  const runs = await applyConfigs({ call, market, captured, nowMs }, decided);

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
  await writeReport(call, {
    request,
    result,
    nowMs,
    command: options.command ?? null,
    drawn: judged.map((config) => drawnOf(config, inputs.spaces)),
  });
  return result;
}

function drawnOf({ types, searched, explored }: JudgedConfig, spaces: Spaces): DrawnConfig {
  return new Map(
    [...types].map(([type, { drawn }]) => [
      type,
      { drawn, space: triedSpace(spaces.get(type), searched.get(type)), explored: explored.get(type) ?? null },
    ]),
  );
}

/** Writes the report, if one is requested. Once a config is saved, it is too late to stop. */
async function writeReport({ request, options, session }: OptimizeCall, finished: FinishedRun): Promise<void> {
  if (!wantsReport(request)) return;
  const { result } = finished;
  const report = async (): Promise<unknown> => options.saveReport!(request, finished);
  const isSaved = result.runs.some(({ saved }) => saved !== null);
  await (isSaved ? report() : session.withFiles(report)).catch((error: unknown) => {
    throw afterSaves(error, result.runs);
  });
}
