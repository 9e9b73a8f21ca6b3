import type { CandleCounts } from "../../src/candles/counts.ts";
import type { ConfigRun, OptimizeResult, Phase2Type, Phase3Type, Replay } from "../../src/run/results.ts";
import type { Metrics } from "../../src/search/trades.ts";
import type { GateResult, TestResult, TypeValidation } from "../../src/validation/result.ts";

/** Metrics that hang together well enough to be read. */
export function metrics(n: number, avgReturn: number): Metrics {
  return {
    n,
    win_rate: 0.543,
    avg_return: avgReturn,
    total_return: n * avgReturn,
    stdev: 2.1,
    avg_win: 1.9,
    avg_loss: -1.2,
    payoff: 1.58,
    profit_factor: 1.71,
    sqn: 2.4,
    sortino: 0.4,
    capture_rate: 0.312,
    precision: 0.21,
    max_drawdown: 18.25,
    avg_holding_hours: 6.5,
    exits: { take_profit: 0.4, stop_loss: 0.35, trailing_stop: 0.1, timeout: 0.15, end_of_data: 0 },
  };
}

const params = {
  min_signal_score: 50,
  min_indicator_consensus: 2,
  min_risk_reward: 1.5,
  min_kline_ratio: 0.6,
  require_mkt_struct: true,
  atr_tp_multiplier: 3.3000000000000003,
  atr_stop_multiplier: 1.5,
  max_holding_hours: 12,
  trailing_stop_enabled: false,
  trailing_stop_activation: 1,
  trailing_stop_distance: 0.75,
};

function replays(): Replay[] {
  const ambiguous = { ambiguous: 12, avg_return_other_rule: 0.5, hole_exits: 0 };
  const of = (set: Replay["set"], training: number, holdout: number): Replay[] => [
    { set, part: "training", plain: metrics(1412, training), one_position: metrics(403, training * 0.9), ...ambiguous },
    { set, part: "holdout", plain: metrics(601, holdout), one_position: metrics(171, holdout * 0.9), ...ambiguous },
  ];
  return [...of("phase3", 0.62, 0.41), ...of("phase2", 0.55, 0.38), ...of("current", 0.11, -0.07)];
}

export const tests: TestResult[] = [
  { name: "trades", outcome: "passed", figure: 1412, threshold: "at least 20", figures: {} },
  { name: "holdout_return", outcome: "passed", figure: 0.41, threshold: "above 0", figures: {} },
  { name: "against_phase2", outcome: "passed", figure: 0.03, threshold: "above -20 %", figures: {} },
  { name: "early_late", outcome: "passed", figure: 0, threshold: "below 2 points", figures: {} },
  { name: "pbo", outcome: "passed", figure: 0.231, threshold: "at most 0.5", figures: {} },
  { name: "stability", outcome: "passed", figure: 92.4, threshold: "at least 70", figures: {} },
  { name: "plateau", outcome: "passed", figure: 0.8123, threshold: "at least 0.3", figures: {} },
  { name: "walk_forward", outcome: "passed", figure: 0.29, threshold: "above 0", figures: {} },
  { name: "deflated_sharpe", outcome: "warning", figure: 0.912, threshold: "needs at least 0.95", figures: {} },
  { name: "bootstrap", outcome: "passed", figure: 0.12, threshold: "interval above 0", figures: {} },
  { name: "permutation", outcome: "passed", figure: 0.00497, threshold: "at most 0.05", figures: {} },
  { name: "selection", outcome: "not run", figure: null, threshold: "at most 0.05", figures: {} },
];

/** A gate that is open, or closed because there are too few trades. */
export function gate(open: boolean): GateResult {
  const comparison = { points_per_day: 4.2, points_per_trade: 0.37, better_per_day: 0.962, better_per_trade: 0.97 };
  return {
    open,
    code: open ? "OPEN" : "TOO_FEW",
    candidate: "phase3",
    candidate_metrics: metrics(open ? 171 : 6, 0.37),
    current_metrics: metrics(160, -0.06),
    against_nothing: comparison,
    against_current: comparison,
    better_share: 0.962,
    random_entries_p: null,
    p: 0.038,
    days: 15,
    block_days: 5,
    traded_days: open ? 15 : 5,
    min_trades: 30,
    min_traded_days: 15,
    more_days: open ? null : 60,
    current_saw_holdout: false,
  };
}

/** Decisions on two types: one that is applied, and one that stays. */
export const decisions: ConfigRun["decision"] = {
  scalping: {
    advice: "apply",
    applied: "phase3",
    reasons: [{ code: "APPLIED", candidate: "phase3", better_share: 0.962, opponents: 2 }],
    confidence: 0.95,
    challenger: null,
  },
  swing: {
    advice: "keep",
    applied: null,
    reasons: [
      { code: "VERDICT", candidate: "phase3", verdict: "OVERFITTED" },
      { code: "TOO_FEW", candidate: "phase2", trades: 6, traded_days: 5, more_days: 60 },
    ],
    confidence: 0.95,
    challenger: null,
  },
};

export function validation(changes: Partial<TypeValidation> = {}): TypeValidation {
  return {
    verdict: "WARNING",
    reason: "deflated Sharpe ratio 0.912 is below 0.95: an edge this size could come from the number of sets tried",
    tests,
    walk_forward: null,
    baselines: null,
    breakdown: null,
    shrunk_avg_return: null,
    gate: gate(true),
    applied: "phase3",
    candidates: [],
    ...changes,
  };
}

export function phase3Type(): Phase3Type {
  return {
    params,
    metrics: metrics(1412, 0.62),
    ambiguous: 31,
    avg_return_other_rule: 0.7,
    hole_exits: 0,
    score: 0.21,
    importance: {
      min_signal_score: {
        share: 0.42,
        profile: [
          { value: 60, count: 100, mean: 0.05, best: 0.21 },
          { value: 70, count: 50, mean: 0.02, best: 0.1 },
        ],
      },
      atr_tp_multiplier: { share: 0.125, profile: [{ value: 3, count: 150, mean: 0.04, best: 0.21 }] },
    },
    starts: [{ from: "phase 2", params, score: 0.2, kept: true }],
    stages: [
      { name: "coarse", sets: 46_656, ranked: 40_000, best_score: 0.19 },
      { name: "fine", sets: 216_000, ranked: 190_000, best_score: 0.2 },
      { name: "final", sets: 1_080_000, ranked: 900_000, best_score: 0.21 },
    ],
    matrix: [2, 3, 4].flatMap((consensus) =>
      [40, 50, 60, 70, 80].map((signal_score) => ({
        consensus,
        signal_score,
        n: consensus === 4 && signal_score === 80 ? 0 : 1500 - 300 * consensus,
        avg_return: (signal_score - 55) / 50,
        total_return: 100,
      })),
    ),
    top: [],
    replays: replays(),
  };
}

const baseline = {
  opportunities: 2000,
  objective_opportunities: 406,
  mean_mfe: 3.1,
  median_mfe: 2.2,
  mean_mae: -2.4,
  mean_hours_to_mfe: 9.3,
  mean_density: 0.4,
  mean_mfe_atrs: 3.4,
};

const phase2Type: Phase2Type = {
  weights: { name: "burst", auc: 0.57, values: { momentum: 35 } },
  baseline,
  learned: baseline,
  sets: 172_800,
  params: { ...params, atr_tp_multiplier: 2.5 },
  metrics: metrics(1412, 0.55),
  top: [],
};

export function configRun(changes: Partial<ConfigRun> = {}): ConfigRun {
  return {
    config: "bot/learning_config.json",
    not_saved: null,
    phase3: { scalping: phase3Type(), swing: phase3Type() },
    phase4: {
      types: {
        scalping: validation(),
        swing: validation({
          verdict: "OVERFITTED",
          reason: "probability of backtest overfitting 0.71 is above 0.5",
          gate: gate(false),
          applied: "current",
        }),
      },
      overall: "OVERFITTED",
    },
    decision: decisions,
    ledger: null,
    changed: true,
    missed: {
      scalping: {
        objective_opportunities: 406,
        missed: 279,
        by_filter: {
          min_signal_score: 120,
          min_indicator_consensus: 20,
          min_risk_reward: 80,
          min_kline_ratio: 50,
          require_mkt_struct: 9,
        },
        largest: [
          {
            symbol: "SOLUSDT",
            timestamp: Date.UTC(2026, 0, 3, 14, 15),
            direction: "long",
            mfe: 23.104,
            rejected_by: "min_risk_reward",
            value: 0.8,
          },
        ],
      },
    },
    diff: {
      tested: 18,
      changed: 3,
      entries: [
        { path: "scalping_params.min_signal_score", old: 60, new: 50 },
        { path: "scalping_params.atr_tp_multiplier", old: 2, new: 3.3000000000000003 },
        { path: "scalping_params.require_mkt_struct", old: null, new: true },
      ],
    },
    saved: {
      file: "bot/learning_config.json",
      backup: "bot/learning_config.json.bak-20260116T031500Z",
      bytes_written: 8_123_456,
    },
    not_saved_because: null,
    config_loads: 1,
    ...changes,
  };
}

/** Candles of 7 symbols over two weeks, 12 of them missing. */
export const candleCounts: CandleCounts = {
  symbols: 7,
  candles: 9408,
  holes: 3,
  filled: 12,
  closed_candles: 0,
  duplicates: 0,
  repaired: 0,
  dropped: 0,
  unfinished: 0,
  breaks: [],
  closed: [],
  read_as: [],
  left_out: [],
  from: Date.UTC(2026, 0, 1),
  to: Date.UTC(2026, 0, 15),
};

export function optimizeResult(changes: Partial<OptimizeResult> = {}): OptimizeResult {
  const from = Date.UTC(2026, 0, 1);
  const megabyte = 2 ** 20;
  return {
    version: "0.1.0",
    objective: "evidence",
    split: {
      time: from + 9.8 * 86_400_000,
      training: 2780,
      holdout: 1169,
      purged: 20,
      left_out: 31,
      crossing_breaks: 0,
    },
    phase1: {
      ...candleCounts,
      zero_atr: 0,
      gates: null,
      signals: null,
      opportunities: 4000,
      types: { scalping: baseline, swing: baseline },
    },
    phase2: { scalping: phase2Type, swing: phase2Type },
    runs: [configRun()],
    memory: ["phase 1", "phase 2", "phase 3", "phase 4", "phase 5"].flatMap((phase, index) =>
      (["start", "end"] as const).map((event, late) => ({
        phase,
        event,
        rss: (90 + 4 * index + late) * megabyte,
        heap_used: 30 * megabyte,
        array_buffers: 20 * megabyte,
        linear_memory: 16 * megabyte,
        milliseconds: 2460 * (index + late),
      })),
    ),
    fingerprint: "5f3c9a2e",
    options: { timeframeMs: 900_000, fee: 0.0005, objective: "evidence", maxOpen: null },
    warnings: [],
    ...changes,
  };
}
