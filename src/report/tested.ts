import type { OptimizeResult } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, day, duration, minute } from "../words/figures.ts";
import { breakLines, candleNotes, crossingText } from "./candleLines.ts";
import { label, paragraph, reportWidth } from "./lines.ts";

/** What the run looked at: market, opportunities, parameter sets, and the time it took. */
export function testedLines(result: OptimizeResult, texts: Texts = en): string[] {
  const { details: words } = texts;
  const { phase1, split } = result;
  const days = (phase1.to - phase1.from) / 86_400_000;
  const objective = Object.values(phase1.types).reduce((sum, type) => sum + type.objective_opportunities, 0);
  const notes = candleNotes(phase1, texts);
  const noted = notes.length > 0 ? words.noted(notes.join(texts.and)) : "";
  const still = phase1.zero_atr > 0 ? words.withoutAtr(phase1.zero_atr) : "";
  const market =
    words.market(
      phase1.symbols,
      days.toFixed(1),
      day(phase1.from),
      day(phase1.to),
      words.candles(phase1.candles) + noted,
    ) +
    words.found(phase1.opportunities, objective) +
    still;
  const took = elapsedMs(result);
  const work = took === null ? words.sets(setsTested(result)) : words.setsIn(setsTested(result), duration(took));
  const parts =
    words.parts(
      split.training,
      split.time === null ? count(split.holdout) : words.holdoutFrom(split.holdout, minute(split.time)),
    ) + words.leftOut(split.purged, split.left_out, crossingText(split.crossing_breaks, texts));
  return [
    ...paragraph(label(words.tested), market + texts.and + work),
    ...paragraph(label(words.split), parts),
    ...breakLines(phase1, reportWidth, texts),
  ];
}

/** Parameter sets of phases 2 and 3 together, every config's. */
function setsTested(result: OptimizeResult): number {
  let sets = 0;
  for (const type of Object.values(result.phase2)) sets += type.sets;
  for (const { groups } of result.runs)
    for (const { phase2 } of Object.values(groups ?? {})) for (const type of Object.values(phase2)) sets += type.sets;
  for (const run of result.runs)
    for (const type of Object.values(run.phase3)) for (const stage of type?.stages ?? []) sets += stage.sets;
  return sets;
}

function elapsedMs(result: OptimizeResult): number | null {
  return result.memory.length === 0 ? null : Math.max(...result.memory.map((sample) => sample.milliseconds));
}
