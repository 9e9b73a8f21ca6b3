import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";
import type { Parameters } from "../space/parameters.ts";
import { type CurrentStanding, standingOf } from "../validation/decision.ts";
import { type GateRules, gateOf, noGate } from "../validation/gate.ts";
import type { CandidateName, CandidateResult, GateResult, SetFinding, SetVerdict } from "../validation/result.ts";
import { worded } from "../words/verdicts.ts";
import type { Drawn } from "./drawing/drawn.ts";
import { drawType } from "./drawing/drawType.ts";
import { type Judging, judgeSet, verdictWithoutSet } from "./judgeSet.ts";
import type { Replay } from "./results.ts";
import type { Run } from "./run.ts";
import type { SetSearch } from "./setSearches.ts";

/** A set to judge: one that may be applied, or the current one. */
export interface Contender {
  readonly name: CandidateName;
  /** Which of the suggestions, from 1; null for any other set. */
  readonly suggestion: number | null;
  readonly params: Parameters;
  /** How it was found; null for the current set, which is not proposed. */
  readonly search: SetSearch | null;
}

/** One type of one config, judged and not yet decided on. */
export interface JudgedType {
  /** The verdict and the gate of the first proposed set, or of none if none could be ranked. */
  readonly proposed: SetVerdict & { readonly gate: GateResult };
  readonly candidates: readonly CandidateResult[];
  readonly standing: CurrentStanding | null;
  readonly replays: readonly Replay[];
  /** Has opportunities, so that there is something to decide. */
  readonly isOpenToDecision: boolean;
  /** Null unless the run keeps what a report draws. */
  readonly drawn: Drawn | null;
}

type PartTrades = Record<"training" | "holdout", Trade[]>;

/**
 * Phase 4 for one type: every contender is replayed on training and hold-out, tested, and compared with the current parameters. Contenders are
 * in the order in which they may be applied, the current parameters last. `lastUpdateMs` is when those were made; null if unknown.
 */
export async function judgeType(
  judging: Judging,
  contenders: readonly Contender[],
  lastUpdateMs: number | null,
): Promise<JudgedType> {
  const { run, splitMs, span } = judging;
  const { margin, confidence, seed, limits, timeframeMs } = run.settings;
  const { trades, replays, objectiveTotal } = replayed(judging, contenders);
  const currentPlace = contenders.findIndex(({ name }) => name === "current");
  const rules: GateRules = {
    current: currentPlace < 0 ? null : trades[currentPlace]!.holdout,
    span,
    objectiveTotal,
    hoursPerBar: timeframeMs / 3_600_000,
    margin,
    confidence,
    seed,
    limits,
    currentSawHoldout: lastUpdateMs !== null && lastUpdateMs > splitMs,
  };
  const candidates: CandidateResult[] = [];
  let proposed: SetFinding | null = null;
  for (const [k, { name, suggestion, params, search }] of contenders.entries()) {
    const { holdout } = trades[k]!;
    // Independent of the other contenders: `validate` of this set alone says the same.
    const isInQuestion =
      name !== "suggestion" || gateOf({ name, holdout, verdict: "PASSED", entryP: null }, rules).open;
    const finding = await judgeSet(judging, { params, trades: trades[k]!, search, isInQuestion });
    if (k === 0 && name !== "current") proposed = finding;
    const verdict = worded(finding);
    const gate =
      name === "current" ? null : gateOf({ name, holdout, verdict: verdict.verdict, entryP: entryPOf(verdict) }, rules);
    candidates.push({ candidate: name, suggestion, params, ...verdict, gate });
  }
  const first = candidates.find(({ gate }) => gate !== null);
  return {
    proposed: first
      ? { ...verdictIn(first), gate: first.gate! }
      : { ...worded(verdictWithoutSet(judging)), gate: noGate(rules) },
    candidates,
    standing: standingOf(rules),
    replays,
    isOpenToDecision: judging.parts.count > 0,
    drawn: run.draws ? drawnOf(judging, contenders, trades, proposed) : null,
  };
}

/** What is drawn: the first proposed set and the current one. */
function drawnOf(
  { run, parts, splitMs }: Judging,
  contenders: readonly Contender[],
  trades: readonly PartTrades[],
  finding: SetFinding | null,
): Drawn {
  const sets = contenders.flatMap(({ name, params }, k) =>
    k === 0 || name === "current" ? [{ name, params, trades: trades[k]! }] : [],
  );
  return drawType(run, { parts: [parts.training, parts.holdout], splitMs, sets, finding });
}

function entryPOf({ tests }: SetVerdict): number | null {
  return tests.find(({ name }) => name === "permutation")?.figure ?? null;
}

function verdictIn({
  candidate: _name,
  suggestion: _place,
  params: _set,
  gate: _gate,
  ...verdict
}: CandidateResult): SetVerdict {
  return verdict;
}

/** The trades of every contender on both parts, and what reports show of them: nothing for numbered suggestions, of which there may be many. */
function replayed(
  { run, parts }: Judging,
  contenders: readonly Contender[],
): { trades: PartTrades[]; replays: Replay[]; objectiveTotal: number } {
  const trades = contenders.map((): PartTrades => ({ training: [], holdout: [] }));
  const replays = contenders.map((): Replay[] => []);
  let objectiveTotal = 0;
  for (const part of ["training", "holdout"] as const)
    run.replaying(parts[part], (replayer) => {
      objectiveTotal = replayer.objectiveTotal;
      for (const [k, { name, suggestion, params }] of contenders.entries()) {
        const taken = replayer.trades(params);
        trades[k]![part] = taken;
        if (suggestion !== null) continue;
        replays[k]!.push({ set: name, part, ...replayOf(run, params, taken, objectiveTotal) });
      }
    });
  return { trades, replays: replays.flat(), objectiveTotal };
}

function replayOf(
  run: Run,
  params: Parameters,
  trades: readonly Trade[],
  objectiveTotal: number,
): Omit<Replay, "set" | "part"> {
  const { metrics, ambiguous, avg_return_other_rule, hole_exits } = run.figures(params, trades, objectiveTotal);
  const { metrics: one_position } = run.figures(params, onePosition(trades, run.settings.limits), objectiveTotal);
  return { plain: metrics, one_position, ambiguous, avg_return_other_rule, hole_exits };
}
