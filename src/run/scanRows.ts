import { type Excursion, excursionOf } from "../opportunities/baseline.ts";
import { type OpportunityRow, rowObjects } from "../opportunities/rowObjects.ts";
import { rowTexts } from "../opportunities/rowText.ts";
import { Spool } from "../opportunities/spool.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { writeWhole } from "../opportunities/tableFile.ts";
import type { Session } from "./session.ts";

/** Opportunities of a scan on their way to where they go, symbol by symbol. */
export interface ScanRows {
  /** Adds those of one symbol, in order of time. */
  add(symbol: string, table: OpportunityTable, labels: Labels): void;
  /** Puts all in order of time, then name of symbol; `onRow` is called for each in that order. `empty` is a table without rows. */
  finish(empty: LabelledTable, onRow: (type: string, excursion: Excursion) => void): Promise<void>;
  /** The rows, where they go to no file. */
  readonly rows: readonly OpportunityRow[] | null;
  /** Must be called in the end. */
  remove(): void;
}

/** A table and its labels. */
export interface LabelledTable {
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

/** Rows that go to a CSV file: on disk beside it until they are in order. */
export class RowsToFile implements ScanRows {
  readonly rows = null;
  private readonly spool: Spool;

  constructor(
    private readonly path: string,
    private readonly session: Session,
  ) {
    this.spool = new Spool(path);
  }

  add(symbol: string, table: OpportunityTable, labels: Labels): void {
    this.spool.add(symbol, table, labels);
  }

  async finish({ table, labels }: LabelledTable, onRow: (type: string, excursion: Excursion) => void): Promise<void> {
    const { path, session, spool } = this;
    const { header } = rowTexts(table, labels);
    await session.withFiles(() => writeWhole(path, (file) => spool.writeTo(file, header, onRow, session.beat)));
  }

  remove(): void {
    this.spool.remove();
  }
}

/** Rows that are the result: in memory. */
export class RowsInMemory implements ScanRows {
  rows: readonly OpportunityRow[] | null = null;
  private readonly held: { readonly row: OpportunityRow; readonly excursion: Excursion }[] = [];

  add(_symbol: string, table: OpportunityTable, labels: Labels): void {
    for (const [k, row] of rowObjects(table, labels).entries())
      this.held.push({ row, excursion: excursionOf(table, labels, k) });
  }

  async finish(_empty: LabelledTable, onRow: (type: string, excursion: Excursion) => void): Promise<void> {
    this.held.sort(
      ({ row: a }, { row: b }) => a.timestamp - b.timestamp || (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0),
    );
    for (const { row, excursion } of this.held) onRow(row.type, excursion);
    this.rows = this.held.splice(0).map(({ row }) => row);
  }

  remove(): void {
    this.held.length = 0;
  }
}
