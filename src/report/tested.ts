import type { OptimizeResult } from "../run/results.ts";
import { count, counted, day, duration, minute } from "../words/figures.ts";
import { breakLines, candleNotes, crossingText } from "./candleLines.ts";
import { paragraph } from "./lines.ts";

/** What the run looked at: market, opportunities, parameter sets, and the time it took. */
export function testedLines(result: OptimizeResult): string[] {
  const { phase1, split } = result;
  const days = (phase1.to - phase1.from) / 86_400_000;
  const objective = Object.values(phase1.types).reduce((sum, type) => sum + type.objective_opportunities, 0);
  const notes = candleNotes(phase1);
  const noted = notes.length > 0 ? ` (${notes.join("; ")})` : "";
  const still = phase1.zero_atr > 0 ? `, ${count(phase1.zero_atr)} more without an ATR left out` : "";
  const market =
    `${counted(phase1.symbols, "symbol")} over ${days.toFixed(1)} days (${day(phase1.from)} to ${day(phase1.to)}), ` +
    `${counted(phase1.candles, "candle")}${noted}, ${counted(phase1.opportunities, "opportunity", "opportunities")} ` +
    `(${count(objective)} objective)${still}`;
  const took = elapsedMs(result);
  const work = `${counted(setsTested(result), "parameter set")}${took === null ? "" : ` in ${duration(took)}`}`;
  const parts =
    `training ${count(split.training)}, hold-out ${count(split.holdout)}${split.time === null ? "" : ` from ${minute(split.time)} UTC`}, ` +
    `purged ${count(split.purged)}, left out ${count(split.left_out)}${crossingText(split.crossing_breaks)}`;
  return [...paragraph("Tested   ", `${market}; ${work}`), ...paragraph("Split    ", parts), ...breakLines(phase1)];
}

/** Parameter sets of phases 2 and 3 together, every config's. */
function setsTested(result: OptimizeResult): number {
  let sets = 0;
  for (const type of Object.values(result.phase2)) sets += type.sets;
  for (const run of result.runs)
    for (const type of Object.values(run.phase3)) for (const stage of type?.stages ?? []) sets += stage.sets;
  return sets;
}

function elapsedMs(result: OptimizeResult): number | null {
  return result.memory.length === 0 ? null : Math.max(...result.memory.map((sample) => sample.milliseconds));
}
