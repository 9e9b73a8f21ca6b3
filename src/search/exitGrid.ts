import { NO_TRAILING } from "../core/abi.ts";
import type { Levels } from "../core/paths.ts";
import { exitDefaults, holdingBarsOf } from "../space/exits.ts";
import type { Space } from "../space/parameters.ts";

/** Every exit combination of a space, as the core reads them. */
export interface ExitGrid {
  readonly levels: Levels;
  /** u16 target, stop, holding and trailing of each exit, as places in the core's level order. */
  readonly exits: Uint16Array;
  /** Candidate positions by exit key of each exit; keys that the space does not name are absent. */
  readonly digits: readonly Readonly<Record<string, number>>[];
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
  const exits: number[] = [];
  const digits: Record<string, number>[] = [];
  for (const [t, target] of targets.entries())
    for (const [s, stop] of stops.entries())
      for (const [h, holding] of holdings.entries()) {
        let trailingLevel = firstTrailing;
        for (const variant of variants) {
          exits.push(
            levels.targets.indexOf(target),
            levels.targets.length + levels.stops.indexOf(stop),
            firstHolding + levels.holdingBars.indexOf(holding),
            variant.trailing ? trailingLevel++ : NO_TRAILING,
          );
          digits.push({
            ...(space["atr_tp_multiplier"] && { atr_tp_multiplier: t }),
            ...(space["atr_stop_multiplier"] && { atr_stop_multiplier: s }),
            ...(space["max_holding_hours"] && { max_holding_hours: h }),
            ...variant.digits,
          });
        }
      }
  return { levels, exits: Uint16Array.from(exits), digits };
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
