import type { ConfigDiff } from "../config/result.ts";
import { columns } from "./columns.ts";
import { parameterText } from "./figures.ts";
import { shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";

/** Changed parameters, old beside new; at most `limit` of them, and how many more there are. */
export function changeTable(diff: ConfigDiff, paint: Paint, limit: number): string[] {
  const shown = diff.entries.slice(0, limit);
  const rows = shown.map((entry) => [
    shorten(entry.path, 46),
    shorten(parameterText(entry.old), 22),
    "->",
    shorten(parameterText(entry.new), 22),
  ]);
  const rest = diff.entries.length - shown.length;
  return [
    ...columns([], rows, ["left", "right", "left", "left"], paint),
    ...(rest > 0 ? [paint.dim(`  and ${rest} more`)] : []),
  ];
}
