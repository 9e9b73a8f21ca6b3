/** Defaults for scalping and swing if neither their own block nor `global` has a value. */
const defaults: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  scalping: {
    min_signal_score: 60,
    min_indicator_consensus: 1,
    min_risk_reward: 1.5,
    atr_tp_multiplier: 2,
    atr_stop_multiplier: 1.5,
    max_holding_hours: 12,
  },
  swing: {
    min_signal_score: 60,
    min_indicator_consensus: 1,
    min_risk_reward: 2,
    atr_tp_multiplier: 3,
    atr_stop_multiplier: 1.5,
    max_holding_hours: 72,
  },
};

/** The name in `global` of parameters whose name differs there. */
const globalNames: Readonly<Record<string, string>> = { max_holding_hours: "max_hold_time_hours" };

/** Parameters of a type whose block is missing: `global`'s if it has them, otherwise the defaults; nothing for other types. */
export function derivedParams(
  type: string,
  global: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!Object.hasOwn(defaults, type)) return {};
  const own = defaults[type]!;
  const params: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(own)) {
    const given = global[globalNames[key] ?? key] ?? global[key];
    params[key] = typeof given === "number" ? given : value;
  }
  return { ...params, trailing_stop_enabled: false };
}
