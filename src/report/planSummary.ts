import type { PlanResult } from "../run/answers.ts";
import { count, counted, duration, megabytes } from "../words/figures.ts";
import { candleLines, crossingText } from "./candleLines.ts";
import { columns } from "./columns.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { partsLines } from "./partsSummary.ts";
import { printableCopy } from "./printable.ts";

import { signalLines } from "./signalLines.ts";
import { warningLines } from "./warningLines.ts";

const regionsShown = 12;

/** What a search would need: what is searched, its memory layout, and the expected time and memory. */
export function planSummary(result: PlanResult, paint: Paint, width: number = reportWidth): string {
  const plan = printableCopy(result);
  const { chunk, expected, tile } = plan;
  const searched =
    `${counted(plan.sets, "set")}: ${counted(plan.filter_combinations, "filter combination")} x ${counted(plan.exits, "exit")}, ` +
    `over ${counted(plan.opportunities, "opportunity", "opportunities")} (${count(plan.left_out)} left out${crossingText(plan.crossing_breaks)}), ` +
    `${count(plan.taking_part)} of which pass the loosest filters`;
  const layout =
    `${counted(tile.tiles, "tile")} of ${counted(tile.exits, "exit")}, ${count(tile.held)} held at once; ` +
    (chunk.passes === 1 && chunk.opportunities >= plan.taking_part
      ? "all opportunities in memory"
      : `opportunities in chunks of ${count(chunk.opportunities)}`) +
    `, ${counted(chunk.passes, "pass", "passes")}, ${counted(plan.threads, "thread")}`;
  const regions = plan.regions
    .slice(0, regionsShown)
    .map(({ name, bytes, threads }) => [name, count(bytes), threads === 1 ? "" : `x ${threads}`]);
  const rest = plan.regions.length - regions.length;
  return `${[
    ...paragraph(`${paint.bold(plan.type)}  `, `by ${paint.bold(plan.objective)}`, width),
    ...paragraph("Search   ", searched, width),
    ...candleLines(plan.candles, width),
    ...paragraph("Layout   ", layout, width),
    ...paragraph(
      "Memory   ",
      `${megabytes(plan.linear_memory_bytes)} linear of ${megabytes(plan.memory_allowed)} allowed, ` +
        `${megabytes(plan.leaderboard.bytes)} for a leaderboard of ${counted(plan.leaderboard.sets, "set")}`,
      width,
    ),
    ...paragraph(
      "Expected ",
      `about ${duration(expected.engine_milliseconds)} in the engine, ${duration(expected.milliseconds)} for the whole command, ` +
        `peak RSS ${megabytes(expected.peak_rss)}`,
      width,
    ),
    ...paragraph(
      "All sets ",
      `with --all: ${counted(plan.all.sets, "row")}, about ${megabytes(plan.all.csv_bytes)} of CSV or ` +
        `${megabytes(plan.all.parquet_bytes)} of parquet, ${duration(plan.all.milliseconds)} and ${megabytes(plan.all.peak_rss)} more`,
      width,
    ),
    ...(plan.parts ? partsLines(plan.parts, width) : []),
    ...signalLines(plan.signals, width),
    ...warningLines(plan.warnings, width),
    "",
    ...columns([["region", "bytes", "threads"]], regions, ["left", "right", "left"], paint),
    ...(rest > 0 ? [paint.dim(`  and ${count(rest)} smaller ones (--json has them all)`)] : []),
  ].join("\n")}\n`;
}
