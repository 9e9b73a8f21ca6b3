import { REPLAY_KEY } from "../core/abi.ts";
import { CoreFault } from "../errors.ts";
import type { SpaceOrder } from "../space/order.ts";
import type { Candidate } from "./board.ts";
import type { ExitGrid } from "./exitGrid.ts";
import { isCertainlyZero, isOnlyBound, keyTolerance, orderingKeyOf } from "./keys.ts";
import { breaksConstraint, compareSets, type Objective, scoreOf } from "./objectives.ts";
import type { RankedSet } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";
import { SetReplayer } from "./setReplayer.ts";

/** Replays candidates, best bound first, and knows when no other can still reach the leaderboard. */
export class Judge {
  replays = 0;
  private readonly replayer: SetReplayer;
  private ranked: Omit<RankedSet, "rank">[] = [];

  constructor(
    private readonly task: SearchTask,
    private readonly order: SpaceOrder,
    exits: ExitGrid,
  ) {
    const longest = Math.max(...exits.levels.holdingBars);
    this.replayer = new SetReplayer(
      task.table,
      task.labels,
      task.market,
      task.rules,
      task.market.timeframeMs,
      longest,
      task.memoryBytes,
    );
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes;
  }

  /** See SetReplayer. */
  narrowTo(rows: Uint32Array): void {
    this.replayer.narrowTo(rows);
  }

  /** Lets its memory go. */
  release(): void {
    this.replayer.release();
  }

  /** Exact key of the last place, or -Infinity while places are free. */
  get lastKey(): number {
    const last = this.ranked[this.task.top - 1];
    return last ? orderingKeyOf(this.task.objective, last.score, last.metrics) : Number.NEGATIVE_INFINITY;
  }

  /** Replays one set and gives it its place; false where it breaks a constraint. `sumsKey` is what the core's sums made of it. */
  admit(rank: number, sumsKey?: number): boolean {
    const { task } = this;
    if (this.ranked.some((set) => set.index === rank)) return true;
    this.replays++;
    const figures = this.replayer.figures(this.order.parametersOf(rank));
    if (breaksConstraint(figures.metrics, task.constraints)) return false;
    const set = { ...figures, index: rank, score: scoreOf(task.objective, figures.metrics, task.drawdownLimit) };
    if (sumsKey !== undefined) checkAgainstSums(task.objective, set, sumsKey);
    let at = this.ranked.length;
    while (at > 0 && compareSets(task.objective, set, this.ranked[at - 1]!) < 0) at--;
    this.ranked.splice(at, 0, set);
    if (this.ranked.length > task.top) this.ranked.pop();
    return true;
  }

  /** Replays candidates in falling order; true once the leaderboard is certain, false where it would take more candidates. */
  settle(candidates: readonly Candidate[], isComplete: boolean): boolean {
    this.ranked = [];
    for (const { key, rank } of candidates) {
      const last = this.lastKey;
      if (key < last - keyTolerance(this.task.objective, last)) return true;
      if (isCertainlyZero(this.task.objective, key) && last >= key && rank > this.ranked.at(-1)!.index) return true;
      this.admit(rank, key);
    }
    return isComplete;
  }

  leaders(): RankedSet[] {
    return this.ranked.map((set, k) => ({ rank: k + 1, ...set }));
  }
}

/** The core's sums and the replay must agree; keys that only say "replay me" or bound a set do not count. */
function checkAgainstSums(objective: Objective, set: Omit<RankedSet, "rank">, sumsKey: number): void {
  if (sumsKey >= REPLAY_KEY || isOnlyBound(objective, sumsKey)) return;
  // Whether a set gains at all may hang on the order of adding.
  if (Math.abs(set.metrics.avg_return) < 1e-8) return;
  const key = orderingKeyOf(objective, set.score, set.metrics);
  if (Math.abs(key - sumsKey) > 1e-6 * Math.max(1, Math.abs(key)))
    throw new CoreFault("CORE_DISAGREES", "the core's sums and the replay disagree on a set", {
      where: JSON.stringify(set.params),
      found: `sums: ${sumsKey}`,
      expected: `replay: ${key}`,
      remedy: "please report this with the data: the result of this run must not be used",
    });
}
