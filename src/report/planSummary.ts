import type { PlanResult } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, duration, megabytes } from "../words/figures.ts";
import { candleLines, crossingText } from "./candleLines.ts";
import { columns } from "./columns.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { partsLines } from "./partsSummary.ts";
import { printableCopy } from "./printable.ts";

import { signalLines } from "./signalLines.ts";
import { warningLines } from "./warningLines.ts";

const regionsShown = 12;

/** What a search would need: what is searched, its memory layout, and the expected time and memory. */
export function planSummary(result: PlanResult, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const plan = printableCopy(result);
  const { plan: words } = texts.tools;
  const { chunk, tile } = plan;
  const searched =
    words.sets(plan.sets, plan.filter_combinations, plan.exits) +
    words.over(plan.opportunities, plan.left_out, crossingText(plan.crossing_breaks, texts), plan.taking_part);
  const layout =
    words.tiles(tile.tiles, tile.exits, tile.held) +
    (chunk.passes === 1 && chunk.opportunities >= plan.taking_part
      ? words.allInMemory
      : words.inChunks(chunk.opportunities)) +
    words.passes(chunk.passes, plan.threads);
  const regions = plan.regions
    .slice(0, regionsShown)
    .map(({ name, bytes, threads }) => [name, count(bytes), threads === 1 ? "" : `x ${threads}`]);
  const rest = plan.regions.length - regions.length;
  return `${[
    ...paragraph(`${paint.bold(plan.type)}  `, words.by(paint.bold(plan.objective)), width),
    ...paragraph(label(words.search), searched, width),
    ...candleLines(plan.candles, width, texts),
    ...paragraph(label(words.layout), layout, width),
    ...paragraph(
      label(words.memory),
      words.linear(
        megabytes(plan.linear_memory_bytes),
        megabytes(plan.memory_allowed),
        megabytes(plan.leaderboard.bytes),
        plan.leaderboard.sets,
      ),
      width,
    ),
    ...expectedLines(plan, width, words),
    ...paragraph(
      label(words.allSets),
      words.all(
        plan.all.sets,
        megabytes(plan.all.csv_bytes),
        megabytes(plan.all.parquet_bytes),
        words.and(duration(plan.all.milliseconds), megabytes(plan.all.peak_rss)),
      ),
      width,
    ),
    ...(plan.parts ? partsLines(plan.parts, width, texts) : []),
    ...portfolioLines(plan, width, texts),
    ...signalLines(plan.signals, width, texts),
    ...warningLines(plan.warnings, width, texts),
    "",
    ...columns([words.regionColumns], regions, ["left", "right", "left"], paint),
    ...(rest > 0 ? [paint.dim(`  ${words.smaller(rest)}`)] : []),
  ].join("\n")}\n`;
}

function expectedLines({ expected }: PlanResult, width: number, words: Texts["tools"]["plan"]): string[] {
  const { engine_milliseconds, milliseconds, peak_rss, ties } = expected;
  const times = words.times(duration(engine_milliseconds), duration(milliseconds), megabytes(peak_rss));
  return [
    ...paragraph(label(words.forecast), times, width),
    ...(ties.sweeps > 1
      ? paragraph(label(words.ties), words.again(ties.sweeps, duration(ties.engine_milliseconds)), width)
      : []),
  ];
}

/** What accounts take beside the search, and ranking by them; nothing without a portfolio. */
function portfolioLines({ portfolio, ranking }: PlanResult, width: number, { portfolio: words }: Texts): string[] {
  if (!portfolio) return [];
  const ranked = ranking && words.planned(ranking.sets, duration(ranking.milliseconds));
  return [
    ...(ranked ? paragraph(label(words.rankedLabel), ranked, width) : []),
    ...paragraph(label(words.label), words.plan(megabytes(portfolio.linear_memory_bytes), portfolio.days), width),
  ];
}
