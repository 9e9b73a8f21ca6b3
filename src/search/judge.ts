import { REPLAY_KEY } from "../core/abi.ts";
import { CoreFault } from "../errors.ts";
import { filtersOf } from "../space/filters.ts";
import type { SpaceOrder } from "../space/order.ts";
import type { Candidate } from "./board.ts";
import { type FilterAxis, rowsOf } from "./filterGrid.ts";
import { isCertainlyZero, isOnlyBound, keyTolerance, orderingKeyOf } from "./keys.ts";
import { madeNothing } from "./metrics.ts";
import { breaksConstraint, compareSets, type Objective, scoreOf } from "./objectives.ts";
import { PlainFigures } from "./plainFigures.ts";
import type { RankedSet } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";
import { capturedRows } from "./setReplayer.ts";

/** Replays candidates, best bound first, until no other can still reach the leaderboard. */
export class Judge {
  replays = 0;
  /** Sets replayed whose trades all made nothing: they take places from others on a leaderboard of sums that cannot tell. */
  nothings = 0;
  private readonly plain: PlainFigures;
  private ranked: Omit<RankedSet, "rank">[] = [];
  private codes: {
    readonly axes: readonly FilterAxis[];
    readonly loose: Uint32Array;
    readonly places: readonly number[];
  } | null = null;
  /** Rows of the last set's filters. */
  private captured: { readonly filters: readonly number[]; readonly rows: Uint32Array } | null = null;

  constructor(
    private readonly task: SearchTask,
    private readonly order: SpaceOrder,
  ) {
    this.plain = new PlainFigures(task);
  }

  /** Lets rows be found by the axes' codes; `loose` are those that can be captured at all. */
  readBy(axes: readonly FilterAxis[], loose: Uint32Array): void {
    this.codes = { axes, loose, places: axes.map(({ parameter }) => Object.keys(this.task.space).indexOf(parameter)) };
  }

  private capturedBy(rank: number): Uint32Array | undefined {
    if (!this.codes) return undefined;
    const { axes, loose, places } = this.codes;
    const digits = this.order.digitsOf(rank);
    const filters = places.map((place) => digits[place]!);
    // Consecutive leaders often differ only in their exits.
    if (this.captured?.filters.join() !== filters.join())
      this.captured = { filters, rows: rowsOf(axes, filters, loose) };
    return this.captured!.rows;
  }

  /** Exact key of the last place; while places are free, what is wanted at least. */
  get lastKey(): number {
    const last = this.ranked[this.task.top - 1];
    return last
      ? orderingKeyOf(this.task.objective, last.score, last.metrics)
      : (this.task.atLeast ?? Number.NEGATIVE_INFINITY);
  }

  /** Replays one set and gives it its place; false if it breaks a constraint. `sumsKey` is what the core's sums made of it. */
  admit(rank: number, sumsKey?: number): boolean {
    const { task } = this;
    if (this.ranked.some((set) => set.index === rank)) return true;
    this.replays++;
    this.task.onTile?.(0);
    const params = this.order.parametersOf(rank);
    const figures = this.plain.figures(params, this.capturedBy(rank) ?? capturedRows(task.table, filtersOf(params)));
    if (breaksConstraint(figures.metrics, task.constraints)) {
      if (madeNothing(figures.metrics)) this.nothings++;
      return false;
    }
    const set = { ...figures, index: rank, score: scoreOf(task.objective, figures.metrics, task.drawdownLimit) };
    if (orderingKeyOf(task.objective, set.score, set.metrics) < (task.atLeast ?? Number.NEGATIVE_INFINITY)) return true;
    if (sumsKey !== undefined) checkAgainstSums(task.objective, set, sumsKey);
    let at = this.ranked.length;
    while (at > 0 && compareSets(task.objective, set, this.ranked[at - 1]!) < 0) at--;
    this.ranked.splice(at, 0, set);
    if (this.ranked.length > task.top) this.ranked.pop();
    return true;
  }

  /** Replays candidates in falling order; true once the leaderboard is certain, false if it would take more candidates. */
  settle(candidates: readonly Candidate[], isComplete: boolean): boolean {
    this.ranked = [];
    for (const [k, { key, rank }] of candidates.entries()) {
      this.task.onReplay?.(Math.min(1, k / this.task.top));
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
    throw new CoreFault("CORE_DISAGREES", "the core's sums and the replay disagree on a parameter set", {
      where: JSON.stringify(set.params),
      found: `sums: ${sumsKey}`,
      expected: `replay: ${key}`,
      remedy: "this is a bug in Sluice: do not use the result of this run, and please report it with the data",
    });
}
