import type { Market } from "../candles/candles.ts";
import { barsHeldAtMost } from "../search/market.ts";
import type { SetFigures } from "../search/result.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { figuresOf, type SetReplayer } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { withReplayer } from "./replayers.ts";
import type { Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { Part } from "./typeParts.ts";

/** What every step of a run carries: who hears of it, by which settings it goes, and the market that it works on. */
export class Run {
  constructor(
    readonly session: Session,
    readonly settings: Settings,
    readonly market: Market,
    /** Longest holding time that any step tries. */
    readonly longestBars: number,
  ) {}

  /** What all searches have in common: where their opportunities trade, by which rules, within which limits. */
  searchOptions(): Omit<SearchTask, "table" | "labels" | "space" | "objective" | "top"> {
    const { rules, constraints, drawdownLimit, memoryBytes, threads } = this.settings;
    const onTile = this.session.beat;
    return { market: this.market, rules, constraints, drawdownLimit, memoryBytes, threads, onTile };
  }

  /** Replays sets over one part, and lets the replayer's memory go after. */
  replaying<T>(part: Part, use: (replayer: SetReplayer) => T): T {
    const { market, longestBars, settings } = this;
    const { rules, memoryBytes } = settings;
    return withReplayer({ ...part, market, rules, longestBars, memoryBytes }, use);
  }

  /** Longest time in bars that a set holds a trade. */
  barsHeld(params: Parameters): number {
    return barsHeldAtMost(exitOf(params), this.settings.rules, this.settings.timeframeMs);
  }

  /** Figures of a set from its trades; `objectiveTotal` counts the objective opportunities that it might have captured. */
  figures(params: Parameters, trades: readonly Trade[], objectiveTotal: number): SetFigures {
    return figuresOf(params, trades, objectiveTotal, this.settings.timeframeMs, this.barsHeld(params));
  }
}
