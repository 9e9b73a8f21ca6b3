import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Trade } from "../../src/search/trades.ts";
import { type WindowOutcome, walkForwardOf, walkForwardTest, windowsOf } from "../../src/validation/walkForward.ts";

function trades(...returns: number[]): Trade[] {
  return returns.map((value, row) => ({
    row,
    symbol: "AAA",
    type: "all",
    direction: 1,
    entryTimeMs: row,
    exitTimeMs: row + 1,
    entry: 100,
    exit: 100,
    reason: "timeout",
    bars: 4,
    halfBars: 8,
    return: value,
    ambiguous: false,
    otherReturn: value,
    objective: false,
  }));
}

const outcome = (inSample: readonly number[], outOfSample: readonly number[]): WindowOutcome => ({
  fromMs: 0,
  training: 100,
  traded: 20,
  params: inSample.length > 0 ? { atr_tp_multiplier: 2 } : null,
  inSample: trades(...inSample),
  outOfSample: trades(...outOfSample),
  objectiveTotal: 0,
});

describe("walk-forward windows", () => {
  it("are six spans of equal count after the first, trained on all before and never on what reaches into them", () => {
    const times = Float64Array.from({ length: 70 }, (_, k) => k * 10);
    const windows = windowsOf(
      times,
      times.map((time) => time + 25),
      false,
    );
    expect(windows.map(({ fromMs }) => fromMs)).toEqual([100, 200, 300, 400, 500, 600]);
    expect(windows.map(({ traded }) => traded.length)).toEqual([10, 10, 10, 10, 10, 10]);
    // Open at 70 and over at 95 is before 100; what opens at 80 is not.
    expect(windows.map(({ training }) => training.at(-1))).toEqual([7, 17, 27, 37, 47, 57]);
    expect(windows.every(({ training }) => training[0] === 0)).toBe(true);
    const rolling = windowsOf(
      times,
      times.map((time) => time + 25),
      true,
    );
    expect(rolling.map(({ training }) => [training[0], training.at(-1)])).toEqual([
      [0, 7],
      [10, 17],
      [20, 27],
      [30, 37],
      [40, 47],
      [50, 57],
    ]);
  });

  it("trade every opportunity after the first span once, keep equal times together, and never train on the future", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 80 }),
        fc.integer({ min: 0, max: 20 }),
        fc.boolean(),
        (drawn, horizon, isRolling) => {
          const times = Float64Array.from(drawn);
          const windows = windowsOf(
            times,
            times.map((time) => time + horizon),
            isRolling,
          );
          const traded = windows.flatMap((window) => [...window.traded]);
          expect(new Set(traded).size).toBe(traded.length);
          for (const { fromMs, toMs, training, traded: own } of windows) {
            for (const row of own) expect(times[row]! >= fromMs && times[row]! < toMs).toBe(true);
            for (const row of training) expect(times[row]! + horizon).toBeLessThan(fromMs);
          }
          const first = [...times].sort((a, b) => a - b)[Math.floor(times.length / 7)]!;
          expect(traded.length).toBe(drawn.filter((time) => time >= first).length);
        },
      ),
    );
  });
});

describe("the walk", () => {
  it("puts all out-of-sample trades together and holds them against all in-sample ones", () => {
    const walked = walkForwardOf(
      [outcome([0.02, 0.04], [0.01]), outcome([0.01], [-0.03, 0.05]), outcome([], [])],
      "anchored",
      0.25,
    );
    expect(walked.metrics).toMatchObject({ n: 3 });
    expect(walked.metrics.avg_return).toBeCloseTo(1, 12);
    expect(walked.in_sample_avg_return).toBeCloseTo(7 / 3, 12);
    expect(walked.efficiency).toBeCloseTo(3 / 7, 12);
    expect(walked.winning_windows).toBeCloseTo(2 / 3, 12);
    expect(walked.windows.map(({ params }) => params === null)).toEqual([false, false, true]);
    expect(walkForwardTest(walked)).toMatchObject({ outcome: "warning", figure: walked.metrics.avg_return });
  });

  it("fails where what was found loses afterwards, and has no efficiency where nothing was gained before", () => {
    const losing = walkForwardOf([outcome([0.02], [-0.01])], "rolling", 0.25);
    expect(walkForwardTest(losing).outcome).toBe("failed");
    expect(walkForwardOf([outcome([-0.02], [0.01])], "anchored", 0.25).efficiency).toBe(0);
    expect(walkForwardTest(walkForwardOf([outcome([0.02], [0.01])], "anchored", 0.25)).outcome).toBe("passed");
    expect(walkForwardTest(null)).toMatchObject({ outcome: "not run", figures: {} });
  });
});
