import type { Market } from "../candles/candles.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels } from "../opportunities/table.ts";
import { uniformFrom } from "../random.ts";
import { searchCapture } from "../search/captureSearch.ts";
import { choosesByFeatures } from "../search/filterChoice.ts";
import { keyTolerance, orderingKeyOf } from "../search/keys.ts";
import { candlesOf, overMsOf } from "../search/market.ts";
import { type Objective, objectives } from "../search/objectives.ts";
import { searchProfit } from "../search/profitSearch.ts";
import type { RankedSet } from "../search/result.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { startingPoints } from "../search/startingPoints.ts";
import { chooseWeights, withSignalScore } from "../search/weightChoice.ts";
import type { Parameters, Spaces } from "../space/parameters.ts";
import { lagOf } from "../validation/lag.ts";
import { enteredIn, MarketRotations, type Stretch } from "../validation/rotatedMarket.ts";
import { type NoSelection, type Selection, selectionOf, selectionRuns } from "../validation/selection.ts";
import type { LastSearch } from "./evidence.ts";
import { rowsOfType } from "./oneType.ts";
import type { Run } from "./run.ts";
import { type Part, partOf, withFeaturesOf } from "./typeParts.ts";
import type { Universe } from "./universe.ts";

/** Starting points of phase 3 besides what phase 2 finds. */
export interface GivenStarts {
  readonly current: Parameters | null;
  readonly suggestions: readonly Parameters[];
}

/** One market with nothing to find, valid until the next one is made, and the training rows as entered there. */
interface Noise extends Part {
  readonly market: Market;
}

/**
 * The whole search over noise: weights, phase 2 and phase 3 over the training rows in a market whose moves were rotated against what was known (MarketRotations).
 * The same rotations serve all types and configs, and what phase 2 found in them is kept.
 */
export class NoiseSearches {
  private readonly training: Part;
  private readonly stretch: Stretch;
  private readonly bars: number;
  private readonly lags: readonly number[];
  /** Made for the first search over noise. */
  private rotations: MarketRotations | undefined;
  private readonly captured = new Map<string, readonly RankedSet[]>();

  constructor(
    private readonly run: Run,
    { table, labels, split }: Universe,
    private readonly spaces: Spaces,
  ) {
    const { market, longestBars } = run;
    const { timeframeMs, lookaheadBars, seed } = run.settings;
    this.training = partOf(withFeaturesOf(spaces.values(), table), labels, split.training);
    const { table: trained } = this.training;
    const overMs = overMsOf(trained, candlesOf(trained, market), longestBars, lookaheadBars);
    const fromMs = trained.timestampMs.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY);
    this.stretch = { fromMs, toMs: overMs.reduce((most, time) => Math.max(most, time), fromMs) + timeframeMs };
    this.bars = trained.count === 0 ? 0 : Math.ceil((this.stretch.toMs - fromMs) / timeframeMs);
    const uniform = uniformFrom(seed);
    const ring = { bars: this.bars, leastLag: longestBars };
    this.lags = Array.from({ length: selectionRuns }, () => lagOf(ring, uniform()));
  }

  /**
   * p of a type's best set among what the same search finds in noise, or why that says nothing. `given` is null for a set that phase 2 found: the
   * search ends with phase 2 then.
   */
  async selection(
    type: string,
    { space, best }: LastSearch,
    given: GivenStarts | null,
  ): Promise<Selection | NoSelection> {
    const { constraints } = this.run.settings;
    const objective = this.objectiveOf(given);
    const { table, labels } = ofType(this.training, type);
    if (!choosesByFeatures(space, table, labels, constraints)) return { reason: { code: "NO_TELLING_FILTER" } };
    if (this.bars <= 2 * this.run.longestBars) return { reason: { code: "SHORT_TRAINING" } };
    // Any search that ranks a set reaches this score.
    if (best.score <= objectives[objective].leastScore) return { p: 1, runs: 0, atLeast: 0, observed: best.score };
    const { session } = this.run;
    return selectionOf(best.score, (draw) => {
      // Each may be the last.
      session.meter.leave(`noise ${type}`, (selectionRuns - draw + 1) / 2);
      return session.piece(`noise ${type}`, () => this.reaches(type, draw, best, given));
    });
  }

  /** Whether the search of a type over the draw's noise finds an equally good or better set. */
  async reaches(type: string, draw: number, best: RankedSet, given: GivenStarts | null): Promise<boolean> {
    const objective = this.objectiveOf(given);
    const noise = this.noiseOf(draw);
    await this.breathe(type, draw);
    const winner = given ? await this.bestProfit(noise, type, draw, given) : this.capturedIn(noise, type, draw)[0];
    const keyOf = ({ score, metrics }: RankedSet): number => orderingKeyOf(objective, score, metrics);
    // Scores that differ only by rounding are equal.
    return winner !== undefined && keyOf(winner) >= keyOf(best) - keyTolerance(objective, keyOf(best));
  }

  /** Phase 3's best set of a type in a draw's noise. */
  private async bestProfit(
    noise: Noise,
    type: string,
    draw: number,
    given: GivenStarts,
  ): Promise<RankedSet | undefined> {
    const top = this.capturedIn(noise, type, draw);
    const other = [...this.spaces.keys()].find((name) => name !== type);
    const otherBest = other === undefined ? null : (this.capturedIn(noise, other, draw)[0]?.params ?? null);
    await this.breathe(type, draw);
    const { objective, stages } = this.run.settings;
    const starts = startingPoints(top, given.current, otherBest, given.suggestions);
    const found = searchProfit({ ...this.taskOf(noise, type), ...stages, objective, starts, top: 1 });
    this.run.session.noteLinearMemory(found.linearMemoryBytes);
    return found.top[0];
  }

  /** The objective of the repeated search: phase 2's, or the user's. */
  private objectiveOf(given: GivenStarts | null): Objective {
    return given ? this.run.settings.objective : "total";
  }

  /** Phase 2's sets of a type in a draw's noise. */
  private capturedIn(noise: Noise, type: string, draw: number): readonly RankedSet[] {
    const key = `${draw} ${type}`;
    const known = this.captured.get(key);
    if (known) return known;
    const { top, engine } = searchCapture(this.taskOf(noise, type));
    this.run.session.noteLinearMemory(engine.linear_memory_bytes);
    this.captured.set(key, top);
    return top;
  }

  /** What the searches of both phases share, with weights chosen again. */
  private taskOf(noise: Noise, type: string): Omit<SearchTask, "objective" | "top"> {
    const { table, labels } = ofType(noise, type);
    const weights = chooseWeights(type, table, labels);
    return {
      ...this.run.searchOptions(),
      market: noise.market,
      table: weights ? withSignalScore(table, weights.values) : table,
      labels,
      space: this.spaces.get(type)!,
    };
  }

  private noiseOf(draw: number): Noise {
    this.rotations ??= new MarketRotations(this.run.market, this.stretch, this.run.session.beat);
    const market = this.rotations.by(this.lags[draw]!);
    const table = enteredIn(this.training.table, this.run.market, market, this.run.settings.entry);
    return { market, table, labels: asLabels(flagObjective(table, market, this.run.settings)) };
  }

  private async breathe(type: string, draw: number): Promise<void> {
    this.say(type, draw);
    await this.run.session.breathe();
  }

  private say(type: string, draw: number): void {
    this.run.session.say("phase4", `searching noise, ${type}, ${draw + 1} of ${selectionRuns}`, draw / selectionRuns);
  }
}

function ofType({ table, labels }: Part, type: string): Part {
  return partOf(table, labels, rowsOfType(table, type));
}
