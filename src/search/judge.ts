import { REPLAY_KEY } from "../core/abi.ts";
import { CoreFault } from "../errors.ts";
import { filtersOf } from "../space/filters.ts";
import type { SpaceOrder } from "../space/order.ts";
import type { Parameters } from "../space/parameters.ts";
import type { Candidate } from "./board.ts";
import { type FilterAxis, rowsOf } from "./filterGrid.ts";
import { isCertainlyZero, isOnlyBound, keyTolerance, orderingKeyOf } from "./keys.ts";
import { madeNothing } from "./metrics.ts";
import { breaksConstraint, compareSets, type Objective, scoreOf } from "./objectives.ts";
import { type CapturedSet, PlainFigures } from "./plainFigures.ts";
import type { RankedSet, SetFigures } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";
import { capturedRows } from "./setReplayer.ts";

type PlacedSet = Omit<RankedSet, "rank">;

/** Rows of sets that are held at once, to replay the sets of one exit together. */
const mostHeldRows = 2 ** 21;
/** Beyond the places wanted, so many of them are replayed together. */
const furtherShare = 8;

/** Replays candidates, best bound first, until no other can still reach the leaderboard. */
export class Judge {
  replays = 0;
  /** Sets replayed whose trades all made nothing: they take places from others on a leaderboard of sums that cannot tell. */
  nothings = 0;
  private readonly plain: PlainFigures;
  private ranked: PlacedSet[] = [];
  /** Ranks of those sets. */
  private readonly placed = new Set<number>();
  /** Figures of sets that are yet to be admitted, or were before. */
  private prepared = new Map<number, SetFigures>();
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

  private capturedBy(rank: number, params: Parameters): Uint32Array {
    if (!this.codes) return capturedRows(this.task.table, filtersOf(params));
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

  /** Replays sets and gives each its place. */
  admitAll(ranks: readonly number[]): void {
    this.prepare(ranks);
    for (const rank of ranks) this.admit(rank);
  }

  /** Replays one set and gives it its place; false if it breaks a constraint. `sumsKey` is what the core's sums made of it. */
  admit(rank: number, sumsKey?: number): boolean {
    const { task } = this;
    if (this.placed.has(rank)) return true;
    this.replays++;
    this.task.onTile?.(0);
    const figures = this.figuresOf(rank);
    if (breaksConstraint(figures.metrics, task.constraints)) {
      if (madeNothing(figures.metrics)) this.nothings++;
      return false;
    }
    const set = { ...figures, index: rank, score: scoreOf(task.objective, figures.metrics, task.drawdownLimit) };
    if (orderingKeyOf(task.objective, set.score, set.metrics) < (task.atLeast ?? Number.NEGATIVE_INFINITY)) return true;
    if (sumsKey !== undefined) checkAgainstSums(task.objective, set, sumsKey);
    this.place(set);
    return true;
  }

  private place(set: PlacedSet): void {
    const { ranked, task } = this;
    let from = 0;
    for (let to = ranked.length; from < to; ) {
      const middle = (from + to) >> 1;
      if (compareSets(task.objective, set, ranked[middle]!) < 0) to = middle;
      else from = middle + 1;
    }
    ranked.splice(from, 0, set);
    this.placed.add(set.index);
    if (ranked.length > task.top) this.placed.delete(ranked.pop()!.index);
  }

  private figuresOf(rank: number): SetFigures {
    const prepared = this.prepared.get(rank);
    this.prepared.delete(rank);
    if (prepared) return prepared;
    const params = this.order.parametersOf(rank);
    return this.plain.figures(params, this.capturedBy(rank, params));
  }

  /** Replays sets before they are admitted, those of one exit together: of many leaders each exit is then walked once, not once a leader. */
  private prepare(ranks: readonly number[]): void {
    if (!this.codes || ranks.length < 2) return;
    const wanted = ranks.filter((rank) => !this.placed.has(rank) && !this.prepared.has(rank));
    for (const group of this.byExit(wanted)) {
      let held: CapturedSet[] = [];
      let rows = 0;
      const flush = (end: number): void => {
        this.task.onTile?.(0);
        for (const [k, figures] of this.plain.figuresTogether(held).entries())
          this.prepared.set(group[end - held.length + k]!, figures);
        held = [];
        rows = 0;
      };
      for (const [k, rank] of group.entries()) {
        const params = this.order.parametersOf(rank);
        const set = { params, rows: this.capturedBy(rank, params) };
        held.push(set);
        rows += set.rows.length;
        if (rows > mostHeldRows || k === group.length - 1) flush(k + 1);
      }
    }
  }

  /** Sets by their exits; exits that differ in the holding time alone one after the other, the longest first: its walk tells most of the others. */
  private byExit(ranks: readonly number[]): number[][] {
    const filters = new Set(this.codes!.places);
    const groups = new Map<string, number[]>();
    for (const rank of ranks) {
      const exit = this.order
        .digitsOf(rank)
        .filter((_, place) => !filters.has(place))
        .join();
      const group = groups.get(exit);
      if (group) group.push(rank);
      else groups.set(exit, [rank]);
    }
    const exits = [...groups.values()].map((group) => {
      const { levels, exit } = this.plain.exitOf(this.order.parametersOf(group[0]!));
      return { group, levels, holdingBars: exit.holdingBars };
    });
    exits.sort((a, b) => compareTexts(a.levels, b.levels) || b.holdingBars - a.holdingBars);
    return exits.map(({ group }) => group);
  }

  /** Replays candidates in falling order; true once the leaderboard is certain, false if it would take more candidates. */
  settle(candidates: readonly Candidate[], isComplete: boolean): boolean {
    const { objective, top } = this.task;
    this.prepared = new Map(this.ranked.map((set) => [set.index, figuresIn(set)]));
    this.ranked = [];
    this.placed.clear();
    let ready = 0;
    for (const [k, { key, rank }] of candidates.entries()) {
      this.task.onReplay?.(Math.min(1, k / top));
      const last = this.lastKey;
      if (key < last - keyTolerance(objective, last)) return true;
      if (isCertainlyZero(objective, key) && last >= key && rank > this.ranked.at(-1)!.index) return true;
      if (k === ready) {
        ready += k === 0 ? top : Math.max(1, Math.floor(top / furtherShare));
        this.prepare(candidates.slice(k, ready).map((candidate) => candidate.rank));
      }
      this.admit(rank, key);
    }
    return isComplete;
  }

  leaders(): RankedSet[] {
    return this.ranked.map((set, k) => ({ rank: k + 1, ...set }));
  }
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function figuresIn({ index: _index, score: _score, ...figures }: PlacedSet): SetFigures {
  return figures;
}

/** The core's sums and the replay must agree; keys that only say "replay me" or bound a set do not count. */
function checkAgainstSums(objective: Objective, set: PlacedSet, sumsKey: number): void {
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
