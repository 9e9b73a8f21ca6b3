import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  candlesOf,
  captureType,
  type GivenStarts,
  labelOpportunities,
  type Market,
  NoiseSearches,
  overMsOf,
  type Parameters,
  partOf,
  pOf,
  prepareCore,
  type RankedSet,
  Run,
  randomEntries,
  readOpportunities,
  rowsThatFit,
  Session,
  searchProfit,
  selectionRuns,
  settingsOf,
  splitRows,
  startingPoints,
  typePartsOf,
} from "../engine.ts";
import type { NullMarketKind } from "./known.ts";
import { nullMarket, nullSpace } from "./nullMarkets.ts";
import { walkTimeframeMs } from "./walks.ts";

/** Sets whose hold-out entries are moved about: the winners of both phases, and one that nobody chose. */
export const movedSets = ["phase3", "phase2", "fixed"] as const;

/** p of both randomisation tests on a market without anything to find; null if a test says nothing. */
export interface PValues {
  readonly seed: number;
  readonly permutation: Readonly<Record<(typeof movedSets)[number], number | null>>;
  /** All searches over noise made, none saved by stopping early; and how many found at least as much. */
  readonly selection: number | null;
  /** The same of phase 2's set and phase 2's search. */
  readonly selectionOfPhase2: number | null;
  /** Whether the first of them did, the second, and so on. */
  readonly reached: readonly boolean[];
}

const fixedSet: Parameters = {
  min_momentum: 2,
  min_surge: 1.2,
  atr_tp_multiplier: 4,
  atr_stop_multiplier: 2,
  max_holding_hours: 6,
};
/** 6 hours, times 1.5 and twice 1.2 in phase 3's stages, in bars. */
const longestBars = 52;
const lookaheadHours = 6;

const bars = 4500;
const size = { symbols: 6, bars, seenBars: bars };

/** Phases 2 and 3 on the training part of a null market, then both tests of what they found. `real` is a folder of real candles, for shuffled days alone. */
export async function pValuesOn(kind: NullMarketKind, seed: number, real: string | null = null): Promise<PValues> {
  const { candles, signals } = await nullMarket(kind, seed, size, real);
  const folder = await mkdtemp(join(tmpdir(), "sluice-nulls-"));
  try {
    const path = join(folder, "signals.csv");
    await writeFile(path, signals);
    await prepareCore();
    const settings = settingsOf({
      timeframeMs: walkTimeframeMs,
      seed,
      minProfit: 0.02,
      lookaheadHours,
      threads: 1,
    });
    const market: Market = { timeframeMs: walkTimeframeMs, bySymbol: new Map(candles.map((one) => [one.symbol, one])) };
    const all = await readOpportunities(path, market, { lenient: false });
    const found = partOf(
      all,
      labelOpportunities(all, market, settings),
      rowsThatFit(all, candlesOf(all, market), longestBars),
    );
    const overMs = overMsOf(found.table, candlesOf(found.table, market), longestBars, settings.lookaheadBars);
    const split = splitRows(found.table, overMs);
    const run = new Run(new Session(), settings, market, longestBars);
    const { parts, top } = captureType(run, typePartsOf("all", found.table, found.labels, split), nullSpace);
    const profit = searchProfit({
      ...run.searchOptions(),
      ...parts.training,
      space: nullSpace,
      objective: settings.objective,
      top: 1,
      starts: startingPoints(top, null, null, []),
    });
    const best = profit.top[0];
    const sets = { phase3: best?.params, phase2: top[0]?.params, fixed: fixedSet };
    const moved = (params: Parameters | undefined): number | null => {
      if (!params) return null;
      const trades = run.replaying(parts.holdout, (replayer) => replayer.trades(params));
      const held = { trades, table: parts.holdout.table };
      const entries = randomEntries(run, held, params, split.timeMs);
      return entries && pOf(entries.observed, entries.runs);
    };
    const noise = new NoiseSearches(run, { ...found, split }, new Map([["all", nullSpace]]));
    const reached = best ? await reachedIn(noise, best, { current: null, suggestions: [] }) : [];
    const reached2 = top[0] ? await reachedIn(noise, top[0], null) : null;
    return {
      seed,
      permutation: { phase3: moved(sets.phase3), phase2: moved(sets.phase2), fixed: moved(sets.fixed) },
      selection: best ? shareOf(reached) : null,
      selectionOfPhase2: reached2 && shareOf(reached2),
      reached,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** p where no search is spared: (1 + those that found as much) / (1 + all). */
function shareOf(reached: readonly boolean[]): number {
  return (1 + reached.filter(Boolean).length) / (1 + selectionRuns);
}

async function reachedIn(noise: NoiseSearches, best: RankedSet, given: GivenStarts | null): Promise<boolean[]> {
  const reached: boolean[] = [];
  for (let run = 0; run < selectionRuns; run++) reached.push(await noise.reaches("all", run, best, given));
  return reached;
}

/** What many p-values look like beside uniform ones. */
export interface Uniformity {
  readonly count: number;
  /** Share at or below 0.05, at or above 0.95. */
  readonly low: number;
  readonly high: number;
  /** Kolmogorov and Smirnov's largest distance, and the one that uniform values exceed in 1 % of samples. */
  readonly distance: number;
  readonly bound: number;
}

/**
 * p-values that are multiples of `step` beside uniform ones: the largest distance of their distribution from the uniform one at the values that they can
 * take. The bound, 1.628/sqrt(n), is the one for continuous values, which discrete ones exceed less often.
 */
export function uniformityOf(pValues: readonly number[], step: number): Uniformity {
  const count = pValues.length;
  const share = (isOne: (p: number) => boolean): number => pValues.filter(isOne).length / count;
  let distance = 0;
  for (let k = 1; k * step < 1 + step / 2; k++)
    distance = Math.max(distance, Math.abs(share((p) => p <= (k + 0.5) * step) - k * step));
  return {
    count,
    low: share((p) => p <= 0.05 + 1e-9),
    high: share((p) => p >= 0.95 - 1e-9),
    distance,
    bound: 1.628 / Math.sqrt(count),
  };
}
