import type { SearchResult } from "../../portfolio/searchResult.ts";
import { isNoneGaining } from "../../search/objectives.ts";
import { shellWord } from "../../text.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { duration, megabytes, percent, unsignedPercent } from "../../words/figures.ts";
import { paragraph } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { parametersText } from "../parametersText.ts";
import { rankingTexts } from "../portfolioLines.ts";
import { printableCopy } from "../printable.ts";
import { leaderboard } from "../searchSummary.ts";
import { exitsText } from "../setLines.ts";
import { candleLine, clipped, dataText, labelled, labelOf, noteLines } from "./parts.ts";

const mostLines = 20;
const fewestRows = 3;

/** A search in some twenty lines: what the best set makes, or that none makes money; the leaders; the best in full; what to do next. */
export function searchBrief(result: SearchResult, paint: Paint, width: number, texts: Texts = en): string {
  const shown = printableCopy(result);
  const { search: words, labels } = texts;
  const { top, engine } = shown;
  const best = top[0];
  const data = dataText(shown.candles, texts);
  const searched = words.searched(shown.type, shown.opportunities, shown.objective_opportunities, data);
  const head = [
    ...paragraph("", searchHeadline(shown, texts), width).map(paint.bold),
    ...paragraph("", searched, width).map(paint.dim),
  ];
  const speed = words.speed(duration(engine.milliseconds), engine.threads, megabytes(engine.linear_memory_bytes));
  const candles = candleLine(shown.candles, width, texts);
  const end = [
    ...labelled(labels.engine, speed, width),
    ...(shown.all
      ? labelled(labels.allSets, words.allSets(shown.all.file, shown.all.sets, megabytes(shown.all.bytes)), width)
      : []),
  ];
  const tailAfter = (lines: number): string[] => [
    ...candles,
    ...noteLines(shown.warnings, { paint, width, texts }, lines + candles.length + end.length),
    ...end,
  ];
  if (!best) return text([...head, ...tailAfter(head.length)]);
  const validate = `sluice validate --params ${shellWord(shown.saved_best ?? "")}`;
  const ranked = shown.ranking ? rankingTexts(shown.ranking, best.portfolio, texts) : [];
  const next = words.next(shown.saved_best === null ? words.nextSaving : validate);
  const exits = exitsText(best.metrics, texts);
  const body = [
    ...ranked.flatMap(([name, text]) => clipped(labelOf(name), text, width, 3)),
    ...clipped(labelOf(labels.best), parametersText(best.params), width, 4),
    ...(exits === "" ? [] : clipped(labelOf(labels.exits), exits, width, 2)),
    ...labelled(labels.inSample, next, width),
  ];
  // Two empty lines, and the heading of the leaderboard.
  const others = head.length + body.length + 3;
  const tail = tailAfter(others + fewestRows);
  const rows = Math.max(fewestRows, mostLines - others - tail.length);
  const board = leaderboard(top, paint, { width, rows, indent: "", texts, ranking: shown.ranking ?? null });
  return text([...head, "", ...body, ...tail, "", ...board]);
}

/** The first line: what the best set makes. */
export function searchHeadline({ top, sets, objective, ranking }: SearchResult, texts: Texts = en): string {
  const { search: words, portfolio } = texts;
  const best = top[0];
  if (!best) return words.none(sets);
  if (ranking && best.portfolio) {
    const { total_return, cagr, trades } = best.portfolio;
    if (total_return <= 0) return portfolio.noMoney(sets, portfolio.metrics[ranking.metric], percent(total_return));
    return portfolio.best(sets, portfolio.metrics[ranking.metric], percent(total_return), percent(cagr), trades);
  }
  const { avg_return: average, n } = best.metrics;
  if (isNoneGaining(objective, best))
    return words.noMoney(sets, average < 0 ? words.loses(unsignedPercent(-average)) : words.makesNothing);
  return words.best(sets, objective, average, n);
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
