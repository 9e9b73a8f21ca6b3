import { type BorrowedCore, borrowCore } from "./instance.ts";
import { layOut } from "./layout.ts";

/** Sums of many parameter sets by block of time, p in points; element `block * sets + set` of each column. */
export interface BlockColumns {
  readonly sets: number;
  readonly blocks: number;
  /** Captured opportunities. */
  readonly count: Float64Array;
  readonly wins: Float64Array;
  /** Captured objective opportunities. */
  readonly objective: Float64Array;
  /** Sum of p. */
  readonly total: Float64Array;
  /** Sum of p^2. */
  readonly squares: Float64Array;
  /** Sum of p^2 where p <= 0. */
  readonly losingSquares: Float64Array;
  /** Sum of p > 0. */
  readonly gain: Float64Array;
  /** Sum of p <= 0, itself <= 0. */
  readonly loss: Float64Array;
  /** All objective opportunities of the type in each block, captured or not. */
  readonly objectiveTotals: Float64Array;
}

type ColumnName = Exclude<keyof BlockColumns, "sets" | "blocks" | "objectiveTotals">;

/** How an objective rates a set over a half. */
export interface HalfScore {
  /** The columns that it reads, in the order of assembly/halves.ts. */
  readonly columns: readonly ColumnName[];
  /** Whether equal ratings are told apart by a second figure. */
  readonly ordersTwice: boolean;
}

/** How the sets are compared. */
export interface HalfRules extends HalfScore {
  /** A code of abi.ts; its drawdown term is left out. */
  readonly code: number;
  /** Fewest trades of a winner, and of a ratio at its cap. */
  readonly minCount: number;
}

/** Two sides to which blocks are dealt, in linear memory of their own until it is released. */
export interface TwoSides {
  readonly left: Side;
  readonly right: Side;
  release(): void;
}

/** Sides that keep the sums of every set over up to `most` blocks. */
export function borrowSides(columns: BlockColumns, rules: HalfRules, most: number): TwoSides {
  const { sets, blocks } = columns;
  const names = rules.columns;
  const columnBytes = 16 * Math.ceil(sets / 2);
  const rowBytes = names.length * columnBytes;
  const sideBytes = (most + 1) * rowBytes + 3 * columnBytes;
  const { offsets: at, totalBytes } = layOut({
    blocks: blocks * rowBytes,
    left: sideBytes,
    right: sideBytes,
    rows: 4 * (blocks + 1),
    winners: 4 * sets,
  });
  const borrowed = borrowCore(totalBytes, Number.POSITIVE_INFINITY);
  const floats = new Float64Array(borrowed.memory.buffer);
  floats.fill(0, at.blocks / 8, at.rows / 8);
  for (let block = 0; block < blocks; block++)
    for (const [k, name] of names.entries())
      floats.set(
        columns[name].subarray(block * sets, (block + 1) * sets),
        (at.blocks + block * rowBytes + k * columnBytes) / 8,
      );
  const room = { ...at, columnBytes, rowBytes, most };
  return {
    left: new Side(columns, rules, borrowed, { ...room, levels: at.left }),
    right: new Side(columns, rules, borrowed, { ...room, levels: at.right }),
    release: () => borrowed.release(),
  };
}

/** Where a side stands, bytes. */
interface Room {
  /** A row for each block. */
  readonly blocks: number;
  /** A row for each number of blocks that the side may hold, the first all zeros; then its ratings, three columns. */
  readonly levels: number;
  /** The rows that are being added, u32 each. */
  readonly rows: number;
  readonly winners: number;
  readonly rowBytes: number;
  readonly columnBytes: number;
  readonly most: number;
}

/**
 * Sums of every set over the blocks of one side, kept after every block, so that the next sums are one addition away: nothing is ever taken away
 * again, sums carry no residue, and a set without losses has a loss of exactly 0.
 */
export class Side {
  private readonly words: Uint32Array;
  private readonly objectiveTotals: Float64Array;
  private readonly first: number;
  private readonly second: number;
  private readonly ranked: number;

  constructor(
    private readonly columns: BlockColumns,
    private readonly rules: HalfRules,
    private readonly borrowed: BorrowedCore,
    private readonly room: Room,
  ) {
    const { levels, most, rowBytes, columnBytes } = room;
    this.words = new Uint32Array(borrowed.memory.buffer);
    this.objectiveTotals = new Float64Array(most + 1);
    this.first = levels + (most + 1) * rowBytes;
    this.ranked = this.first + columnBytes;
    this.second = rules.ordersTwice ? this.ranked + columnBytes : 0;
  }

  /** Deals it a block beside the `held` that it holds. */
  add(held: number, block: number): void {
    const { blocks, levels, rowBytes } = this.room;
    const from = levels + held * rowBytes;
    this.borrowed.core.addRows(from + rowBytes, from, blocks + block * rowBytes, rowBytes);
    this.objectiveTotals[held + 1] = this.objectiveTotals[held]! + this.columns.objectiveTotals[block]!;
  }

  /** Rates every set over what the side holds, and blocks `from` to `to` (exclusive) beside it, which it does not keep. */
  rate(held: number, from: number, to: number): void {
    const { blocks, levels, rows, rowBytes } = this.room;
    const { code, minCount } = this.rules;
    let objectiveTotal = this.objectiveTotals[held]!;
    this.words[rows / 4] = levels + held * rowBytes;
    for (let block = from; block < to; block++) {
      this.words[rows / 4 + 1 + block - from] = blocks + block * rowBytes;
      objectiveTotal += this.columns.objectiveTotals[block]!;
    }
    const { first, second, ranked } = this;
    const { sets } = this.columns;
    const count = 1 + to - from;
    this.borrowed.core.rateHalf({
      objective: code,
      rows,
      count,
      sets,
      objectiveTotal,
      minCount,
      first,
      second,
      ranked,
    });
  }

  /** The sets that were rated best, of those with trades enough that did not all make nothing: one, several that are equally good, or none. */
  winners(): Uint32Array {
    const { winners } = this.room;
    const count = this.borrowed.core.winnersOf(this.ranked, this.second, this.columns.sets, winners);
    return this.words.slice(winners / 4, winners / 4 + count);
  }

  /** Rank of a set among all as they were rated, 1 = worst, ties averaged. */
  rankOf(set: number): number {
    return this.borrowed.core.rankOf(this.first, this.second, this.columns.sets, set);
  }
}
