import type { ConfigDocument } from "../config/document.ts";
import type { MemoryLedger } from "../config/ledgerMemory.ts";
import type { Proposal } from "../rehearsal/result.ts";
import type { Parameters } from "../space/parameters.ts";
import type { AppliedName, CandidateResult, ChallengedDecision, Verdict } from "../validation/result.ts";
import { optimizeHeld } from "./optimize.ts";
import type { Prepared } from "./prepare.ts";
import type { OptimizeRequest, RunOptions } from "./request.ts";
import type { ConfigRun } from "./results.ts";

/** What a night decides for one type. */
export interface NightDecision {
  readonly type: string;
  readonly verdict: Verdict;
  /** One sentence: the test that gave the verdict. */
  readonly reason: string;
  /** Which set's parameters go to the config; null if nothing changes. */
  readonly applied: AppliedName | null;
  /** Verdict of the set that is applied; null if none is. */
  readonly applied_verdict: Verdict | null;
  /** What goes to the config. */
  readonly proposal: Proposal | null;
  /** What each phase found; null if it could rank no set. */
  readonly phase3: Proposal | null;
  readonly phase2: Proposal | null;
}

/**
 * What `optimize` decides on these opportunities and candles with this config, type by type: it is the whole run, so that a rehearsal decides
 * exactly as a real night does. Nothing is written.
 */
export async function decideNight(
  request: OptimizeRequest,
  known: Prepared,
  { config, ledger }: NightConfig,
  options: RunOptions,
): Promise<NightDecision[]> {
  const held = { prepared: known, configs: [config], ledger };
  const result = await optimizeHeld({ ...request, dryRun: true }, options, held);
  const run = result.runs[0]!;
  return Object.entries(run.phase4.types).map(([type, { verdict, reason, applied, candidates }]) => ({
    type,
    verdict,
    reason,
    applied: applied === "current" ? null : applied,
    ...appliedOf(candidates, run.decision[type]!),
    phase3: proposalOf(run, type, "phase3", run.phase3[type]?.params ?? null),
    phase2: proposalOf(run, type, "phase2", result.phase2[type]?.params ?? null),
  }));
}

/** The bot's config before a night, and what earlier nights have looked at. */
export interface NightConfig {
  readonly config: ConfigDocument;
  readonly ledger: MemoryLedger;
}

/** The set that a decision applies, as the gate saw it; for a challenger, as its own days did. */
function appliedOf(
  candidates: readonly CandidateResult[],
  { reasons, applied: name, challenger }: ChallengedDecision,
): Pick<NightDecision, "applied_verdict" | "proposal"> {
  if (name === "challenger" && challenger) {
    const { trades, avg_return, total_return } = reasons.find(({ code }) => code === "CHALLENGER_WON")!;
    const made = { trades: Number(trades), avg_return: Number(avg_return), total_return: Number(total_return) };
    return { applied_verdict: challenger.verdict, proposal: { params: challenger.params, holdout: made } };
  }
  const applied = reasons.find(({ code }) => code === "APPLIED");
  const set = applied
    ? candidates.find(
        ({ candidate, suggestion }) =>
          candidate === applied.candidate && (suggestion ?? undefined) === applied.suggestion,
      )
    : undefined;
  if (!set) return { applied_verdict: null, proposal: null };
  const { n = 0, avg_return = 0, total_return = 0 } = set.gate?.candidate_metrics ?? {};
  return {
    applied_verdict: set.verdict,
    proposal: { params: set.params, holdout: { trades: n, avg_return, total_return } },
  };
}

function proposalOf(
  run: ConfigRun,
  type: string,
  set: "phase3" | "phase2",
  params: Parameters | null,
): Proposal | null {
  if (!params) return null;
  const replay = run.phase3[type]?.replays.find((each) => each.set === set && each.part === "holdout");
  const { n = 0, avg_return = 0, total_return = 0 } = replay?.one_position ?? {};
  return { params, holdout: { trades: n, avg_return, total_return } };
}
