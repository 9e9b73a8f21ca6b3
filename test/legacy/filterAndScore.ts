/** A row as the older system filtered it. */
export interface LegacyRow {
  readonly direction: string;
  readonly signal_score?: number;
  readonly indicator_consensus?: number;
  readonly consensus?: number;
  readonly consensus_score?: number;
  readonly actual_risk_reward?: number;
  readonly risk_reward?: number;
  readonly actual_profit_pct?: number;
  readonly objective_profit?: number;
  readonly kline_ctx_bullish_ratio?: number;
  readonly kline_ctx_price_chg_pct?: number;
  readonly mkt_struct_swing?: string;
  readonly mkt_struct_age_hours?: number;
  readonly support_hist_test_cnt?: number;
  readonly support_hist_false_bd?: number;
  readonly resist_hist_test_cnt?: number;
  readonly resist_hist_false_bo?: number;
}

export interface LegacyParams {
  readonly min_signal_score?: number;
  readonly min_consensus?: number;
  readonly min_consensus_score?: number;
  readonly min_risk_reward?: number;
  readonly enable_advanced_filters?: boolean;
  readonly min_kline_bullish_ratio?: number;
  readonly min_price_chg_pct?: number;
  readonly allowed_mkt_struct?: string;
  readonly min_trend_age_hours?: number;
  readonly max_sr_test_count?: number;
}

/** Indices that the older filters let through; advanced filters only where they are enabled. */
export function legacyFilter(table: readonly LegacyRow[], params: LegacyParams): number[] {
  return table.flatMap((row, index) => (passesBasic(row, params) && passesAdvanced(row, params) ? [index] : []));
}

function passesBasic(row: LegacyRow, params: LegacyParams): boolean {
  return (
    (row.signal_score ?? 0) >= (params.min_signal_score ?? 50) &&
    (row.indicator_consensus ?? row.consensus ?? 0) >= (params.min_consensus ?? 0) &&
    (row.consensus_score === undefined || row.consensus_score >= (params.min_consensus_score ?? 0)) &&
    (row.actual_risk_reward ?? row.risk_reward ?? 0) >= (params.min_risk_reward ?? 1.5)
  );
}

function passesAdvanced(row: LegacyRow, params: LegacyParams): boolean {
  if (!params.enable_advanced_filters) return true;
  const isShort = row.direction === "short";
  const bullish = row.kline_ctx_bullish_ratio ?? 0;
  const swing = row.mkt_struct_swing ?? "";
  const tests = (isShort ? row.resist_hist_test_cnt : row.support_hist_test_cnt) ?? 0;
  const falseBreaks = (isShort ? row.resist_hist_false_bo : row.support_hist_false_bd) ?? 0;
  return (
    (isShort ? 1 - bullish : bullish) >= (params.min_kline_bullish_ratio ?? 0) &&
    Math.abs(row.kline_ctx_price_chg_pct ?? 0) >= (params.min_price_chg_pct ?? 0) &&
    (params.allowed_mkt_struct !== "trend_only" || swing === "HH-HL" || swing === "LL-LH") &&
    (row.mkt_struct_age_hours ?? 0) >= (params.min_trend_age_hours ?? 0) &&
    tests <= (params.max_sr_test_count ?? Number.POSITIVE_INFINITY) &&
    falseBreaks <= 2
  );
}

/** Metrics of the captured rows, in the order of the list; percent. */
export function legacyMetrics(table: readonly LegacyRow[], captured: readonly number[]) {
  const profits = captured.map((index) => table[index]!.actual_profit_pct ?? table[index]!.objective_profit ?? 0);
  const wins = profits.filter((profit) => profit > 0);
  const losses = profits.filter((profit) => profit <= 0);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
  let equity = 0;
  let peak = 0;
  let deepest = 0;
  for (const profit of profits) {
    equity += profit;
    peak = Math.max(peak, equity);
    deepest = Math.max(deepest, peak - equity);
  }
  return {
    captured_count: profits.length,
    capture_rate: captured.length / table.length,
    avg_profit: mean(profits),
    win_rate: profits.length === 0 ? 0 : wins.length / profits.length,
    avg_win: mean(wins),
    avg_loss: mean(losses),
    max_drawdown: deepest,
  };
}
