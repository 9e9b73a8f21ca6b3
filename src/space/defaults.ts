import type { Space } from "./parameters.ts";

/** Filters of the built-in spaces, on the scanner's features. */
export const builtInFilters: Space = {
  min_signal_score: [40, 50, 60, 70, 80],
  min_indicator_consensus: [2, 3, 4],
  min_risk_reward: [0, 1, 1.5, 2],
  min_kline_ratio: [0, 0.6, 0.7],
  min_price_chg_pct: [0, 0.5, 1, 1.5],
  require_mkt_struct: [false, true],
  max_sr_tests: [999, 5],
};

const scalping: Space = {
  ...builtInFilters,
  atr_tp_multiplier: [1, 1.5, 2, 2.5, 3, 4, 5],
  atr_stop_multiplier: [0.8, 1, 1.5, 2, 2.5],
  max_holding_hours: [2, 4, 8, 12, 24],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1, 1.5, 2],
  trailing_stop_distance: [0.75, 1, 1.5],
};

const swing: Space = {
  ...builtInFilters,
  atr_tp_multiplier: [2, 3, 4, 6, 8, 10, 12],
  atr_stop_multiplier: [1, 1.5, 2, 2.5, 3, 4],
  max_holding_hours: [12, 24, 48, 72, 120],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [1.5, 2, 3],
  trailing_stop_distance: [1.5, 2, 2.5],
};

/** The default space of a type: filters on features that the opportunities lack are left out; types other than `swing` share scalping's. */
export function defaultSpace(type: string, featureNames: readonly string[]): Space {
  const space = type === "swing" ? swing : scalping;
  return Object.fromEntries(
    Object.entries(space).filter(
      ([key]) => !(key in builtInFilters) || featureNames.includes(key.replace(/^(min|max|require)_/, "")),
    ),
  );
}
