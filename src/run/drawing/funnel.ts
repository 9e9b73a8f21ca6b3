import { filtersOf, passesFilter } from "../../space/filters.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { Part } from "../typeParts.ts";
import type { Funnel } from "./drawn.ts";

/** How many signals of some parts each filter of a set leaves, and how many objective ones it is the first to reject. */
export function funnelOf(
  parts: readonly Part[],
  params: Parameters,
  entered: Pick<Funnel, "trades" | "onePosition">,
): Funnel {
  const filters = filtersOf(params);
  const lost = new Uint32Array(filters.length);
  const bigLost = new Uint32Array(filters.length);
  let signals = 0;
  for (const { table, labels } of parts) {
    signals += table.count;
    const columns = filters.map(({ feature }) => table.features[table.featureNames.indexOf(feature)]!);
    for (let row = 0; row < table.count; row++) {
      const at = filters.findIndex(({ kind, value }, k) => !passesFilter(kind, value, columns[k]![row]!));
      if (at < 0) continue;
      lost[at]!++;
      if (labels.objective[row] === 1) bigLost[at]!++;
    }
  }
  let left = signals;
  const steps = filters.map(({ parameter, value }, k) => {
    left -= lost[k]!;
    return { parameter, value, left, bigLost: bigLost[k]! };
  });
  return { signals, steps, ...entered };
}
