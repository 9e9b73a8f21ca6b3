import { randomFrom } from "./random.ts";

/** The small current parameters at the head of a bot's config; numbers in spellings that a parse-and-print cycle would change. */
const head = `{
  "version": "2.1",
  "last_update": "2025-04-20 03:15:07",
  "global": {
    "min_risk_reward": 3.0,
    "atr_stop_multiplier": 1.5,
    "max_loss_per_trade": 2e-2,
    "base_position_ratio": 0.20,
    "min_indicator_consensus": 2,
    "min_signal_score": 55,
    "max_hold_time_hours": 24,
    "_note": "only the bot reads this",
    "tp_sl_strategy": {"allow_dynamic_adjustment": true, "min_adjustment_threshold_pct": 2.0}
  },
  "scalping_params": {
    "min_signal_score": 65,
    "min_indicator_consensus": 2,
    "min_risk_reward": 1.8,
    "atr_stop_multiplier": 1.0,
    "atr_tp_multiplier": 1.5,
    "max_holding_hours": 2,
    "trailing_stop_enabled": true,
    "trailing_stop_activation": 1.0,
    "trailing_stop_distance": 1.5,
    "_phase4_rollback": "none"
  },
  "swing_params": {
    "min_signal_score": 70,
    "min_indicator_consensus": 2,
    "min_risk_reward": 3.0,
    "atr_stop_multiplier": 2.0,
    "atr_tp_multiplier": 6.0,
    "max_holding_hours": 48,
    "trailing_stop_enabled": true,
    "trailing_stop_activation": 2.0,
    "trailing_stop_distance": 2.5
  },
  "per_symbol": {
    "AAA/USDT:USDT": {"sample_count": 31, "min_risk_reward": 1.39, "min_signal_score": 62, "_last_seen": "2025-04-19"},
    "BBB/USDT:USDT": {"sample_count": 4, "min_risk_reward": 2.50, "min_signal_score": 71, "_last_seen": "2025-04-19"}
  },
  "market_regime": {"current_regime": "震荡", "pause_trading": false},
  "phase2_learning": {
    "latest": null,
    "history": []
  },
  "_iterative_history": {
    "rounds": [
`;

/** A config as a bot has kept it for weeks: small current parameters, then a history of rounds in two languages, some 55 kB of it. */
export function learningConfig(rounds = 60): string {
  const random = randomFrom(20250420);
  const upTo = (end: number): number => Math.floor(end * random());
  const history = Array.from({ length: rounds }, (_, k) => {
    const trades = Array.from(
      { length: 12 },
      () =>
        `            {"coin": "${["AAA", "BBB", "CCC"][upTo(3)]}", "r": ${4 * random() - 2}, "t": ${1_745_000_000_000 + upTo(1e9)}}`,
    );
    return `      {
        "timestamp": "2025-04-${String(1 + (k % 20)).padStart(2, "0")} 03:00:00",
        "id": 123456789012345678${String(k).padStart(2, "0")},
        "名称": "${["动量优先", "突破优先", "平衡"][upTo(3)]}",
        "performance": {"capture_rate": ${random()}, "avg_profit": ${(10 * random()).toFixed(1)}0, "captured_count": ${upTo(4000)}},
        "params": {"min_signal_score": ${40 + upTo(55)}, "atr_tp_multiplier": ${1 + upTo(11)}E-1},
        "trades": [
${trades.join(",\n")}
        ]
      }`;
  });
  return `${head}${history.join(",\n")}\n    ]\n  },\n  "备注": "不要改动"\n}\n`;
}
