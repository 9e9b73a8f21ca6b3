import type { ExitParameters, Parameters } from "./parameters.ts";

/** Values of exit parameters that neither space nor set names. */
export const exitDefaults = {
  atr_tp_multiplier: 2,
  atr_stop_multiplier: 1.5,
  max_holding_hours: 12,
  trailing_stop_enabled: false,
} as const;

export const trailingKeys = ["trailing_stop_enabled", "trailing_stop_activation", "trailing_stop_distance"] as const;

/** Every exit parameter. */
export const exitKeys: readonly string[] = [
  "atr_tp_multiplier",
  "atr_stop_multiplier",
  "max_holding_hours",
  ...trailingKeys,
];

/** The exit part of a set, defaults filled in. The set has passed `checkParameters`. */
export function exitOf(parameters: Parameters): ExitParameters {
  const value = { ...exitDefaults, ...parameters } as Record<string, unknown>;
  return {
    takeProfit: value["atr_tp_multiplier"] as number,
    stopLoss: value["atr_stop_multiplier"] as number,
    holdingHours: value["max_holding_hours"] as number,
    trailing: value["trailing_stop_enabled"]
      ? {
          activation: value["trailing_stop_activation"] as number,
          distance: value["trailing_stop_distance"] as number,
        }
      : null,
  };
}

/** Hours as whole bars, half a bar rounded up, at least one. */
export function holdingBarsOf(hours: number, timeframeMs: number): number {
  return Math.max(1, Math.floor((hours * 60) / (timeframeMs / 60_000) + 0.5));
}
