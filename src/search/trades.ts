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
  readonly symbol: string;
  readonly type: string;
  readonly direction: 1 | -1;
  /** Open time of the signal bar, epoch ms. */
  readonly entryTimeMs: number;
  /** Open time of the exit bar, epoch ms. */
  readonly exitTimeMs: number;
  readonly entry: number;
  readonly exit: number;
  readonly reason: ExitReason;
  /** Bars held: 0 if the data ends with the signal bar. */
  readonly bars: number;
  /** Net return, a fraction of entry. */
  readonly return: number;
  /** Open time of the bar in which the part of a partial exit left, epoch ms, and what it made, net, a fraction of entry; absent where none did. */
  readonly partialTimeMs?: number;
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
  readonly n: number;
  readonly win_rate: number;
  readonly avg_return: number;
  readonly total_return: number;
  readonly stdev: number;
  readonly avg_win: number;
  readonly avg_loss: number;
  readonly payoff: number;
  readonly profit_factor: number;
  readonly sqn: number;
  readonly sortino: number;
  readonly capture_rate: number;
  readonly precision: number;
  readonly max_drawdown: number;
  readonly avg_holding_hours: number;
  /** Share of each reason; of those that only some rules have, what there is. */
  readonly exits: Readonly<Record<CommonReason, number>> & { readonly [reason: string]: number };
}
