import { Bench } from "tinybench";
import type { Cell, Column } from "./question.ts";

/** Of several calls: median, and the distance between the quartiles as a share of it. */
export interface Timing {
  readonly milliseconds: number;
  readonly spread: number;
  readonly runs: number;
}

export function summarise(samples: readonly number[]): Timing {
  const sorted = [...samples].sort((a, b) => a - b);
  const median = quantile(sorted, 0.5);
  return {
    milliseconds: median,
    spread: (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / median,
    runs: sorted.length,
  };
}

/** The q-quantile of ascending numbers, between neighbours in proportion. */
export function quantile(sorted: readonly number[], q: number): number {
  const place = q * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place));
}

/** A first call beyond this is the measurement: it is far too long for a warm-up to matter. */
const singleMs = 20_000;

/**
 * Times `run`, which returns its own milliseconds (or is timed whole), warm: as many calls as `wantedMs` hold, 3 to 15, after half
 * that time for the compilers.
 */
// biome-ignore lint/suspicious/noConfusingVoidType: a run that is timed whole returns nothing
export async function measure(run: () => number | void | Promise<number | void>, wantedMs = 3000): Promise<Timing> {
  const timed = async (): Promise<number> => {
    const started = performance.now();
    return (await run()) ?? performance.now() - started;
  };
  const first = await timed();
  if (first > singleMs) return summarise([first]);
  const bench = new Bench({
    iterations: Math.max(3, Math.min(15, Math.round(wantedMs / first))),
    time: 0,
    warmupIterations: 1,
    warmupTime: wantedMs / 2,
    warmup: first <= 2000,
    retainSamples: true,
    throws: true,
  });
  bench.add("run", async () => ({ overriddenDuration: await timed() }), { async: true });
  const [task] = await bench.run();
  const result = task!.result;
  if (!("latency" in result) || !result.latency.samples) throw new Error(`not measured: ${result.state}`);
  return summarise(result.latency.samples);
}

export const timingColumns: readonly Column[] = [
  { key: "milliseconds", head: "median", format: "ms" },
  { key: "spread", head: "spread", format: "percent" },
  { key: "runs", head: "runs", format: "count" },
];

/** Columns of a row timed over so many units of work, as in "ns a pair" and "pairs a second". */
export function rateColumns(one: string, many: string): Column[] {
  return [
    ...timingColumns,
    { key: "nsPerUnit", head: `ns ${one}`, format: "ns" },
    { key: "perSecond", head: `${many} a second`, format: "rate" },
  ];
}

export function rateCells(timing: Timing, units: number): Record<string, Cell> {
  return {
    ...timing,
    nsPerUnit: (timing.milliseconds * 1e6) / units,
    perSecond: (units * 1000) / timing.milliseconds,
  };
}
