import { isMissing } from "../../candles/readers.ts";
import { InputError } from "../../errors.ts";
import { opening } from "../../opening.ts";
import type { SummedSet } from "../../search/everySet.ts";
import type { GrowingFile } from "../../wholeFile.ts";
import { indexColumn, type ParameterColumn, type SetColumns } from "./columns.ts";

type Library = typeof import("hyparquet-writer");

/** The package's own: it brings another release of hyparquet. */
type SchemaElement = ConstructorParameters<Library["ParquetWriter"]>[0]["schema"][number];

const packageName = "hyparquet-writer";
/** What such a file says of its origin, near its end. */
export const parquetOrigin = "sluice every set";
/** Rows of a row group: what is held as columns before it is written. */
const groupRows = 1 << 15;

/** Loads the package that writes parquet. Throws InputError that names it if it is not installed. */
export async function parquetLibrary(
  path: string,
  load: () => Promise<Library> = () => import("hyparquet-writer"),
): Promise<Library> {
  try {
    return await opening(load);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new InputError(
      "ALL_WRITER",
      `parquet is written by the package ${packageName}, which is not installed`,
      {
        where: `--all ${path}`,
        found: `no package ${packageName}`,
        expected: `${packageName} installed beside Sluice`,
        remedy: `npm i ${packageName} (npm i -g ${packageName} if Sluice was installed with -g), or name a .csv file`,
      },
      { cause },
    );
  }
}

/** Writes a row per set; `beat` is called between row groups. Parameters that do not count are null. */
export async function writeSetsParquet(
  file: GrowingFile,
  sets: Iterable<SummedSet>,
  columns: SetColumns,
  library: Library,
  beat: () => Promise<void>,
): Promise<void> {
  const bytes = new library.ByteWriter();
  const writer = new library.ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: parquetOrigin });
  const flush = async (): Promise<void> => {
    await file.append(bytes.getBytes());
    // The writer counts on from `offset`; `index` is the place in its buffer.
    (bytes as unknown as { index: number }).index = 0;
  };
  const group = new RowGroup(columns);
  const write = async (): Promise<void> => {
    await writer.write({ columnData: group.taken(), rowGroupSize: groupRows });
    await flush();
    await beat();
  };
  for (const set of sets) if (group.add(set) === groupRows) await write();
  if (group.rows > 0) await write();
  await writer.finish();
  await flush();
}

function schemaOf({ parameters, figures }: SetColumns): SchemaElement[] {
  const typeOf = { number: { type: "DOUBLE" }, flag: { type: "BOOLEAN" }, count: { type: "INT32" } } as const;
  return [
    { name: "root", num_children: 1 + parameters.length + figures.length },
    { name: indexColumn, type: "INT64", repetition_type: "REQUIRED" },
    ...parameters.map(({ name, kind }): SchemaElement => {
      const type = kind === "text" ? ({ type: "BYTE_ARRAY", converted_type: "UTF8" } as const) : typeOf[kind];
      return { name, ...type, repetition_type: "OPTIONAL" };
    }),
    ...figures.map(({ name, kind }): SchemaElement => ({ name, ...typeOf[kind], repetition_type: "REQUIRED" })),
  ];
}

type Cell = number | boolean | string | null;

/** Rows as columns, until they are written. */
class RowGroup {
  rows = 0;
  private readonly index = new BigInt64Array(groupRows);
  private readonly parameters: readonly { readonly column: ParameterColumn; readonly cells: Cell[] }[];
  private readonly figures: readonly Float64Array[];

  constructor(private readonly columns: SetColumns) {
    this.parameters = columns.parameters.map((column) => ({ column, cells: new Array<Cell>(groupRows).fill(null) }));
    this.figures = columns.figures.map(() => new Float64Array(groupRows));
  }

  /** Returns how many rows there are. */
  add(set: SummedSet): number {
    const row = this.rows++;
    this.index[row] = BigInt(set.index);
    for (const [k, { column, cells }] of this.parameters.entries()) {
      const digit = set.digits[k]!;
      cells[row] = digit === null ? null : column.candidates[digit]!;
    }
    for (const [k, { of }] of this.columns.figures.entries()) this.figures[k]![row] = of(set);
    return this.rows;
  }

  /** The columns, which begin anew. */
  taken() {
    const { rows } = this;
    this.rows = 0;
    return [
      { name: indexColumn, data: this.index.slice(0, rows) },
      ...this.parameters.map(({ column: { name }, cells }) => ({ name, data: cells.slice(0, rows) })),
      ...this.columns.figures.map(({ name, kind }, k) => {
        const values = this.figures[k]!.slice(0, rows);
        if (kind === "flag") return { name, data: Array.from(values, (value) => value === 1) };
        return { name, data: kind === "count" ? Int32Array.from(values) : values };
      }),
    ];
  }
}
