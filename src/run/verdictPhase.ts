import type { Purse } from "../portfolio/purse.ts";
import { onePosition } from "../search/onePosition.ts";
import type { SetReplayer } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import type { Parameters } from "../space/parameters.ts";
import { type CurrentStanding, standingOf } from "../validation/decision.ts";
import { type GateRules, gateOf, noGate } from "../validation/gate.ts";
import type { CandidateName, CandidateResult, GateResult, SetFinding, SetVerdict } from "../validation/result.ts";
import { worded } from "../words/verdicts.ts";
import type { Drawn } from "./drawing/drawn.ts";
import { drawType, type SetToDraw } from "./drawing/drawType.ts";
import { exitsBySymbol } from "./groups/exitsBySymbol.ts";
import type { SetOfSymbols } from "./groups/groupCurrents.ts";
import { type HeldOutSet, keptSets } from "./jointAccount.ts";
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
  /** Of the current set of a group whose members have different ones: each with its symbols, `params` being the first. */
  readonly sets?: readonly SetOfSymbols[];
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
  /** Of the set proposed first, or of the current one if none was; null unless the run keeps what a report draws. */
  readonly drawn: Drawn | null;
  /** Of the other sets that may be applied, by `drawnKey`. */
  readonly othersDrawn: ReadonlyMap<string, Drawn>;
  /** The first set that was proposed, those for which the gate is open, and the current one, as they traded on the hold-out; none without a portfolio. */
  readonly heldOut: readonly HeldOutSet[];
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
  const { trades, purses, replays, objectiveTotal } = await replaysOf(judging, contenders);
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
    currentPurse: purses[currentPlace] ?? null,
    currentSawHoldout: lastUpdateMs !== null && lastUpdateMs > splitMs,
  };
  const candidates: CandidateResult[] = [];
  const findings: SetFinding[] = [];
  for (const [k, { name, suggestion, params, search, sets }] of contenders.entries()) {
    const { holdout } = trades[k]!;
    const purse = purses[k] ?? null;
    // Independent of the other contenders: `validate` of this set alone says the same.
    const isInQuestion =
      name !== "suggestion" || gateOf({ name, holdout, verdict: "PASSED", entryP: null, purse }, rules).open;
    const set = { params, trades: trades[k]!, search, purse, isInQuestion, isMixed: sets !== undefined };
    run.session.say("phase4", `testing set ${k + 1} of ${contenders.length}, ${judging.parts.type}`);
    const finding = await run.session.piece(`tests ${judging.parts.type}`, () => judgeSet(judging, set));
    findings.push(finding);
    const verdict = worded(finding);
    const gate =
      name === "current"
        ? null
        : gateOf({ name, holdout, verdict: verdict.verdict, entryP: entryPOf(verdict), purse }, rules);
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
    heldOut: run.settings.portfolio ? heldOutOf(judging, contenders, trades, candidates) : [],
    ...(run.draws
      ? drawnOf(judging, contenders, { trades, purses }, findings)
      : { drawn: null, othersDrawn: new Map() }),
  };
}

function heldOutOf(
  { parts }: Judging,
  contenders: readonly Contender[],
  trades: readonly PartTrades[],
  candidates: readonly CandidateResult[],
): readonly HeldOutSet[] {
  const { table } = parts.holdout;
  const all = contenders.map(({ name, suggestion, params, sets }, k) => {
    const exits = sets ? exitsBySymbol(sets) : params;
    return { name, suggestion, exits, trades: trades[k]!.holdout, table };
  });
  return keptSets(
    all,
    candidates.map(({ gate }) => gate?.open === true),
  );
}

/** Sets of a type that are drawn in case they are applied: phase 3's, phase 2's and the first suggestions. */
const mostDrawn = 5;

/** Each of the sets that may be applied beside the current one. */
function drawnOf(
  { run, parts, splitMs }: Judging,
  contenders: readonly Contender[],
  { trades, purses }: { readonly trades: readonly PartTrades[]; readonly purses: readonly (Purse | null)[] },
  findings: readonly SetFinding[],
): Pick<JudgedType, "drawn" | "othersDrawn"> {
  const toDraw = contenders.map(({ name, suggestion, params }, k) => ({
    key: drawnKey(name, suggestion),
    set: { name, params, trades: trades[k]!, purse: purses[k]! },
    finding: findings[k]!,
  }));
  const current = toDraw.filter(({ set }) => set.name === "current").map(({ set }) => set);
  const draw = (sets: readonly SetToDraw[], finding: SetFinding | null): Drawn =>
    drawType(run, { parts: [parts.training, parts.holdout], splitMs, sets, finding });
  const proposed = toDraw.filter(({ set }) => set.name !== "current").slice(0, mostDrawn);
  const drawn = proposed.map(({ key, set, finding }) => [key, draw([set, ...current], finding)] as const);
  return { drawn: drawn[0]?.[1] ?? draw(current, null), othersDrawn: new Map(drawn.slice(1)) };
}

/** The name of a set that may be applied, for what is drawn of it. */
export function drawnKey(name: string, suggestion: number | null | undefined): string {
  return suggestion === null || suggestion === undefined ? name : `${name} ${suggestion}`;
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

/** What `replayed` gives, as a piece of work of its own. */
function replaysOf(judging: Judging, contenders: readonly Contender[]): Promise<ReturnType<typeof replayed>> {
  return judging.run.session.piece(`replays ${judging.parts.type}`, () => replayed(judging, contenders));
}

/** The trades of every contender on both parts, and what reports show of them: nothing for numbered suggestions, of which there may be many. */
function replayed(
  { run, parts, span }: Judging,
  contenders: readonly Contender[],
): { trades: PartTrades[]; purses: (Purse | null)[]; replays: Replay[]; objectiveTotal: number } {
  const trades = contenders.map((): PartTrades => ({ training: [], holdout: [] }));
  const replays = contenders.map((): Replay[] => []);
  const purses = contenders.map((): Purse | null => null);
  let objectiveTotal = 0;
  for (const part of ["training", "holdout"] as const)
    run.replaying(parts[part], (replayer) => {
      objectiveTotal = replayer.objectiveTotal;
      for (const [k, { name, suggestion, params, sets }] of contenders.entries()) {
        const taken = sets ? tradesBySymbol(replayer, sets) : replayer.trades(params);
        trades[k]![part] = taken;
        const exits = sets ? exitsBySymbol(sets) : params;
        const purse = run.purse(parts[part], exits, taken, part === "holdout" ? span : null);
        if (part === "holdout") purses[k] = purse;
        if (suggestion !== null) continue;
        const replay = replayOf(run, params, taken, objectiveTotal);
        replays[k]!.push({ set: name, part, ...replay, ...(purse && { portfolio: purse.result }) });
      }
    });
  return { trades, purses, replays: replays.flat(), objectiveTotal };
}

/** The trades of symbols that have sets of their own, in table order. */
function tradesBySymbol(replayer: SetReplayer, sets: readonly SetOfSymbols[]): Trade[] {
  return sets
    .flatMap(({ symbols, params }) => replayer.trades(params).filter(({ symbol }) => symbols.includes(symbol)))
    .sort((a, b) => a.row - b.row);
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
