import { isNoneGaining } from "../../search/objectives.ts";
import type { SearchResult } from "../../search/result.ts";
import { shellWord } from "../../text.ts";
import { count, counted, duration, megabytes, percent, unsignedPercent } from "../../words/figures.ts";
import { paragraph } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { parametersText } from "../parametersText.ts";
import { printableCopy } from "../printable.ts";
import { leaderboard } from "../searchSummary.ts";
import { exitsText } from "../setLines.ts";
import { clipped, dataText, noteLines } from "./parts.ts";

const mostLines = 20;
const fewestRows = 3;

/** A search in some twenty lines: what the best set makes, or that none makes money; the leaders; the best in full; what to do next. */
export function searchBrief(result: SearchResult, paint: Paint, width: number): string {
  const shown = printableCopy(result);
  const { top, engine } = shown;
  const best = top[0];
  const searched =
    `${shown.type}: ${counted(shown.opportunities, "opportunity", "opportunities")} ` +
    `(${count(shown.objective_opportunities)} big moves), ${dataText(shown.candles)}`;
  const head = [
    ...paragraph("", headline(shown), width).map(paint.bold),
    ...paragraph("", searched, width).map(paint.dim),
  ];
  const speed =
    `${duration(engine.milliseconds)}, ${counted(engine.threads, "thread")}, ` +
    `${megabytes(engine.linear_memory_bytes)} of memory`;
  const tail = [...noteLines(shown.warnings, paint, width), ...paragraph("Engine    ", speed, width)];
  if (!best) return text([...head, ...tail]);
  const next =
    shown.saved_best === null
      ? "these days chose the set, so they cannot prove it: --save-best FILE, then sluice validate --params FILE"
      : `these days chose the set, so they cannot prove it: sluice validate --params ${shellWord(shown.saved_best)}`;
  const exits = exitsText(best.metrics);
  const body = [
    ...clipped("Best      ", parametersText(best.params), width, 4),
    ...(exits === "" ? [] : clipped("Exits     ", exits, width, 2)),
    ...paragraph("In-sample ", next, width),
  ];
  const rows = Math.max(fewestRows, mostLines - head.length - body.length - tail.length - 3);
  return text([...head, "", ...leaderboard(top, paint, { width, rows, indent: "" }), "", ...body, ...tail]);
}

function headline({ top, sets, ranked, objective }: SearchResult): string {
  const best = top[0];
  const all = counted(sets, "set");
  if (!best) return `NO RESULT: none of ${all} meets the constraints (too few trades, or another limit exceeded)`;
  const { avg_return: average, n } = best.metrics;
  if (isNoneGaining(objective, best))
    return `NO SET MAKES MONEY: the best of ${all} ${average < 0 ? `loses ${unsignedPercent(-average)}` : "makes nothing"} per trade`;
  const out = ranked < sets ? ` (${count(ranked)} ranked)` : "";
  return `BEST of ${all}${out} by ${objective}: ${percent(average)} net per trade over ${counted(n, "trade")}`;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
