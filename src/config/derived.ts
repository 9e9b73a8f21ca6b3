/** What scalping and swing take where neither a block of their own nor `global` says. */
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

/** How `global` calls a parameter where its name differs. */
const globalNames: Readonly<Record<string, string>> = { max_holding_hours: "max_hold_time_hours" };

/** Parameters of a type whose block is missing: `global`'s where it has them, else the defaults; nothing for other types. */
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
