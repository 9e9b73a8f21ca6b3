import type { Manifest } from "../../src/parts/manifest.ts";
import type { ExitRange } from "../../src/search/exitGrid.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { orderSpace } from "../../src/space/order.ts";

/** A job of a search whose market and table are in memory: what a merge needs, and nothing to read. */
export function manifestOf(
  { space, top, objective, table, labels }: SearchTask,
  parts: readonly ExitRange[],
): Manifest {
  const { sets } = orderSpace(space);
  const objectiveTotal = labels.objective.reduce((sum, flag) => sum + flag, 0);
  const none = { path: "none", sha256: "none", bytes: 0 };
  const signals = { rows: table.count, dropped: 0, duplicates: 0, overlapping: 0, in_holes: 0 };
  return {
    format: "sluice-job-1",
    version: "1",
    job: "j",
    fingerprint: "f",
    inputs: { candles: { folder: "none", files: [] }, opportunities: none, space: none },
    options: {},
    horizon_bars: 17,
    objective_total: objectiveTotal,
    sets,
    top: Math.min(top, sets),
    parts,
    head: {
      searched: { type: "all", objective, opportunities: table.count, left_out: 0, crossing_breaks: 0, signals },
      objective_opportunities: objectiveTotal,
      fingerprint: "f",
      candles: {} as Manifest["head"]["candles"],
    },
    warnings: [],
  };
}
