import type { Market } from "../candles/candles.ts";
import { diffConfig } from "../config/diff.ts";
import type { ConfigDiff } from "../config/result.ts";
import { saveConfig } from "../config/save.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import { notSavedText } from "../words/notSaved.ts";
import type { Captured } from "./capturePhase.ts";
import { afterSaves } from "./configs.ts";
import type { DecidedConfig } from "./decideConfigs.ts";
import { asGroupRun, groupDiff, groupPlaces } from "./groups/groupRuns.ts";
import { learningOf } from "./learning.ts";
import { recordRun, shownLedger } from "./ledgerPhase.ts";
import { marketEndMs } from "./marketEnd.ts";
import { missedByType } from "./missedPhase.ts";
import type { OptimizeCall } from "./optimizeCall.ts";
import type { ConfigRun, NotSaved, Phase2Type } from "./results.ts";
import { settle } from "./shadowPhase.ts";
import { strictRefusal } from "./strict.ts";

/** Everything that the saves of a run depend on, besides its configs. */
export interface Application {
  readonly call: OptimizeCall;
  readonly market: Market;
  readonly captured: ReadonlyMap<string, Captured>;
  /** The present, epoch ms. */
  readonly nowMs: number;
}

const staleAfterMs = 24 * 3_600_000;

/** Phase 5: writes the parameters that pass to each config, once. An error names the configs that were saved before it. */
export async function applyConfigs(application: Application, configs: readonly DecidedConfig[]): Promise<ConfigRun[]> {
  const refusal = strictRefusal(application.call.request.strict, configs);
  const runs: ConfigRun[] = [];
  for (const config of configs)
    runs.push(
      await application.call.session
        .phase("phase5", "reporting", () => applyConfig(application, config, refusal))
        .catch((error: unknown) => {
          throw afterSaves(error, runs);
        }),
    );
  return runs;
}

/** Phase 5 for one config, or for none. */
async function applyConfig(
  application: Application,
  config: DecidedConfig,
  refusal: string | null,
): Promise<ConfigRun> {
  const { session, held } = application.call;
  const {
    document,
    current: _,
    searched: __,
    explored: ___,
    units,
    params,
    look,
    shadow,
    decision: decided,
    ...judged
  } = config;
  const missed = units ? {} : missedByType(application.captured, judged.phase3);
  const applied = await applyVerdicts(application, config, refusal);
  const changed = (applied.diff?.changed ?? 0) > 0;
  // A rehearsal's bot uses the decision; nothing is saved.
  const written = new Set(held.ledger || applied.saved ? params.keys() : []);
  const decision = await settle(shadow, { ...judged, decision: decided, written }, session);
  if (document && look && !held.ledger)
    await recordRun(document, look, { ...judged, decision }, application.nowMs, session);
  const ledger = look && shownLedger(look);
  const run = { ...judged, decision, ledger, missed, changed, ...applied, config_loads: document?.loads ?? 0 };
  return units ? asGroupRun(run, units) : run;
}

/** The diff of the parameters that pass, and the save, if there is one: none if no parameter changes. */
async function applyVerdicts(
  application: Application,
  { document, current, params, searched, phase4, units }: DecidedConfig,
  refusal: string | null,
): Promise<Pick<ConfigRun, "diff" | "saved" | "not_saved" | "not_saved_because">> {
  const { call, captured, nowMs } = application;
  const tested = [...searched.values()].reduce((sum, space) => sum + variedKeys(space), 0);
  const diffOf = (): ConfigDiff =>
    units
      ? groupDiff(document ?? current, params, units, tested)
      : diffConfig(document ?? asBlocks(current), params, tested);
  const diff = params.size === 0 ? { tested, changed: 0, entries: [] } : diffOf();
  if (!document) return { diff: current.size === 0 ? null : diff, saved: null, ...notSaved({ code: "NO_CONFIG" }) };
  const reason = whyNotSaved(application, diff.changed, refusal);
  if (reason !== null) return { diff, saved: null, ...notSaved(reason) };
  const phase2Learning = learningOf(reportsOf(captured), phase4.types, nowMs);
  const changes = units
    ? { params: new Map(), places: groupPlaces(document, params, units), phase2Learning }
    : { params, phase2Learning };
  const { session } = call;
  const saved = await session.withFiles(
    () =>
      saveConfig(document, changes, {
        nowMs,
        onWait: () => session.say("phase5", "waiting: another run is saving this config"),
        whileWaiting: session.beat,
      }),
    (done) => done !== null,
  );
  return saved
    ? { diff, saved, not_saved: null, not_saved_because: null }
    : { diff, saved, ...notSaved({ code: "SAME" }) };
}

/** Current parameters without a config, as the blocks of one. */
function asBlocks(current: DecidedConfig["current"]): Record<string, Parameters> {
  return Object.fromEntries([...current].map(([type, params]) => [`${type}_params`, params]));
}

function variedKeys(space: Space): number {
  return Object.values(space).filter((candidates) => candidates.length > 1).length;
}

/** The reason as a code with its figures, and in words. */
function notSaved(reason: NotSaved): Pick<ConfigRun, "not_saved" | "not_saved_because"> {
  return { not_saved: reason, not_saved_because: notSavedText(reason) };
}

function whyNotSaved({ call, market, nowMs }: Application, changed: number, refusal: string | null): NotSaved | null {
  if (call.isHindsight) return { code: "HINDSIGHT" };
  if (changed === 0) return { code: "UNCHANGED" };
  if (call.savesNothing) return { code: "DRY_RUN" };
  if (refusal !== null) return { code: "STRICT", refusal };
  const sinceMs = nowMs - marketEndMs(market);
  if (Math.abs(sinceMs) > staleAfterMs && !call.request.allowStale)
    return { code: "STALE", hours: Math.sign(sinceMs) * Math.floor(Math.abs(sinceMs) / 3_600_000) };
  return null;
}

function reportsOf(captured: ReadonlyMap<string, Captured>): Record<string, Phase2Type> {
  return Object.fromEntries([...captured].map(([type, { report }]) => [type, report]));
}
