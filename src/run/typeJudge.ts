import type { Spaces } from "../space/parameters.ts";
import type { DaySpan } from "../validation/days.ts";
import type { Captured } from "./capturePhase.ts";
import { holdoutDays } from "./holdoutDays.ts";
import { type GivenStarts, NoiseSearches } from "./noiseSearches.ts";
import type { Run } from "./run.ts";
import type { TypeSearch } from "./setSearches.ts";
import type { TypeParts } from "./typeParts.ts";
import type { RunUniverse } from "./universe.ts";
import { type Contender, type JudgedType, judgeType } from "./verdictPhase.ts";
import { WalkForwards } from "./walkForwardPhase.ts";

/** Phase 4 of a run, type by type; searches over noise and walk-forward windows are shared by all types and configs. */
export class TypeJudge {
  /** The days of the hold-out, to the last candle's. */
  readonly span: DaySpan;
  private readonly noise: NoiseSearches;
  private readonly walks: WalkForwards;

  /** `hindsight`: the opportunities were selected by their future. */
  constructor(
    private readonly run: Run,
    private readonly universe: RunUniverse,
    private readonly spaces: Spaces,
    private readonly hindsight: boolean,
    /** Whose days count, where the run's is a part of it. */
    market = run.market,
  ) {
    this.noise = new NoiseSearches(run, universe, spaces);
    this.walks = new WalkForwards(run, universe, spaces);
    this.span = holdoutDays(universe.split.timeMs, market);
  }

  /** What the searches of one type share. */
  searchOf(captured: Captured, given: GivenStarts): TypeSearch {
    const { run, noise } = this;
    const { type } = captured.parts;
    return { run, space: this.spaces.get(type)!, captured, given, noise, walk: this.walks.of(type) };
  }

  /** Judges the contenders of one type; `lastUpdateMs` is when the current set was made, null if unknown. */
  judge(parts: TypeParts, contenders: readonly Contender[], lastUpdateMs: number | null): Promise<JudgedType> {
    const { run, span, hindsight } = this;
    return judgeType({ run, parts, splitMs: this.universe.split.timeMs, span, hindsight }, contenders, lastUpdateMs);
  }
}
