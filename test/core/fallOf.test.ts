import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { fewEntries, SettleMemory, type SettleOptions } from "../support/settleMemory.ts";

const some: SettleOptions = { ...fewEntries, objective: "total" };

describe("fallOf", () => {
  it("equals the plain drawdown to the bit, however many opportunities and however many are open at once", () => {
    let deepest = 0;
    for (const entries of [0, 1, 2, 30, 63, 64, 65, 200])
      for (const ticks of [1, 8, 400])
        for (const shift of [0, 0.0625]) {
          const held = new SettleMemory(entries + ticks, { ...some, entries, ticks, shift });
          for (let exit = 0; exit < held.exits; exit++)
            for (const cell of [0, 5, held.cells - 1]) {
              const expected = held.drawdownOf(exit, cell);
              const { memory, sweep } = held;
              held.holdTogether();
              expect(memory.core.fallOf(sweep, exit, cell, Number.POSITIVE_INFINITY)).toBe(expected);
              held.holdAlone(exit);
              expect(memory.core.fallOf(sweep, exit, cell, Number.POSITIVE_INFINITY)).toBe(expected);
              deepest = Math.max(deepest, expected);
            }
        }
    expect(deepest).toBeGreaterThan(30);
  });

  it("counts several ticks a bar, where symbols open at moments of their own", () => {
    for (const barTicks of [2, 3]) {
      const held = new SettleMemory(barTicks, { ...some, entries: 120, ticks: 90, barTicks });
      for (let exit = 0; exit < held.exits; exit++)
        expect(held.memory.core.fallOf(held.sweep, exit, 0, Number.POSITIVE_INFINITY)).toBe(held.drawdownOf(exit, 0));
    }
  });

  it("blends what left by a partial exit with the rest, held with all sides or alone", () => {
    for (let seed = 0; seed < 6; seed++) {
      const held = new SettleMemory(seed, { ...some, entries: 90, ticks: 30, laneItems: 9, isPartial: true });
      for (let exit = 0; exit < held.exits; exit++)
        for (const cell of [0, 5, held.cells - 1]) {
          const expected = held.drawdownOf(exit, cell);
          held.holdTogether();
          expect(held.memory.core.fallOf(held.sweep, exit, cell, Number.POSITIVE_INFINITY)).toBe(expected);
          held.holdAlone(exit);
          expect(held.memory.core.fallOf(held.sweep, exit, cell, Number.POSITIVE_INFINITY)).toBe(expected);
        }
    }
  });

  it("captures into its own words", () => {
    const held = new SettleMemory(3, some);
    const { memory, settle } = held;
    const end =
      memory.view.getUint32(settle + abi.SETTLE_CAPTURED, true) +
      memory.view.getUint32(settle + abi.SETTLE_WORDS, true) * 8;
    const behind = (): string => memory.bytes.subarray(end, end + 16).join();
    const before = behind();
    for (let cell = 0; cell < held.cells; cell++) {
      memory.core.fallOf(held.sweep, 0, cell, Number.POSITIVE_INFINITY);
      expect(behind()).toBe(before);
    }
  });

  it("settles what is still open at the end, whatever stands behind its words", () => {
    const held = new SettleMemory(3, some);
    const { memory, settle } = held;
    const end =
      memory.view.getUint32(settle + abi.SETTLE_CAPTURED, true) +
      memory.view.getUint32(settle + abi.SETTLE_WORDS, true) * 8;
    const kept = memory.bytes.slice(end, end + 8);
    for (const behind of [0, 0xff]) {
      memory.bytes.fill(behind, end, end + 8);
      const found = memory.core.fallOf(held.sweep, 0, 0, Number.POSITIVE_INFINITY);
      memory.bytes.set(kept, end);
      expect(found).toBe(held.drawdownOf(0, 0));
    }
  });

  it("captures every entry where there is no filter", () => {
    const held = new SettleMemory(4, { ...some, axes: [], entries: 70 });
    for (let exit = 0; exit < held.exits; exit++)
      expect(held.memory.core.fallOf(held.sweep, exit, 0, Number.POSITIVE_INFINITY)).toBe(held.drawdownOf(exit, 0));
  });

  it("stops early only above what is enough, and never says more than the drawdown", () => {
    for (let seed = 0; seed < 6; seed++) {
      const held = new SettleMemory(seed, { ...some, entries: 90, ticks: 60 });
      for (let exit = 0; exit < held.exits; exit++)
        for (let cell = 0; cell < held.cells; cell++) {
          const exact = held.drawdownOf(exit, cell);
          for (const enough of [0, exact / 2, exact - 25 / 32, exact, exact + 1]) {
            const found = held.memory.core.fallOf(held.sweep, exit, cell, enough);
            if (exact <= enough) expect(found).toBe(exact);
            else {
              expect(found).toBeGreaterThan(enough);
              expect(found).toBeLessThanOrEqual(exact);
            }
          }
        }
    }
  });

  it("settles trades by exit, then entry, then table: +2, -3, +4, -1 fall by 3, whatever order they came in", () => {
    const held = new SettleMemory(1, { ...some, axes: [], entries: 4, ticks: 1, rowItems: 1, laneItems: 1 });
    const { memory, settle, sweep } = held;
    held.holdAlone(0);
    const points = memory.view.getUint32(settle + abi.SETTLE_POINTS, true);
    const ticks = memory.view.getUint32(settle + abi.SETTLE_TICKS, true);
    const entryTicks = memory.view.getUint32(settle + abi.SETTLE_ENTRY_TICKS, true);
    const trades = [
      [0, 9, -1],
      [0, 3, 2],
      [1, 3, -3],
      [2, 5, 4],
    ] as const;
    for (const [entry, [from, to, value]] of trades.entries()) {
      memory.view.setUint32(entryTicks + entry * 4, from, true);
      memory.view.setUint32(ticks + entry * 4, to, true);
      memory.view.setFloat64(points + entry * 8, value, true);
    }
    const span = (): number[] => [
      memory.view.getInt32(settle + abi.SETTLE_FALL_FROM, true),
      memory.view.getInt32(settle + abi.SETTLE_FALL_TO, true),
    ];
    expect(memory.core.fallOf(sweep, 0, 0, Number.POSITIVE_INFINITY)).toBe(3);
    expect(span()).toEqual([3, 3]);
    expect(memory.core.fallOf(sweep, 0, 0, 2)).toBe(3);
    // First down, then up: still 3, from 0, before any tick. A last fall is the deepest: 5.
    memory.view.setFloat64(points + 8, -3, true);
    memory.view.setFloat64(points + 16, 2, true);
    expect(memory.core.fallOf(sweep, 0, 0, Number.POSITIVE_INFINITY)).toBe(3);
    expect(span()).toEqual([-1, 3]);
    memory.view.setFloat64(points, -5, true);
    expect(memory.core.fallOf(sweep, 0, 0, Number.POSITIVE_INFINITY)).toBe(5);
    expect(span()).toEqual([5, 9]);
    // Without a fall there is no span.
    for (let entry = 0; entry < 4; entry++) memory.view.setFloat64(points + entry * 8, 1, true);
    expect(memory.core.fallOf(sweep, 0, 0, Number.POSITIVE_INFINITY)).toBe(0);
    expect(span()).toEqual([-1, -1]);
  });

  it("tells the first of equal falls, from the first time that its peak was reached", () => {
    const held = new SettleMemory(1, { ...some, axes: [], entries: 5, ticks: 1, rowItems: 1, laneItems: 1 });
    const { memory, settle, sweep } = held;
    held.holdAlone(0);
    const points = memory.view.getUint32(settle + abi.SETTLE_POINTS, true);
    const ticks = memory.view.getUint32(settle + abi.SETTLE_TICKS, true);
    const entryTicks = memory.view.getUint32(settle + abi.SETTLE_ENTRY_TICKS, true);
    const spanOf = (values: readonly number[], areOpenAtOnce: boolean): number[] => {
      for (const [entry, value] of values.entries()) {
        memory.view.setUint32(entryTicks + entry * 4, areOpenAtOnce ? 0 : 10 * entry, true);
        memory.view.setUint32(ticks + entry * 4, 10 * entry + 5, true);
        memory.view.setFloat64(points + entry * 8, value, true);
      }
      expect(memory.core.fallOf(sweep, 0, 0, Number.POSITIVE_INFINITY)).toBe(3);
      return [
        memory.view.getInt32(settle + abi.SETTLE_FALL_FROM, true),
        memory.view.getInt32(settle + abi.SETTLE_FALL_TO, true),
      ];
    };
    for (const areOpenAtOnce of [false, true]) {
      expect(spanOf([2, -3, 4, -3, 1], areOpenAtOnce)).toEqual([5, 15]);
      expect(spanOf([2, -2, 2, -3, 1], areOpenAtOnce)).toEqual([5, 35]);
    }
  });
});
