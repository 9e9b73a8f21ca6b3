import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Table, TimestampMillisecond, tableToIPC, vectorFromArray } from "apache-arrow";
import { parquetWriteBuffer } from "hyparquet-writer";

const names = ["open", "high", "low", "close", "volume"] as const;
const minuteMs = 60_000;
/** Rows of a record batch, as pandas writes them. */
const batchRows = 65_536;

/** Minutes from 2020 on of a walk with all the digits of a double, as columns. */
function columnsOf(count: number): { readonly times: Float64Array; readonly values: readonly Float64Array[] } {
  const times = Float64Array.from({ length: count }, (_, k) => Date.UTC(2020, 0, 1) + k * minuteMs);
  const values = names.map(() => new Float64Array(count));
  let close = 100;
  for (let k = 0; k < count; k++) {
    const open = close;
    close = open * (1 + (((k * 2_654_435_761) % 2 ** 32) / 2 ** 32 - 0.5) / 500);
    const row = [open, Math.max(open, close) * 1.0003, Math.min(open, close) * 0.9997, close, (k * 7.3) % 1000];
    for (const [column, value] of row.entries()) values[column]![k] = value;
  }
  return { times, values };
}

/** Writes the same candles in each format to a folder; the paths by what they are. */
export async function writeCandleFiles(folder: string, count: number): Promise<Readonly<Record<string, string>>> {
  const { times, values } = columnsOf(count);
  const rows = Array.from({ length: count }, (_, k) => [times[k]!, ...values.map((column) => column[k]!)]);
  const csv = `timestamp,${names.join()}\n${rows.map((row) => row.join()).join("\n")}\n`;
  const json = `[${rows.map((row) => JSON.stringify(row)).join()}]`;
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: "date", data: Array.from(times, (time) => new Date(time)), type: "TIMESTAMP" },
      ...names.map((name, k) => ({ name, data: values[k]!, type: "DOUBLE" as const })),
    ],
    rowGroupSize: 1 << 20,
  });
  const contents: Readonly<Record<string, readonly [string, string | Uint8Array]>> = {
    CSV: ["csv", csv],
    "JSON, one line": ["json", json],
    "JSON in gzip": ["json.gz", gzipSync(json)],
    "feather, not packed": ["feather", arrowOf(times, values)],
    "parquet, snappy": ["parquet", new Uint8Array(parquet)],
  };
  const paths: Record<string, string> = {};
  for (const [what, [extension, content]] of Object.entries(contents)) {
    paths[what] = join(folder, `X-1m.${extension}`);
    await writeFile(paths[what], content);
  }
  return paths;
}

function arrowOf(times: Float64Array, values: readonly Float64Array[]): Uint8Array {
  const batches = [];
  for (let from = 0; from < times.length; from += batchRows) {
    const part = (column: Float64Array): Float64Array => column.slice(from, from + batchRows);
    const date = vectorFromArray([...part(times)], new TimestampMillisecond("UTC"));
    const columns = names.map((name, k) => [name, vectorFromArray(part(values[k]!))] as const);
    batches.push(...new Table({ date, ...Object.fromEntries(columns) }).batches);
  }
  return tableToIPC(new Table(batches), "file");
}
