import { jointTable } from "../opportunities/jointTable.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import type { JointAccount, PortfolioResult } from "../portfolio/result.ts";
import type { ExitsOf } from "../portfolio/walk.ts";
import type { Trade } from "../search/trades.ts";
import type { Exit } from "../space/exitParts.ts";
import { exitOf } from "../space/exits.ts";
import type { DaySpan } from "../validation/days.ts";
import type { CandidateName, ChallengedDecision } from "../validation/result.ts";
import type { Run } from "./run.ts";

/** A judged set with every trade that it makes on the hold-out, and the table whose rows they name. */
export interface HeldOutSet {
  readonly name: CandidateName;
  readonly suggestion: number | null;
  readonly exits: ExitsOf;
  readonly trades: readonly Trade[];
  readonly table: OpportunityTable;
}

/** The sets of a type that a joint account may need: the first, the current one, and those that may be applied. */
export function keptSets<Set extends Pick<HeldOutSet, "name">>(
  sets: readonly Set[],
  mayBeApplied: readonly boolean[],
): Set[] {
  return sets.filter(({ name }, k) => k === 0 || name === "current" || mayBeApplied[k]);
}

/**
 * One purse for the sets of all types, and of all groups: now, and as the bot trades after this run. Where nothing is applied, with the sets that were proposed
 * first. Null without a portfolio.
 */
export function jointAccount(
  run: Run,
  span: DaySpan,
  types: ReadonlyMap<string, { readonly heldOut: readonly HeldOutSet[] }>,
  decision: Readonly<Record<string, Pick<ChallengedDecision, "applied" | "reasons">>>,
): JointAccount | null {
  if (!run.settings.portfolio) return null;
  const sets = [...types].map(([type, { heldOut }]) => {
    const current = heldOut.find(({ name }) => name === "current");
    const { applied = null, reasons = [] } = decision[type] ?? {};
    const { suggestion } = reasons.find(({ code }) => code === "APPLIED") ?? {};
    const isApplied = (set: HeldOutSet): boolean =>
      set.name === applied && (set.suggestion ?? undefined) === suggestion;
    const found = heldOut.find(isApplied);
    const first = heldOut.find(({ name }) => name !== "current");
    return { current, applied: found, first, isUnknown: applied !== null && !found };
  });
  const changes = sets.some((set) => set.applied);
  // A challenger was judged on days of its own; this run has not traded it on the hold-out.
  const isUnknown = sets.some((set) => set.isUnknown);
  const known = <Set>(found: readonly (Set | undefined)[]): Set[] => found.filter((set) => set !== undefined);
  return {
    now: purseOfSets(run, span, known(sets.map(({ current }) => current))),
    proposed: isUnknown
      ? null
      : purseOfSets(run, span, known(sets.map((set) => (changes ? set.applied : set.first) ?? set.current))),
  };
}

const always = (exit: Exit) => (): Exit => exit;

function purseOfSets(run: Run, span: DaySpan, sets: readonly HeldOutSet[]): PortfolioResult | null {
  if (sets.length === 0) return null;
  const exits = new Map<Trade, Exit>();
  const trades: Trade[] = [];
  let before = 0;
  for (const { exits: ownExits, trades: own, table } of sets) {
    const exitOfTrade =
      typeof ownExits === "function" ? (ownExits as (trade: Trade) => Exit) : always(exitOf(ownExits));
    for (const trade of own) {
      const moved = { ...trade, row: before + trade.row };
      exits.set(moved, exitOfTrade(trade));
      trades.push(moved);
    }
    before += table.count;
  }
  const table = jointTable(sets.map((set) => set.table));
  return run.purse({ table }, (trade) => exits.get(trade)!, trades, span)?.result ?? null;
}
