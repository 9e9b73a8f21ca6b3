import { Best } from "../best.ts";
import { CoreFault } from "../errors.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { passesFilter } from "../space/filters.ts";
import type { Filter } from "../space/parameters.ts";
import type { Missed } from "./results.ts";

/** A missed opportunity that is among the largest so far: its row, and which filter rejects it. */
interface MissedRow {
  readonly row: number;
  readonly mfe: number;
  /** Its number among the missed ones, from 0. */
  readonly order: number;
  readonly rejecting: number;
}

/** The input: one type's rows of a table, and the filters of its chosen set in the order of the space. */
export interface MissedInput {
  readonly table: OpportunityTable;
  readonly labels: Labels;
  /** Rows of the table that count, e.g. those of one type. */
  readonly rows: Iterable<number>;
  readonly filters: readonly Filter[];
  /** How many of the largest are named; default 30. */
  readonly limit?: number;
}

/**
 * The objective opportunities that the chosen set does not capture, each under the first filter that rejects it; the largest by MFE are
 * named. One pass, memory for the named ones only. An empty cell fails every filter on its feature; equal MFEs keep the table's order.
 */
export function missedOpportunities({ table, labels, rows, filters, limit = 30 }: MissedInput): Missed {
  const columns = filters.map((filter) => columnOf(table, filter));
  const rejections = new Array<number>(filters.length).fill(0);
  const largest = new Best<MissedRow>(limit, (a, b) => b.mfe - a.mfe || a.order - b.order);
  let objective = 0;
  let missed = 0;
  for (const row of rows) {
    if (labels.objective[row] !== 1) continue;
    objective++;
    const rejecting = filters.findIndex(({ kind, value }, index) => !passesFilter(kind, value, columns[index]![row]!));
    if (rejecting < 0) continue;
    rejections[rejecting]!++;
    largest.offer({ row, mfe: labels.mfe[row]!, order: missed++, rejecting });
  }
  return {
    objective_opportunities: objective,
    missed,
    by_filter: Object.fromEntries(
      filters.map(({ parameter }, index) => [parameter, rejections[index]!] as const).filter(([, times]) => times > 0),
    ),
    largest: largest.sorted().map(({ row, mfe, rejecting }) => {
      const value = columns[rejecting]![row]!;
      return {
        symbol: table.symbols[table.symbol[row]!]!,
        timestamp: table.timestampMs[row]!,
        direction: table.direction[row] === 1 ? "long" : "short",
        mfe: 100 * mfe,
        rejected_by: filters[rejecting]!.parameter,
        value: Number.isFinite(value) ? value : null,
      };
    }),
  };
}

function columnOf(table: OpportunityTable, filter: Filter): Float64Array {
  const column = table.features[table.featureNames.indexOf(filter.feature)];
  if (column === undefined)
    throw new CoreFault("FEATURE_GONE", "a chosen set filters on a feature that its table does not have", {
      where: filter.parameter,
      found: `a table with ${table.featureNames.join(", ") || "no features"}`,
    });
  return column;
}
