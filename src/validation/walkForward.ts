import { metricsOf } from "../search/metrics.ts";
import type { Metrics, Trade } from "../search/trades.ts";
import type { Parameters } from "../space/parameters.ts";
import { type TestFinding, testLimits } from "./finding.ts";
import { withoutRounding } from "./tradeSums.ts";

/** Number of equal-count spans that the data is split into; the first is only trained on. */
const spanCount = 7;

/** One window: what is searched, and the span after it that is traded. */
export interface Window {
  /** Open time of the first traded bar, epoch ms, and of the first bar after the span; Infinity for the last span. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly training: Uint32Array;
  readonly traded: Uint32Array;
}

/**
 * Six windows over opportunities in seven spans of equal count: window k trains on spans 1..k, or on span k alone if `isRolling`,
 * and trades span k+1. Equal timestamps stay in one span. Training keeps only what is over before the traded span begins: `overMs` by row.
 */
export function windowsOf(timestampMs: Float64Array, overMs: Float64Array, isRolling: boolean): Window[] {
  const times = Float64Array.from(timestampMs).sort();
  const start = (span: number): number =>
    span === 0
      ? Number.NEGATIVE_INFINITY
      : span === spanCount
        ? Number.POSITIVE_INFINITY
        : times[Math.floor((span * times.length) / spanCount)]!;
  return Array.from({ length: spanCount - 1 }, (_, k) => {
    const [trainFromMs, fromMs, toMs] = [start(isRolling ? k : 0), start(k + 1), start(k + 2)];
    const training: number[] = [];
    const traded: number[] = [];
    for (let row = 0; row < timestampMs.length; row++) {
      const time = timestampMs[row]!;
      if (time >= fromMs && time < toMs) traded.push(row);
      else if (time >= trainFromMs && overMs[row]! < fromMs) training.push(row);
    }
    return { fromMs, toMs, training: Uint32Array.from(training), traded: Uint32Array.from(traded) };
  });
}

/** What was found in one window and how it did afterwards. */
export interface WindowOutcome {
  readonly fromMs: number;
  /** Opportunities trained on and traded. */
  readonly training: number;
  readonly traded: number;
  /** The window's own winner; null if nothing could be ranked. */
  readonly params: Parameters | null;
  /** Its trades in sample and out of sample; empty without a winner. */
  readonly inSample: readonly Trade[];
  readonly outOfSample: readonly Trade[];
  /** Objective opportunities of the traded span. */
  readonly objectiveTotal: number;
}

/** The walk through all windows. Field names are those of the JSON; returns in points. */
export interface WalkForward {
  /** Whether a window trains on everything before it, or on the span just before. */
  readonly mode: "anchored" | "rolling";
  /** One for each window, in order. */
  readonly windows: readonly {
    /** Open time of the first bar traded. */
    readonly from: number;
    /** Opportunities that were searched. */
    readonly training: number;
    /** Opportunities of the span that was traded. */
    readonly traded: number;
    /** The set that the window chose; null if none could be ranked. */
    readonly params: Parameters | null;
    /** Mean net return of that set where it was searched, percent of entry. */
    readonly in_sample_avg_return: number;
    /** What it made afterwards. */
    readonly metrics: Metrics;
  }[];
  /** Of all out-of-sample trades together. */
  readonly metrics: Metrics;
  /** Of all in-sample trades together. */
  readonly in_sample_avg_return: number;
  /** Out-of-sample over in-sample avg_return; 0 if in-sample is not above 0. */
  readonly efficiency: number;
  /** Share of the windows that gain out of sample. */
  readonly winning_windows: number;
}

export function walkForwardOf(
  outcomes: readonly WindowOutcome[],
  mode: WalkForward["mode"],
  hoursPerBar: number,
): WalkForward {
  const of = (trades: readonly Trade[], objectiveTotal: number): Metrics =>
    metricsOf(trades, objectiveTotal, hoursPerBar);
  const windows = outcomes.map(({ fromMs, training, traded, params, inSample, outOfSample, objectiveTotal }) => ({
    from: fromMs,
    training,
    traded,
    params,
    in_sample_avg_return: of(inSample, 0).avg_return,
    metrics: of(outOfSample, objectiveTotal),
  }));
  const metrics = of(
    outcomes.flatMap(({ outOfSample }) => outOfSample),
    outcomes.reduce((sum, { objectiveTotal }) => sum + objectiveTotal, 0),
  );
  const inSample = withoutRounding(
    of(
      outcomes.flatMap((outcome) => outcome.inSample),
      0,
    ).avg_return,
  );
  return {
    mode,
    windows,
    metrics,
    in_sample_avg_return: inSample,
    efficiency: inSample > 0 ? metrics.avg_return / inSample : 0,
    winning_windows: windows.filter((window) => withoutRounding(window.metrics.avg_return) > 0).length / windows.length,
  };
}

/** The walk-forward row of the verdict table. */
export function walkForwardTest(walked: WalkForward | null): TestFinding {
  const threshold = testLimits.walk_forward;
  const base = { name: "walk_forward", threshold } as const;
  if (!walked) return { ...base, outcome: "not run", figure: null, figures: {} };
  const { metrics, efficiency, winning_windows, in_sample_avg_return } = walked;
  const hasFailed = withoutRounding(metrics.avg_return) < threshold.leastReturn;
  return {
    ...base,
    outcome: hasFailed ? "failed" : efficiency < threshold.leastEfficiency ? "warning" : "passed",
    figure: metrics.avg_return,
    figures: {
      avg_return: metrics.avg_return,
      in_sample_avg_return,
      efficiency,
      winning_windows,
      trades: metrics.n,
    },
  };
}
