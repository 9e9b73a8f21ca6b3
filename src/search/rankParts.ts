import type { SpaceOrder } from "../space/order.ts";
import type { Space } from "../space/parameters.ts";
import type { ExitGrid } from "./exitGrid.ts";
import type { FilterAxis } from "./filterGrid.ts";

/** Rank of a set = exitRanks[exit] + cellRanks[exitOrders[exit]][cell]: a rank is linear in the filters' positions once the trailing variant is fixed. */
export interface RankParts {
  readonly exitRanks: Float64Array;
  readonly exitOrders: Uint32Array;
  readonly cellRanks: Float64Array;
}

/** The parts for one slab: leading axes held at these candidates (loosest-first positions), the others spanning the cells. */
export function rankPartsOf(
  space: Space,
  order: SpaceOrder,
  axes: readonly FilterAxis[],
  held: readonly number[],
  exits: ExitGrid,
): RankParts {
  const keys = Object.keys(space);
  const places = axes.map((axis) => keys.indexOf(axis.parameter));
  const inner = axes.slice(held.length);
  const cells = inner.reduce((product, axis) => product * axis.digits.length, 1);
  const exitRanks = new Float64Array(exits.digits.length);
  const exitOrders = new Uint32Array(exits.digits.length);
  const orders = new Map<string, number>();
  const cellRanks: number[] = [];
  for (const [exit, exitDigits] of exits.digits.entries()) {
    const digits = keys.map((key) => exitDigits[key] ?? 0);
    const base = order.rankOf(digits);
    // What one step of each filter adds, under this exit.
    const steps = places.map((place, k) => {
      if (axes[k]!.digits.length < 2) return 0;
      const stepped = [...digits];
      stepped[place] = 1;
      return order.rankOf(stepped) - base;
    });
    exitRanks[exit] = base + held.reduce((sum, candidate, k) => sum + steps[k]! * axes[k]!.digits[candidate]!, 0);
    const name = steps.join();
    if (!orders.has(name)) {
      orders.set(name, orders.size);
      for (let cell = 0; cell < cells; cell++) {
        let rest = cell;
        let rank = 0;
        for (let k = inner.length - 1; k >= 0; k--) {
          const length = inner[k]!.digits.length;
          rank += steps[held.length + k]! * inner[k]!.digits[rest % length]!;
          rest = Math.floor(rest / length);
        }
        cellRanks.push(rank);
      }
    }
    exitOrders[exit] = orders.get(name)!;
  }
  return { exitRanks, exitOrders, cellRanks: Float64Array.from(cellRanks) };
}
