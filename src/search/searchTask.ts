import type { Market } from "../candles/candles.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { Space } from "../space/parameters.ts";
import type { ExitRange } from "./exitGrid.ts";
import type { Constraints, Objective } from "./objectives.ts";
import type { TradeRules } from "./trades.ts";

/** One search: which table, which sets, and how they are ranked. */
export interface SearchTask {
  /** Opportunities of one type whose longest path fits the data. */
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly market: Market;
  readonly space: Space;
  /** Parameters that no stage varies: the space fixes them at the value of the set under test. */
  readonly held?: readonly string[];
  readonly rules: TradeRules;
  readonly objective: Objective;
  readonly constraints: Constraints;
  /** Percent points, for `balanced`. */
  readonly drawdownLimit: number;
  /** Sets wanted on the leaderboard. */
  readonly top: number;
  /** Maximum number of sets, an even stride over the ranks; default: all. */
  readonly limit?: number;
  readonly memoryBytes: number;
  /** Threads that share each search; 1 if undefined. */
  readonly threads?: number;
  /** Also collect statistics on all ranked sets. */
  readonly study?: {
    /** Block of time by row, below 16. */
    readonly blockOfRow: Uint8Array;
    /** Ranked sets whose sums are wanted block by block: a drawn sample. */
    readonly sets: number;
  };
  /** Beyond so many candidates for the last place that no sum can tell apart, the order is no longer proven by replays; default 2,048. */
  readonly mostSpare?: number;
  /** Only sets with one of these exits, each under its rank in the whole space; default: all. */
  readonly exits?: ExitRange;
  /** Only sets whose ordering key (`orderingKeyOf`) is at least this are wanted; default: all. */
  readonly atLeast?: number;
  /** Called between tiles, with the part of the sets that has been walked, 0-1; may throw to stop. */
  readonly onTile?: (walked: number) => void;
  /** Called before all sets are swept, 0, and before each time that they are swept again, because more of them tie at the last place than were kept. */
  readonly onSweep?: (sweep: number) => void;
  /** Called now and then within a sweep: whether, as it stands, there will be another. Not where drawdowns decide. */
  readonly onTies?: (areTied: boolean) => void;
  /** Called between replays of the leaders, with the part of the leaderboard that is certain, 0-1; may throw to stop. */
  readonly onReplay?: (settled: number) => void;
}
