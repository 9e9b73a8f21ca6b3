import { NO_TRAILING } from "../core/abi.ts";
import type { Levels } from "../core/paths.ts";
import { exitDefaults, holdingBarsOf } from "../space/exits.ts";
import type { Space } from "../space/parameters.ts";

/** Every exit combination of a space, as the core reads them: a stop item with a target item. */
export interface ExitGrid {
  readonly levels: Levels;
  /** u16 pairs of places in the core's level order: stop and trailing variant; target and holding time. */
  readonly stopItems: Uint16Array;
  readonly targetItems: Uint16Array;
  /** Candidate positions by exit key of each item; keys that are not in the space are absent. */
  readonly stopDigits: readonly Readonly<Record<string, number>>[];
  readonly targetDigits: readonly Readonly<Record<string, number>>[];
}

const ascending = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** `summaryBars` as in TradeRules: under the summary model every holding time is the lookahead. */
export function exitGridOf(space: Space, timeframeMs: number, summaryBars: number | null): ExitGrid {
  const list = (key: keyof typeof exitDefaults): readonly unknown[] => space[key] ?? [exitDefaults[key]];
  const targets = list("atr_tp_multiplier") as number[];
  const stops = list("atr_stop_multiplier") as number[];
  const holdings = (list("max_holding_hours") as number[]).map(
    (hours) => summaryBars ?? holdingBarsOf(hours, timeframeMs),
  );
  const variants = trailingVariantsOf(space);
  const levels: Levels = {
    targets: ascending(targets),
    stops: ascending(stops),
    trailing: variants.flatMap(({ trailing }) => trailing ?? []),
    holdingBars: ascending(holdings),
  };
  const firstTrailing = levels.targets.length + levels.stops.length;
  const firstHolding = firstTrailing + levels.trailing.length;
  const targetItems: number[] = [];
  const targetDigits: Record<string, number>[] = [];
  for (const [t, target] of targets.entries())
    for (const [h, holding] of holdings.entries()) {
      targetItems.push(levels.targets.indexOf(target), firstHolding + levels.holdingBars.indexOf(holding));
      targetDigits.push({
        ...(space["atr_tp_multiplier"] && { atr_tp_multiplier: t }),
        ...(space["max_holding_hours"] && { max_holding_hours: h }),
      });
    }
  const stopItems: number[] = [];
  const stopDigits: Record<string, number>[] = [];
  for (const [s, stop] of stops.entries()) {
    let trailingLevel = firstTrailing;
    for (const variant of variants) {
      stopItems.push(
        levels.targets.length + levels.stops.indexOf(stop),
        variant.trailing ? trailingLevel++ : NO_TRAILING,
      );
      stopDigits.push({ ...(space["atr_stop_multiplier"] && { atr_stop_multiplier: s }), ...variant.digits });
    }
  }
  return {
    levels,
    stopItems: Uint16Array.from(stopItems),
    targetItems: Uint16Array.from(targetItems),
    stopDigits,
    targetDigits,
  };
}

interface TrailingVariant {
  readonly trailing: { readonly activation: number; readonly distance: number } | null;
  readonly digits: Readonly<Record<string, number>>;
}

/** Off counts as one variant; on, each activation with each distance. */
function trailingVariantsOf(space: Space): TrailingVariant[] {
  const activations = (space["trailing_stop_activation"] ?? []) as number[];
  const distances = (space["trailing_stop_distance"] ?? []) as number[];
  const variants: TrailingVariant[] = [];
  const details = (a: number, d: number): Record<string, number> => ({
    ...(activations.length > 0 && { trailing_stop_activation: a }),
    ...(distances.length > 0 && { trailing_stop_distance: d }),
  });
  if (!space["trailing_stop_enabled"]) return [{ trailing: null, digits: details(0, 0) }];
  for (const [e, isEnabled] of space["trailing_stop_enabled"].entries()) {
    if (!isEnabled) variants.push({ trailing: null, digits: { trailing_stop_enabled: e, ...details(0, 0) } });
    else
      for (const [a, activation] of activations.entries())
        for (const [d, distance] of distances.entries())
          variants.push({ trailing: { activation, distance }, digits: { trailing_stop_enabled: e, ...details(a, d) } });
  }
  return variants;
}
