import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { CoreMemory } from "../support/coreMemory.ts";
import { type Part, partFrom, targetPoints } from "../support/parts.ts";
import { randomFrom } from "../support/random.ts";

/** What each kind keeps of one trade's points, statistic by statistic. */
const statistics: Readonly<Record<string, readonly [kind: number, of: (points: number) => number[]]>> = {
  points: [abi.SUMS, (p) => [p]],
  squares: [abi.SQUARES, (p) => [p, p * p]],
  "squares of losses": [abi.LOSS_SQUARES, (p) => [p, p < 0 ? p * p : 0]],
  "gains and losses": [abi.GAINS_LOSSES, (p) => [Math.max(0, p), Math.min(0, p)]],
  everything: [abi.EVERYTHING, (p) => [Math.max(0, p), Math.min(0, p), p * p, p < 0 ? p * p : 0, p > 0 ? 1 : 0]],
  wins: [abi.WINS, (p) => [p, Math.max(0, p), p > 0 ? 1 : 0]],
};

interface Slot {
  readonly row: readonly [time: number, points: number];
  readonly times: readonly number[];
  readonly points: readonly number[];
  /** Where exits may be partial: the row's part, and the times of the lanes' targets themselves. */
  readonly part: Part | null;
  readonly targets: readonly number[];
  readonly cell: number;
}

/** Points of one lane's trade by the definition. */
function pointsOf({ row, times, points, part, targets }: Slot, lane: number): number {
  if (row[0] <= times[lane]!) return row[1];
  return part ? targetPoints(points[lane]!, targets[lane]!, part) : points[lane]!;
}

/** Sums of `cells` cells that begin at these, by the definition. */
function sumsOf(begun: readonly number[], slots: readonly Slot[], of: (points: number) => number[]): number[] {
  const sums = [...begun];
  const rowNumbers = of(0).length * 4;
  for (const slot of slots)
    for (let lane = 0; lane < 4; lane++)
      for (const [k, value] of of(pointsOf(slot, lane)).entries())
        sums[slot.cell * rowNumbers + k * 4 + lane]! += value;
  return sums;
}

describe("accumulate", () => {
  const cases = Object.entries(statistics).flatMap(([name, [kind, of]]) =>
    [false, true].map((isPartial) => ({ name, kind, of, isPartial })),
  );
  for (const { name, kind, of, isPartial } of cases)
    it(`adds ${name} of each trade to its own cell, the row's where its time is not after the lane's${isPartial ? ", of two parts where one left before" : ""}`, () => {
      const random = randomFrom(5);
      for (const count of [0, 1, 2, 7, 40]) {
        const memory = new CoreMemory();
        const cells = 3;
        const rowNumbers = of(0).length * 4;
        // Quarters: sums and squares of them, and of quarters of them, are exact. Few different times, so that many tie.
        const points = (): number => Math.floor(random() * 33 - 16) / 4;
        const time = (): number => Math.floor(random() * 4);
        const four = (value: () => number): number[] => [value(), value(), value(), value()];
        const slots = Array.from(
          { length: count },
          (): Slot => ({
            row: [time(), points()],
            times: four(time),
            points: four(points),
            part: isPartial ? partFrom(random, 4, points) : null,
            targets: isPartial ? four(time) : [],
            cell: Math.floor(random() * cells),
          }),
        );
        const begun = Array.from({ length: cells * rowNumbers }, () => Math.floor(random() * 9));
        const rows = memory.placeFloats(
          slots.flatMap(({ row, part }) => [...row, ...(part ? [part.time, part.points, part.rest] : [])]),
        );
        const lanes = memory.placeFloats(slots.flatMap((slot) => [...slot.times, ...slot.points, ...slot.targets]));
        const offsets = memory.placeWords(slots.map(({ cell }) => cell * rowNumbers * 8));
        const sums = memory.placeFloats(begun);
        const before = memory.copy();
        memory.core.accumulate(rows, lanes, offsets, count, kind, isPartial, sums);
        expect(memory.readFloats(sums, begun.length)).toEqual(sumsOf(begun, slots, of));
        expect(memory.isTouchedOutside(before, sums, begun.length * 8)).toBe(false);
      }
    });

  it("gives both parts' points where one left before the target: half of 2 and half of 4 are 3", () => {
    const memory = new CoreMemory();
    // The part left in half bar 5, and the stop comes last of all.
    const rows = memory.placeFloats([9, -7, 5, 1, 0.5]);
    // Targets before the part, with it, after it; one that is with it and nearer.
    const lanes = memory.placeFloats([8, 8, 8, 8, 4, 4, 4, 1, 4, 5, 6, 5]);
    const sums = memory.placeFloats([0, 0, 0, 0]);
    memory.core.accumulate(rows, lanes, memory.placeWords([0]), 1, abi.SUMS, true, sums);
    expect(memory.readFloats(sums, 4)).toEqual([4, 3, 3, 1]);
  });

  it("gives the lane's points where the lane was earlier: 3 against 1, not 2", () => {
    const memory = new CoreMemory();
    const rows = memory.placeFloats([5, 1]);
    const lanes = memory.placeFloats([4, 5, 6, 4, 3, 3, 3, -3]);
    const sums = memory.placeFloats([0, 0, 0, 0]);
    memory.core.accumulate(rows, lanes, memory.placeWords([0]), 1, abi.SUMS, false, sums);
    expect(memory.readFloats(sums, 4)).toEqual([3, 1, 1, -3]);
  });
});

describe("readAhead", () => {
  it("reads the beginning of every line, and changes none", () => {
    const memory = new CoreMemory();
    const lines = [1, 2, 4, 8];
    const at = memory.placeFloats(lines.flatMap((line) => [line, 100, 100, 100, 100, 100, 100, 100]));
    const before = memory.copy();
    for (const [bytes, sum] of [
      [0, 0],
      [1, 1],
      [64, 1],
      [65, 3],
      [224, 15],
      [256, 15],
    ] as const)
      expect(memory.core.readAhead(at, bytes), `${bytes} bytes`).toBe(sum);
    expect(memory.isTouchedOutside(before, at, 0)).toBe(false);
  });
});
