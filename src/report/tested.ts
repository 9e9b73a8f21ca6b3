import { count, counted, day, duration, minute } from "./figures.ts";
import { paragraph } from "./lines.ts";
import type { OptimizeResult } from "./result.ts";

/** What the run looked at: market, opportunities, parameter sets, and the time it took. */
export function testedLines(result: OptimizeResult): string[] {
  const { phase1, split } = result;
  const days = (phase1.to - phase1.from) / 86_400_000;
  const objective = Object.values(phase1.types).reduce((sum, type) => sum + type.objective_opportunities, 0);
  const defects = [
    ...(phase1.filled > 0 ? [`${count(phase1.filled)} filled`] : []),
    ...(phase1.dropped > 0 ? [`${count(phase1.dropped)} dropped`] : []),
  ];
  const filled = defects.length > 0 ? ` (${defects.join(", ")})` : "";
  const still = phase1.zero_atr > 0 ? `, ${count(phase1.zero_atr)} more without an ATR left out` : "";
  const market =
    `${counted(phase1.symbols, "symbol")} over ${days.toFixed(1)} days (${day(phase1.from)} to ${day(phase1.to)}), ` +
    `${counted(phase1.candles, "candle")}${filled}, ${counted(phase1.opportunities, "opportunity", "opportunities")} ` +
    `(${count(objective)} objective)${still}`;
  const took = elapsedMs(result);
  const work = `${counted(setsTested(result), "parameter set")}${took === null ? "" : ` in ${duration(took)}`}`;
  const parts =
    `training ${count(split.training)}, hold-out ${count(split.holdout)}${split.time === null ? "" : ` from ${minute(split.time)} UTC`}, ` +
    `purged ${count(split.purged)}, left out ${count(split.left_out)}`;
  return [...paragraph("Tested   ", `${market}; ${work}`), ...paragraph("Split    ", parts)];
}

/** Parameter sets of phases 2 and 3 together, every config's. */
export function setsTested(result: OptimizeResult): number {
  let sets = 0;
  for (const type of Object.values(result.phase2)) sets += type.sets;
  for (const run of result.runs)
    for (const type of Object.values(run.phase3)) for (const stage of type?.stages ?? []) sets += stage.sets;
  return sets;
}

function elapsedMs(result: OptimizeResult): number | null {
  return result.memory.length === 0 ? null : Math.max(...result.memory.map((sample) => sample.milliseconds));
}
