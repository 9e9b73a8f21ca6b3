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

/** What every step of a run needs: its session, its settings and its market. */
export class Run {
  constructor(
    readonly session: Session,
    readonly settings: Settings,
    readonly market: Market,
    /** Longest holding time that any step tries. */
    readonly longestBars: number,
    /** Keeps what a report with pictures draws. */
    readonly draws = false,
  ) {}

  /** What all searches share: the market, the rules and the limits. */
  searchOptions(): Omit<SearchTask, "table" | "labels" | "space" | "objective" | "top"> {
    const { rules, constraints, drawdownLimit, memoryBytes, threads } = this.settings;
    const onTile = this.session.beat;
    return { market: this.market, rules, constraints, drawdownLimit, memoryBytes, threads, onTile };
  }

  /** Replays sets over one part, and releases the replayer's memory afterwards. */
  replaying<T>(part: Part, use: (replayer: SetReplayer) => T): T {
    const { market, longestBars, settings } = this;
    const { rules, memoryBytes } = settings;
    return withReplayer({ ...part, market, rules, longestBars, memoryBytes }, use);
  }

  /** Maximum holding time of a set's trades, in bars. */
  barsHeld(params: Parameters): number {
    return barsHeldAtMost(exitOf(params), this.settings.rules, this.settings.timeframeMs);
  }

  /** Figures of a set from its trades; `objectiveTotal` counts the objective opportunities that it could have captured. */
  figures(params: Parameters, trades: readonly Trade[], objectiveTotal: number): SetFigures {
    return figuresOf(params, trades, objectiveTotal, this.settings.timeframeMs, this.barsHeld(params));
  }
}
