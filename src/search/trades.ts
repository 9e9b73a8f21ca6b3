/** Why a trade ended: one of those that every set may have, or one of an exit rule's own, such as roi, break_even or exit_signal. */
export type ExitReason = CommonReason | (string & {});

/** Reasons that every set's trades may end for. */
export type CommonReason = "take_profit" | "stop_loss" | "trailing_stop" | "timeout" | "end_of_data";

/** Which of stop and target counts if both are touched inside one bar. */
export type IntrabarRule = "stop-first" | "target-first" | "nearest-open";

/** What a trade costs and how bars are read; fractions of entry. */
export interface TradeRules {
  /** Exchange fee per side. */
  readonly fee: number;
  /** Slippage per side. */
  readonly slippage: number;
  /** Funding rate paid by longs every 8 hours held. */
  readonly fundingPer8h: number;
  readonly intrabar: IntrabarRule;
  /** Bars that the `summary` exit model looks ahead; null for the `path` model. */
  readonly summaryBars: number | null;
}

/** One captured opportunity, entered and left. */
export interface Trade {
  /** Row of the opportunity table. */
  readonly row: number;
  /** Symbol, as the candles name it. */
  readonly symbol: string;
  /** Signal type. */
  readonly type: string;
  /** 1 for long, -1 for short. */
  readonly direction: 1 | -1;
  /** Open time of the signal bar, epoch ms. */
  readonly entryTimeMs: number;
  /** Open time of the exit bar, epoch ms. */
  readonly exitTimeMs: number;
  /** Price of the entry. */
  readonly entry: number;
  /** Price of the exit. */
  readonly exit: number;
  /** Which rule closed the trade. */
  readonly reason: ExitReason;
  /** Bars held: 0 if the data ends with the signal bar. */
  readonly bars: number;
  /** Half bar of the exit after the signal bar: at the open of bar i it is 2i-1, inside that bar or at its close 2i. */
  readonly halfBars: number;
  /** Net return, a fraction of entry. */
  readonly return: number;
  /** Open time of the bar in which the part of a partial exit left, epoch ms, and what it made, net, a fraction of entry; absent where none did. */
  readonly partialTimeMs?: number;
  /** What the part that left early made, a fraction of its entry, net; undefined without a partial exit. */
  readonly partialReturn?: number;
  /** Stop and target, or stop and the level of a partial exit, were both touched inside the exit bar. */
  readonly ambiguous: boolean;
  /** Net return if the other of the two had counted; equals `return` if not ambiguous. */
  readonly otherReturn: number;
  /** The opportunity is an objective one (label). */
  readonly objective: boolean;
}

/** domain "Metrics of one parameter set"; `avg_*`, totals, stdev and drawdown in percent points, rates and shares as fractions. */
export interface Metrics {
  /** Number of trades: captured opportunities. */
  readonly n: number;
  /** Share of trades that made more than 0. */
  readonly win_rate: number;
  /** total_return / n, percent of entry, net. */
  readonly avg_return: number;
  /** Sum of the net returns, percent of entry. */
  readonly total_return: number;
  /** Sample standard deviation of a trade's return, percent. */
  readonly stdev: number;
  /** Mean of the gains, percent of entry. */
  readonly avg_win: number;
  /** Mean of the losses, percent of entry, 0 or below. */
  readonly avg_loss: number;
  /** avg_win / -avg_loss; 999 without a loss. */
  readonly payoff: number;
  /** Sum of gains / sum of losses; 999 without a loss. */
  readonly profit_factor: number;
  /** avg_return / stdev * sqrt(n). */
  readonly sqn: number;
  /** avg_return / root of the mean squared loss; 999 without a loss. */
  readonly sortino: number;
  /** Captured objective opportunities / all of the type, 0 to 1. */
  readonly capture_rate: number;
  /** Share of trades that are objective opportunities. */
  readonly precision: number;
  /** Largest fall of the summed returns from a peak, percentage points. */
  readonly max_drawdown: number;
  /** Mean holding time, hours. */
  readonly avg_holding_hours: number;
  /** Share of each reason; of those that only some rules have, what there is. */
  readonly exits: Readonly<Record<CommonReason, number>> & { readonly [reason: string]: number };
}
