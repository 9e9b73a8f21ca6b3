import { candlesOf } from "../../src/search/market.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { compareSets, scoreOf } from "../../src/search/objectives.ts";
import { type BarExit, walkTrade } from "../../src/search/plainWalk.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Metrics, Trade } from "../../src/search/trades.ts";
import {
  fixedStop,
  fixedTarget,
  type Level,
  lockedStop,
  steppedTarget,
  trailingStop,
} from "../../src/space/exitParts.ts";
import type { Parameters, ParameterValue, PartialExit, Space } from "../../src/space/parameters.ts";

/** Parameters that count only where a rule is on, and whether it is, spelled out. */
function isDetailCounted(key: string, set: Parameters): boolean {
  if (/^trailing_(stop_activation|stop_distance|activation_percent|distance_percent)$/.test(key))
    return set["trailing_stop_enabled"] === true;
  if (key !== "break_even_offset_percent") return true;
  const partial = set["partial_exit"];
  return (
    typeof set["break_even_activation"] === "number" ||
    typeof set["break_even_activation_percent"] === "number" ||
    (typeof partial === "object" && "then" in partial && partial.then === "break_even")
  );
}

/** Every set of a space in its order: nested loops over the keys as they stand, skipping what a rule that is off makes equal. */
export function allSets(space: Space): Parameters[] {
  let sets: Record<string, ParameterValue>[] = [{}];
  for (const [key, candidates] of Object.entries(space))
    sets = sets.flatMap((set) => candidates.map((candidate) => ({ ...set, [key]: candidate })));
  return sets.flatMap((set) => {
    const uncounted = Object.keys(set).filter((key) => !isDetailCounted(key, set));
    if (uncounted.some((key) => JSON.stringify(set[key]) !== JSON.stringify(space[key]![0]))) return [];
    return [Object.fromEntries(Object.entries(set).filter(([key]) => !uncounted.includes(key)))];
  });
}

/** The exit of a set, spelled out. */
function exitOfSet(set: Parameters): BarExit {
  const number = (key: string): number | undefined => (typeof set[key] === "number" ? set[key] : undefined);
  const level = (atr: string, percent: string, fallback: number): Level =>
    set[percent] === undefined
      ? { value: number(atr) ?? fallback, unit: "atr" }
      : { value: number(percent)!, unit: "percent" };
  const roi = set["roi"] as Readonly<Record<string, number>> | undefined;
  const steps = Object.entries(roi ?? {}).map(([minutes, percent]) => ({ minutes: Number(minutes), percent }));
  const stops = [fixedStop(level("atr_stop_multiplier", "stop_loss_percent", 1.5), "stop_loss")];
  if (set["trailing_stop_enabled"] === true)
    stops.push(
      number("trailing_activation_percent") === undefined
        ? trailingStop(number("trailing_stop_activation")!, number("trailing_stop_distance")!, "atr", "trailing_stop")
        : trailingStop(
            number("trailing_activation_percent")!,
            number("trailing_distance_percent")!,
            "percent",
            "trailing_stop",
          ),
    );
  const offset = number("break_even_offset_percent") ?? null;
  const [inAtrs, inPercent] = [number("break_even_activation"), number("break_even_activation_percent")];
  if (inAtrs !== undefined) stops.push(lockedStop({ value: inAtrs, unit: "atr" }, offset, "break_even"));
  if (inPercent !== undefined) stops.push(lockedStop({ value: inPercent, unit: "percent" }, offset, "break_even"));
  const given = set["partial_exit"] as PartialExit | undefined;
  const partial =
    given === undefined || given === "none"
      ? null
      : {
          share: given.share,
          level: given.atr === undefined ? percentOf(given.percent!) : { value: given.atr, unit: "atr" as const },
        };
  if (partial && (given as { then?: string }).then === "break_even")
    stops.push(lockedStop(partial.level, offset, "break_even"));
  return {
    target: roi
      ? steppedTarget(
          steps.sort((a, b) => a.minutes - b.minutes),
          "roi",
        )
      : fixedTarget(level("atr_tp_multiplier", "take_profit_percent", 2), "take_profit"),
    stops,
    holdingBars: Math.max(1, Math.round((number("max_holding_hours") ?? 12) * 4)),
    usesExitSignal: set["use_exit_signal"] === true,
    partial,
  };
}

const percentOf = (value: number): Level => ({ value, unit: "percent" });

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
  const objectiveTotal = task.labels.objective.reduce((sum, flag) => sum + flag, 0);
  return tradesOfAll(task).map((trades) => metricsOf(trades, objectiveTotal, 0.25));
}

/** Trades of every set of the space, in its order, each walked bar by bar. */
export function tradesOfAll(task: SearchTask): Trade[][] {
  const { table, labels, market, rules } = task;
  const candles = candlesOf(table, market);
  const sets = allSets(task.space);
  // A trade does not depend on the filters: each exit walks each row once.
  const walks = new Map<string, ReturnType<typeof walkTrade>>();
  // A trade's text is made once a set: its exit parameters alone.
  const exits = sets.map((set) =>
    JSON.stringify(
      Object.entries(set).filter(([key]) => !/^(min|max|require|allowed)_(score|level|flag|group)$/.test(key)),
    ),
  );
  return sets.map((set, k) => {
    const trades: Trade[] = [];
    for (let row = 0; row < table.count; row++) {
      if (!isCaptured(task, row, set)) continue;
      const signal = {
        bar: table.bar[row]!,
        direction: table.direction[row]! as 1 | -1,
        entry: table.entry[row]!,
        atr: table.atr[row]!,
        exitBars: table.exitBars?.[row] ?? 0,
      };
      const exit = `${row} ${exits[k]}`;
      let walked = walks.get(exit);
      if (!walked) {
        walked = walkTrade(candles[table.symbol[row]!]!, signal, exitOfSet(set), rules);
        walks.set(exit, walked);
      }
      const entryTimeMs = table.timestampMs[row]!;
      trades.push({
        ...walked,
        row,
        symbol: table.symbols[table.symbol[row]!]!,
        type: table.types[table.type[row]!]!,
        direction: signal.direction,
        entry: signal.entry,
        entryTimeMs,
        exitTimeMs: entryTimeMs + walked.bars * 900_000,
        objective: labels.objective[row] === 1,
      });
    }
    return trades;
  });
}
