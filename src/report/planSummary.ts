import type { PlanResult } from "./answers.ts";
import { columns } from "./columns.ts";
import { count, counted, duration, megabytes } from "./figures.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** What a run would take, a type a row. */
export function planSummary(result: PlanResult, paint: Paint): string {
  const shown = printableCopy(result);
  const rows = shown.types.map((type) => [
    type.type,
    count(type.opportunities),
    count(type.sets),
    count(type.passes),
    megabytes(type.linear_memory_bytes),
  ]);
  const heading = ["", "opportunities", "sets", "passes", "linear memory"];
  const total =
    `about ${duration(shown.expected_milliseconds)} with ${counted(shown.threads, "thread")}, ` +
    `linear memory ${megabytes(shown.linear_memory_bytes)} a worker, peak about ${megabytes(shown.peak_rss_bytes)}`;
  const lines = [
    ...columns([heading], rows, ["left", "right", "right", "right", "right"], paint),
    ...paragraph(paint.bold("Plan     "), total),
  ];
  return `${lines.join("\n")}\n`;
}
