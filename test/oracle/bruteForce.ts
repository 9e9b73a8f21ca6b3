import { candlesOf } from "../../src/search/market.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { compareSets, scoreOf } from "../../src/search/objectives.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Metrics } from "../../src/search/trades.ts";
import type { Parameters, ParameterValue, Space } from "../../src/space/parameters.ts";

/** Every set of a space in its order: nested loops over the keys as they stand, skipping what a disabled trailing stop makes equal. */
export function allSets(space: Space): Parameters[] {
  let sets: Record<string, ParameterValue>[] = [{}];
  for (const [key, candidates] of Object.entries(space))
    sets = sets.flatMap((set) => candidates.map((candidate) => ({ ...set, [key]: candidate })));
  const details = ["trailing_stop_activation", "trailing_stop_distance"];
  return sets
    .filter(
      (set) =>
        set["trailing_stop_enabled"] === true ||
        details.every((key) => !(key in set) || JSON.stringify(set[key]) === JSON.stringify(space[key]![0])),
    )
    .map((set) =>
      set["trailing_stop_enabled"] === true
        ? set
        : Object.fromEntries(Object.entries(set).filter(([key]) => !details.includes(key))),
    );
}

function trailingOf(set: Parameters): string {
  const {
    trailing_stop_enabled: enabled,
    trailing_stop_activation: activation,
    trailing_stop_distance: distance,
  } = set;
  return enabled === true ? `${activation}/${distance}` : "off";
}

/** Whether a row passes a set's filters, spelled out. */
function isCaptured(task: SearchTask, row: number, set: Parameters): boolean {
  return Object.entries(set).every(([key, wanted]) => {
    const [, kind, feature] = /^(min|max|require|allowed)_(.+)$/.exec(key) ?? [];
    const column = task.table.featureNames.indexOf(feature ?? "");
    if (column < 0) return true;
    const value = task.table.features[column]![row]!;
    if (Number.isNaN(value)) return false;
    if (kind === "min") return value >= (wanted as number);
    if (kind === "max") return value <= (wanted as number);
    if (kind === "require") return wanted === false || value !== 0;
    return wanted === "any" || (wanted as number[]).includes(value);
  });
}

/** Whether trades and capture suffice; what a set made of its trades is not looked at. */
function isCounted(
  { n, capture_rate }: Metrics,
  { minTrades, minCaptureRate = 0 }: SearchTask["constraints"],
): boolean {
  return n > 0 && n >= minTrades && capture_rate >= minCaptureRate;
}

/** The leaderboard by walking every set over every opportunity, bar by bar. Metrics may be handed in, for another ranking of the same sets. */
export function bruteForce(
  task: SearchTask,
  metricsOfSets: readonly Metrics[] = walkAll(task),
): {
  sets: number;
  ranked: number;
  top: { index: number; score: number; metrics: Metrics }[];
} {
  const counted = [...metricsOfSets.entries()].filter(([, metrics]) => isCounted(metrics, task.constraints));
  const { maxDrawdown = Number.POSITIVE_INFINITY } = task.constraints;
  const placed = counted
    // Trades that all made exactly nothing are no reason for a place.
    .filter(([, { avg_win, avg_loss }]) => avg_win !== 0 || avg_loss !== 0)
    .filter(([, { max_drawdown }]) => max_drawdown <= maxDrawdown)
    .map(([index, metrics]) => ({ index, score: scoreOf(task.objective, metrics, task.drawdownLimit), metrics }));
  placed.sort((a, b) => compareSets(task.objective, a, b));
  return { sets: metricsOfSets.length, ranked: counted.length, top: placed.slice(0, task.top) };
}

/** Metrics of every set of the space, in its order. */
export function walkAll(task: SearchTask): Metrics[] {
  const { table, labels, market, rules } = task;
  const candles = candlesOf(table, market);
  const objectiveTotal = labels.objective.reduce((sum, flag) => sum + flag, 0);
  const sets = allSets(task.space);
  // A trade does not depend on the filters: each exit walks each row once.
  const walks = new Map<string, ReturnType<typeof walkTrade>>();
  return sets.map((set) => {
    const trades = [];
    for (let row = 0; row < table.count; row++) {
      if (!isCaptured(task, row, set)) continue;
      const signal = {
        bar: table.bar[row]!,
        direction: table.direction[row]! as 1 | -1,
        entry: table.entry[row]!,
        atr: table.atr[row]!,
      };
      const hours = (set["max_holding_hours"] ?? 12) as number;
      const exit = [row, set["atr_tp_multiplier"], set["atr_stop_multiplier"], hours, trailingOf(set)].join();
      let walked = walks.get(exit);
      if (!walked) {
        walked = walkTrade(
          candles[table.symbol[row]!]!,
          signal,
          {
            takeProfit: (set["atr_tp_multiplier"] ?? 2) as number,
            stopLoss: (set["atr_stop_multiplier"] ?? 1.5) as number,
            holdingBars: Math.max(1, Math.round(hours * 4)),
            trailing:
              set["trailing_stop_enabled"] === true
                ? {
                    activation: set["trailing_stop_activation"] as number,
                    distance: set["trailing_stop_distance"] as number,
                  }
                : null,
          },
          rules,
        );
        walks.set(exit, walked);
      }
      const entryTimeMs = table.timestampMs[row]!;
      trades.push({
        ...walked,
        row,
        entryTimeMs,
        exitTimeMs: entryTimeMs + walked.bars * 900_000,
        objective: labels.objective[row] === 1,
      });
    }
    return metricsOf(trades, objectiveTotal, 0.25);
  });
}
