import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { optimize as Optimize } from "../engine.ts";
import { type Kind, knownMarket, plantedThreshold, space, timeframeMs } from "./markets.ts";

/** What the whole run made of one known market. */
export interface Judged {
  readonly seed: number;
  readonly verdict: string;
  /** Whose parameters would have been saved. */
  readonly applied: string;
  /** The threshold of phase 3's winner; null where there is none. */
  readonly threshold: number | null;
  readonly reason: string;
}

/** The whole run, phases 2 to 5, on one known market: a bot without parameters of its own, so that not trading is what must be beaten. */
export async function judgeKnownMarket(optimize: typeof Optimize, kind: Kind, seed: number): Promise<Judged> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-calibrate-"));
  try {
    const { candles, signals } = knownMarket(kind, seed);
    const paths = { signals: join(folder, "signals.csv"), spaceFile: join(folder, "space.json") };
    await writeFile(paths.signals, signals);
    await writeFile(paths.spaceFile, JSON.stringify(space));
    const result = await optimize({
      candles,
      timeframeMs,
      ...paths,
      seed,
      minProfit: 0.035,
      lookaheadHours: 6,
      dryRun: true,
      threads: 1,
    });
    const run = result.runs[0]!;
    const { verdict, applied, reason } = run.phase4.types["all"]!;
    const threshold = run.phase3["all"]?.params["min_strength"] ?? null;
    return { seed, verdict, applied, threshold: threshold as number | null, reason };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a kind of market came to over all its seeds; shares from 0 to 1. */
export interface Tally {
  readonly kind: Kind;
  readonly markets: number;
  readonly verdicts: Readonly<Record<string, number>>;
  readonly passed: number;
  readonly believed: number;
  readonly applied: number;
  /** The winner's threshold is the planted one, or next to it. */
  readonly exact: number;
  readonly withinOneStep: number;
}

export function tallyOf(kind: Kind, judged: readonly Judged[]): Tally {
  const share = (isOne: (one: Judged) => boolean): number => judged.filter(isOne).length / judged.length;
  const verdicts: Record<string, number> = {};
  for (const { verdict } of judged) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
  const steps = ({ threshold }: Judged): number =>
    threshold === null ? Number.POSITIVE_INFINITY : Math.abs(threshold - plantedThreshold) / 10;
  return {
    kind,
    markets: judged.length,
    verdicts,
    passed: share(({ verdict }) => verdict === "PASSED"),
    believed: share(({ verdict }) => verdict === "PASSED" || verdict === "WARNING"),
    applied: share(({ applied }) => applied !== "current"),
    exact: share((one) => steps(one) === 0),
    withinOneStep: share((one) => steps(one) <= 1),
  };
}
