import { endTimeMs, type Market } from "../candles/candles.ts";
import { diffConfig } from "../config/diff.ts";
import type { ConfigDocument } from "../config/document.ts";
import { saveConfig } from "../config/save.ts";
import type { ConfigRun } from "../report/result.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import type { TypeValidation } from "../validation/result.ts";
import type { Captured } from "./capturePhase.ts";
import type { OptimizeRequest } from "./request.ts";
import type { Session } from "./session.ts";

/** Everything that a save depends on. */
export interface Application {
  readonly config: ConfigDocument | null;
  readonly captured: ReadonlyMap<string, Captured>;
  /** The parameters to write to the config, for each type that changes. */
  readonly params: ReadonlyMap<string, Parameters>;
  readonly verdicts: Readonly<Record<string, TypeValidation>>;
  /** The last search space of each type. */
  readonly searched: ReadonlyMap<string, Space>;
  readonly market: Market;
  readonly request: OptimizeRequest;
  readonly savesNothing: boolean;
  /** Why `--strict` forbids every save of the run; null if it does not. */
  readonly strictRefusal: string | null;
  readonly session: Session;
}

const staleAfterMs = 24 * 3_600_000;

/** The diff of the parameters that pass, and the save, if there is one: none if no parameter changes. */
export async function applyVerdicts(
  application: Application,
): Promise<Pick<ConfigRun, "diff" | "saved" | "not_saved_because">> {
  const { config, captured, params, verdicts, request, searched } = application;
  if (!config) return { diff: null, saved: null, not_saved_because: "no config was given" };
  const tested = [...searched.values()].reduce((sum, space) => sum + variedKeys(space), 0);
  const diff = params.size === 0 ? { tested, changed: 0, entries: [] } : diffConfig(config, params, tested);
  const nowMs = request.nowMs ?? Date.now();
  const reason = whyNotSaved(application, diff.changed, nowMs);
  if (reason !== null) return { diff, saved: null, not_saved_because: reason };
  const changes = { params, phase2Learning: learningOf(captured, verdicts, nowMs) };
  const { session } = application;
  const saved = await session.withFiles(
    () =>
      saveConfig(config, changes, {
        nowMs,
        onWait: () => session.say("phase5", "waiting: another run is saving this config"),
        whileWaiting: session.beat,
      }),
    (done) => done !== null,
  );
  return { diff, saved, not_saved_because: saved ? null : "the config already holds these parameters" };
}

function variedKeys(space: Space): number {
  return Object.values(space).filter((candidates) => candidates.length > 1).length;
}

function whyNotSaved(
  { market, request, savesNothing, strictRefusal }: Application,
  changed: number,
  nowMs: number,
): string | null {
  if (request.universe === "objective") return "--universe objective is for comparison only: it uses the future";
  if (changed === 0) return "no parameter changed";
  if (savesNothing) return "--dry-run";
  if (strictRefusal !== null) return strictRefusal;
  const end = marketEndMs(market);
  if (Math.abs(nowMs - end) > staleAfterMs && !request.allowStale)
    return `the candles end ${Math.floor(Math.abs(nowMs - end) / 3_600_000)} hours ${end > nowMs ? "after now" : "ago"}; use --allow-stale to save anyway`;
  return null;
}

/** The close of the last candle. */
export function marketEndMs(market: Market): number {
  return Math.max(...[...market.bySymbol.values()].map(endTimeMs));
}

/** What the bot can read about this run: phase 2's learning by type, with its verdict. */
function learningOf(
  captured: ReadonlyMap<string, Captured>,
  verdicts: Readonly<Record<string, TypeValidation>>,
  nowMs: number,
): Record<string, unknown> {
  const types = [...captured].map(([type, { report }]) => [
    type,
    {
      weights: report.weights,
      params: report.params,
      metrics: report.metrics,
      baseline: report.baseline,
      learned: report.learned,
      verdict: verdicts[type]?.verdict ?? null,
      applied: verdicts[type]?.applied ?? null,
    },
  ]);
  return { timestamp: new Date(nowMs).toISOString(), types: Object.fromEntries(types) };
}
