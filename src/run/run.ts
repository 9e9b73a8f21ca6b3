import type { Market } from "../candles/candles.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { type Days, daysOfPart } from "../portfolio/days.ts";
import { type Purse, purseOf } from "../portfolio/purse.ts";
import type { Ranking } from "../portfolio/rankings.ts";
import type { ExitsOf } from "../portfolio/walk.ts";
import { barsHeldAtMost } from "../search/market.ts";
import type { SetFigures } from "../search/result.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { figuresOf, type SetReplayer } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { accountDays, type DaySpan } from "../validation/days.ts";
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
    const { beat } = this.session;
    return {
      market: this.market,
      rules,
      constraints,
      drawdownLimit,
      memoryBytes,
      threads,
      onTile: beat,
      onReplay: beat,
    };
  }

  /** Replays sets over one part, and releases the replayer's memory afterwards. */
  replaying<T>(part: Part, use: (replayer: SetReplayer) => T): T {
    const { market, longestBars, settings } = this;
    const { rules, memoryBytes } = settings;
    return withReplayer({ ...part, market, rules, longestBars, memoryBytes }, use);
  }

  /** What one purse makes of trades over one part, from the capital; over `span`, or the part's own days. Null without a portfolio. */
  purse({ table }: Pick<Part, "table">, exits: ExitsOf, trades: readonly Trade[], span: DaySpan | null): Purse | null {
    const { portfolio, rules } = this.settings;
    const days = span ? accountDays(span) : this.daysOf(table);
    return portfolio && purseOf({ table, market: this.market, rules, portfolio, days }, exits, trades);
  }

  /** How the last search of a part ranks its best sets once more; null if the objective alone ranks them. */
  rankingOver({ table }: Pick<Part, "table">): Ranking | null {
    const { ranking } = this.settings;
    return ranking && { ...ranking, days: this.daysOf(table) };
  }

  private daysOf(table: OpportunityTable): Days {
    return daysOfPart(table, this.longestBars * this.settings.timeframeMs);
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
