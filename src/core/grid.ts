/** One filter of the grid; candidates stand loosest first. */
export interface GridAxis {
  readonly length: number;
  /** Whether passing a candidate means passing all looser ones. */
  readonly isOrdered: boolean;
}

/** Axes that are summed at once: an outer one of any length and a small inner shape; see assembly/suffix.ts. */
export interface SuffixGroup {
  /** As assembly/slabs.ts numbers them. */
  readonly kernel: number;
  /** Times that it stands in the positions. */
  readonly blocks: number;
  readonly length: number;
  /** Cells in one step of its fastest axis. */
  readonly span: number;
}

/**
 * How the cells of a grid stand in memory.
 *
 *   cell = slab * slabCells + ((block * lastLength + candidate of the last axis) * positions + position)
 *
 * Slabs are the candidates of one ordered axis, walked from the strictest down over the same sums, which therefore need no room for
 * that axis. The last axis is summed where the sums are read. The groups make up a position.
 */
export interface Grid {
  readonly axes: readonly GridAxis[];
  /** Cells in one step, by axis. */
  readonly strides: readonly number[];
  readonly slabAxis: number | null;
  readonly slabs: number;
  readonly slabCells: number;
  readonly blocks: number;
  readonly lastLength: number;
  readonly positions: number;
  readonly groups: readonly SuffixGroup[];
}

/** Best first. */
const innerShapes = [
  { kernel: 5, lengths: [3, 2] },
  { kernel: 4, lengths: [2, 2] },
  { kernel: 3, lengths: [4] },
  { kernel: 2, lengths: [3] },
  { kernel: 1, lengths: [2] },
  { kernel: 0, lengths: [] },
];

/** Arranges the axes: the longest ordered one for the slabs, the next for the last axis, the others in as few groups as can be. */
export function arrangeGrid(axes: readonly GridAxis[]): Grid {
  const left = axes.map((axis, index) => ({ ...axis, index })).filter(({ length }) => length > 1);
  const ordered = left.filter(({ isOrdered }) => isOrdered).sort((a, b) => b.length - a.length || a.index - b.index);
  const [slab, last, ...rest] = ordered;
  const strides = axes.map(() => 0);

  const groups: SuffixGroup[] = [];
  let positions = 1;
  while (rest.length > 0) {
    const outer = rest.shift()!;
    const shape = innerShapes.find(({ lengths }) => isPartOf(lengths, rest))!;
    const inner = shape.lengths.map((length) => {
      const at = rest.findIndex((axis) => axis.length === length);
      return rest.splice(at, 1)[0]!;
    });
    groups.push({ kernel: shape.kernel, blocks: 0, length: outer.length, span: positions });
    for (const axis of [outer, ...inner].reverse()) {
      strides[axis.index] = positions;
      positions *= axis.length;
    }
  }
  const lastLength = last?.length ?? 1;
  if (last) strides[last.index] = positions;
  let slabCells = positions * lastLength;
  for (const axis of left)
    if (!axis.isOrdered) {
      strides[axis.index] = slabCells;
      slabCells *= axis.length;
    }
  if (slab) strides[slab.index] = slabCells;
  return {
    axes,
    strides,
    slabAxis: slab?.index ?? null,
    slabs: slab?.length ?? 1,
    slabCells,
    blocks: slabCells / (positions * lastLength),
    lastLength,
    positions,
    groups: groups.map((group, k) => ({ ...group, blocks: positions / (groups[k + 1]?.span ?? positions) })),
  };
}

function isPartOf(lengths: readonly number[], axes: readonly GridAxis[]): boolean {
  const left = axes.map(({ length }) => length);
  return lengths.every((length) => {
    const at = left.indexOf(length);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** Cells of the whole grid. */
export function cellsOf(grid: Grid): number {
  return grid.slabs * grid.slabCells;
}

/** Candidate of an axis in which a cell stands. */
export function candidateOf(grid: Grid, axis: number, cell: number): number {
  const { length } = grid.axes[axis]!;
  return length === 1 ? 0 : Math.floor(cell / grid.strides[axis]!) % length;
}
