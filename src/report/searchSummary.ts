import type { RankedSet, SearchResult } from "../portfolio/searchResult.ts";
import type { Parameters } from "../space/parameters.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import {
  count,
  duration,
  figure,
  megabytes,
  parameterText,
  percent,
  share,
  unsignedPercent,
} from "../words/figures.ts";
import { candleLines, crossingText } from "./candleLines.ts";
import { columns } from "./columns.ts";
import { label, paragraph, reportWidth, shorten, widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { purseFigure, rankingTexts } from "./portfolioLines.ts";
import { printableCopy } from "./printable.ts";
import { setLines } from "./setLines.ts";

import { signalLines } from "./signalLines.ts";
import { noMoneyLines, warningLines } from "./warningLines.ts";

const rowsShown = 20;

/** A search's leaderboard: the best set in full, the others by how they differ from it. */
export function searchSummary(result: SearchResult, paint: Paint, texts: Texts = en): string {
  const { evidence: words } = texts;
  const shown = printableCopy(result);
  const { engine } = shown;
  const looked =
    words.over(shown.sets, shown.opportunities) +
    words.ofThem(
      shown.objective_opportunities,
      shown.left_out,
      crossingText(shown.crossing_breaks, texts),
      shown.ranked,
    );
  const machine =
    words.machine(duration(engine.milliseconds), engine.threads, engine.passes) +
    words.work(megabytes(engine.linear_memory_bytes), engine.replays);
  const best = shown.top[0];
  const lines = [
    ...noMoneyLines(shown.warnings, reportWidth, texts),
    ...paragraph(`${paint.bold(shown.type)}  `, words.bestBy(paint.bold(shown.objective))),
    ...(shown.ranking ? rankingTexts(shown.ranking, best?.portfolio, texts) : []).flatMap(([name, text]) =>
      paragraph(label(name), text),
    ),
    ...paragraph(label(words.tested), looked),
    ...paragraph(label(words.engine), machine),
    ...candleLines(shown.candles, reportWidth, texts),
    ...signalLines(shown.signals, reportWidth, texts),
    ...(shown.all
      ? paragraph(label(words.allSets), words.rowsIn(shown.all.file, shown.all.sets, megabytes(shown.all.bytes)))
      : []),
    ...warningLines(shown.warnings, reportWidth, texts),
  ];
  if (best === undefined) lines.push("", ...paragraph(label(words.result), words.noSet));
  else
    lines.push(
      "",
      paint.bold(words.bestScore(figure(best.score))),
      ...setLines(best, texts),
      "",
      ...leaderboard(shown.top, paint, {
        width: reportWidth,
        rows: rowsShown,
        indent: "  ",
        texts,
        ranking: shown.ranking ?? null,
      }),
    );
  return `${lines.join("\n")}\n`;
}

/** Where a leaderboard stands. */
interface BoardPlace {
  readonly width: number;
  /** Rows of sets, of which the last may be how many more there are. */
  readonly rows: number;
  readonly indent: string;
  readonly texts: Texts;
  /** How the sets were ranked once more; null if the objective alone ranks them. */
  readonly ranking: SearchResult["ranking"] | null;
}

/** Columns in which most parameters fit with their values. */
const readableNames = 27;

/** The leaders, one row each: figures, and how the parameters differ from the best one's. What does not fit the width is left out, the capture rate first, then the total. */
export function leaderboard(
  top: readonly RankedSet[],
  paint: Paint,
  { width, rows, indent, texts, ranking }: BoardPlace,
): string[] {
  const words = texts.search;
  const best = top[0]!;
  const listed = top.slice(0, top.length > rows ? rows - 1 : rows);
  // What ranks the sets stands where the score would.
  const [rank, score, ...others] = words.board as [string, string, ...string[]];
  const heading = [rank, ranking ? texts.portfolio.metrics[ranking.metric] : score, ...others];
  const cells = listed.map((set) => [
    String(set.rank),
    ranking && set.portfolio ? purseFigure(ranking.metric, set.portfolio) : figure(set.score),
    count(set.metrics.n),
    share(set.metrics.win_rate),
    percent(set.metrics.avg_return),
    percent(set.metrics.total_return),
    unsignedPercent(set.metrics.max_drawdown),
    share(set.metrics.capture_rate),
  ]);
  const tableWithout = (hidden: readonly number[]): string[] => {
    const visible = (row: readonly string[]): string[] => row.filter((_, k) => !hidden.includes(k));
    const shown = visible(heading);
    return columns([shown], cells.map(visible), new Array<"right">(shown.length).fill("right"), paint, indent);
  };
  const usedBy = (lines: readonly string[]): number => Math.max(...lines.map(widthOf));
  const [capture, total] = [heading.length - 1, heading.length - 3];
  const without = width < reportWidth ? [[capture], [capture, total]] : [[], [total]];
  const tables = without.map(tableWithout);
  // The total is what number and average make; half a parameter's name could be another's.
  const table = tables.find((lines) => width - usedBy(lines) - 2 >= readableNames) ?? tables.at(-1)!;
  const used = usedBy(table);
  const room = Math.max(12, width - used - 2);
  const rest = top.length - listed.length;
  return [
    ...table.map((line, index) => {
      const text = index === 0 ? words.differs : differences(top[index - 1]!.params, best.params, room);
      return (line + " ".repeat(used - widthOf(line) + 2) + paint.dim(shorten(text, room))).trimEnd();
    }),
    ...(rest > 0 ? [paint.dim(`${indent}${words.moreSets(rest)}`)] : []),
  ];
}

/** How a set differs from the best one: as many parameters as have room, whole, and an ellipsis for the rest; half names would look like others. */
function differences(params: Parameters, best: Parameters, room: number): string {
  const changed = Object.entries(params)
    .filter(([name, value]) => parameterText(value) !== parameterText(best[name] ?? null))
    .map(([name, value]) => `${name} ${parameterText(value)}`);
  for (let shown = changed.length; shown > 0; shown--) {
    const text = changed.slice(0, shown).join(", ") + (shown < changed.length ? ", …" : "");
    if (widthOf(text) <= room || shown === 1) return text;
  }
  return "";
}
