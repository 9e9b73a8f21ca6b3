import { everySetBytes } from "../../search/everySet.ts";
import type { SearchTask } from "../../search/searchTask.ts";
import { orderSpace } from "../../space/order.ts";
import { setColumnsOf } from "./columns.ts";
import { cellOf } from "./csv.ts";

/** What a file of every set would take, known before it is written. Field names are the JSON's. */
export interface AllPlan {
  /** Rows: every set of the space. */
  readonly sets: number;
  /** Expected sizes. */
  readonly csv_bytes: number;
  /** Expected size as parquet, bytes. */
  readonly parquet_bytes: number;
  /** Expected, beyond the search's own. */
  readonly milliseconds: number;
  /** Expected memory beyond the search's own, bytes. */
  readonly peak_rss: number;
}

/** Expected bytes of a number, and of a count, in CSV with its comma; in parquet a number does not get smaller. Measured; see docs/performance.md. */
const numberText = 18.5;
const countText = 4;
const parquetNumber = 8.2;
const parquetCount = 3;
const parquetParameter = 0.6;
const setMilliseconds = 0.011;
/** What gathers the rows, and the garbage of their texts. */
const writerBytes = 48 * 2 ** 20;

/** Plans a file of every set. */
export function planAll(task: SearchTask): AllPlan {
  const { sets } = orderSpace(task.space);
  const { parameters, figures } = setColumnsOf(task);
  let [csv, parquet] = [String(sets).length + 1, parquetCount];
  for (const { candidates } of parameters) {
    const texts = candidates.map((candidate) => cellOf(String(candidate)).length + 1);
    csv += texts.reduce((sum, length) => sum + length, 0) / texts.length;
    parquet += parquetParameter;
  }
  for (const { kind } of figures) {
    csv += kind === "number" ? numberText : countText;
    parquet += kind === "number" ? parquetNumber : parquetCount;
  }
  return {
    sets,
    csv_bytes: Math.round(sets * csv),
    parquet_bytes: Math.round(sets * parquet),
    milliseconds: Math.round(sets * setMilliseconds),
    peak_rss: everySetBytes(sets) + writerBytes,
  };
}
