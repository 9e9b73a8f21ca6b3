import type { ParameterValue, SearchTask } from "../engine.ts";

/** One filter: its candidates loosest first, and where each stands in the user's list. */
export interface Axis {
  readonly parameter: string;
  readonly isMin: boolean;
  readonly feature: Float64Array;
  readonly thresholds: readonly number[];
  readonly digits: readonly number[];
}

export interface Trailing {
  readonly activation: number;
  readonly distance: number;
}

/** Candidates of the exits in the user's order; the trailing stop's variants with the digits of their three keys. */
export interface Exits {
  readonly targets: readonly number[];
  readonly stops: readonly number[];
  readonly holdingBars: readonly number[];
  readonly variants: readonly { readonly trailing: Trailing | null; readonly digits: readonly number[] }[];
}

/** The `min_` and `max_` filters of a task; the baselines know no others. */
export function axesOf({ space, table }: SearchTask): Axis[] {
  return Object.entries(space).flatMap(([parameter, candidates]) => {
    const [, kind, name] = /^(min|max|require|allowed)_(?!holding_hours$)(.+)$/.exec(parameter) ?? [];
    if (kind === undefined) return [];
    if (kind !== "min" && kind !== "max")
      throw new Error(`the baselines know min_ and max_ filters only: ${parameter}`);
    const isMin = kind === "min";
    const values = candidates as readonly number[];
    const digits = values.map((_, digit) => digit);
    digits.sort((a, b) => (isMin ? values[a]! - values[b]! : values[b]! - values[a]!));
    const feature = table.features[table.featureNames.indexOf(name!)]!;
    return [{ parameter, isMin, feature, thresholds: digits.map((digit) => values[digit]!), digits }];
  });
}

export function exitsOf({ space, market }: SearchTask): Exits {
  const list = (key: string, unless: ParameterValue): readonly ParameterValue[] => space[key] ?? [unless];
  const activations = (space["trailing_stop_activation"] ?? []) as readonly number[];
  const distances = (space["trailing_stop_distance"] ?? []) as readonly number[];
  return {
    targets: list("atr_tp_multiplier", 2) as readonly number[],
    stops: list("atr_stop_multiplier", 1.5) as readonly number[],
    holdingBars: (list("max_holding_hours", 12) as readonly number[]).map((hours) =>
      Math.max(1, Math.floor((hours * 3_600_000) / market.timeframeMs + 0.5)),
    ),
    variants: list("trailing_stop_enabled", false).flatMap((isEnabled, e): Exits["variants"][number][] =>
      isEnabled === true
        ? activations.flatMap((activation, a) =>
            distances.map((distance, d) => ({ trailing: { activation, distance }, digits: [e, a, d] })),
          )
        : [{ trailing: null, digits: [e, 0, 0] }],
    ),
  };
}
