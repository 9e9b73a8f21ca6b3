import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Meter } from "../../src/run/meter.ts";

function metered(): { meter: Meter; pass: (ms: number) => void } {
  let nowMs = 1000;
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { meter: new Meter(() => nowMs), pass };
}

describe("the meter of a call", () => {
  it("has nothing to say of the time before anything was measured", () => {
    const { meter, pass } = metered();
    meter.expect("a", "work", 1000);
    expect(meter.standing()).toEqual({ share: 0, elapsedMs: 0, remainingMs: null });
    meter.begin("a");
    pass(500);
    expect(meter.standing().remainingMs).toBe(null);
  });

  it("is right where everything takes as long as expected, and moves evenly, told or not", () => {
    const { meter, pass } = metered();
    meter.expect("told", "a", 4000);
    meter.expect("silent", "b", 3000, 2);
    meter.begin("told");
    for (let k = 1; k <= 8; k++) {
      pass(500);
      meter.reach("told", k / 8);
      expect(meter.standing().share).toBeCloseTo((k * 500) / 10_020, 2);
      expect(meter.standing().remainingMs).toBeCloseTo(10_020 - k * 500, -2);
    }
    meter.end();
    for (let piece = 0; piece < 2; piece++) {
      meter.begin("silent");
      pass(2000);
      expect(meter.standing().share).toBeCloseTo((4000 + piece * 3000 + 2000) / 10_020, 2);
      pass(1000);
      meter.end();
    }
    expect(meter.standing().share).toBeGreaterThan(0.99);
    expect(meter.standing().share).toBeLessThan(1);
    meter.finish();
    expect(meter.standing()).toEqual({ share: 1, elapsedMs: 10_000, remainingMs: 0 });
  });

  it("learns how fast the machine is: by kind, and where a kind is new, by what there was", () => {
    const { meter, pass } = metered();
    meter.expect("first", "a", 100);
    meter.expect("second", "a", 100);
    meter.expect("third", "b", 100);
    meter.begin("first");
    pass(300);
    meter.end();
    expect(meter.standing().remainingMs).toBeCloseTo(3 * (100 + 100) + 20, 0);
    meter.begin("third");
    pass(700);
    meter.end();
    // Another kind does not change what is known of the first.
    expect(meter.standing().remainingMs).toBeCloseTo(300 + 20, 0);
  });

  it("follows the pace of a piece that tells how far it is", () => {
    const { meter, pass } = metered();
    meter.expect("scan", "scan", 1000);
    meter.begin("scan");
    pass(5000);
    meter.reach("scan", 0.5);
    expect(meter.standing().remainingMs).toBeCloseTo(5000 + 20, -2);
  });

  it("stands still or goes on, but never jumps, where expectations change", () => {
    const { meter, pass } = metered();
    meter.expect("a", "work", 1000);
    meter.expect("b", "work", 1000);
    meter.begin("a");
    pass(1000);
    meter.end();
    const { share } = meter.standing();
    expect(share).toBeCloseTo(0.5, 1);
    meter.expect("b", "work", 9000);
    meter.expect("c", "work", 9000);
    expect(meter.standing().share).toBe(share);
    meter.begin("b");
    pass(9000);
    meter.end();
    expect(meter.standing().share).toBeCloseTo(0.75, 1);
    meter.dropRest();
    expect(meter.standing().share).toBeCloseTo(0.75, 1);
  });

  it("does not count the time of pieces inside as that of the outer one", () => {
    const { meter, pass } = metered();
    meter.expect("outer", "tests", 100, 2);
    meter.expect("inner", "walk", 100);
    meter.begin("outer");
    pass(100);
    meter.begin("inner");
    pass(5000);
    meter.end();
    pass(100);
    meter.end();
    // The second outer piece is expected to take as long as the first, without what was inside it.
    expect(meter.standing().remainingMs).toBeCloseTo(200 + 20, 0);
  });

  it("never goes back, stays below 1 and ends at 1, whatever is expected, done and told, in any order", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const number = fc.oneof(fc.double({ min: 0, max: 1e5, noNaN: true }), fc.constantFrom(0, 1, 1e9));
    const step = fc.oneof(
      fc.record({
        do: fc.constant("expect" as const),
        name,
        ms: number,
        left: fc.double({ min: 0, max: 20, noNaN: true }),
      }),
      fc.record({ do: fc.constant("leave" as const), name, left: fc.double({ min: 0, max: 20, noNaN: true }) }),
      fc.record({ do: fc.constantFrom("begin" as const, "end" as const, "dropRest" as const), name }),
      fc.record({ do: fc.constantFrom("reach" as const, "reconsider" as const), name, ms: number }),
      fc.record({ do: fc.constant("pass" as const), ms: number }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { meter, pass } = metered();
        let before = 0;
        for (const each of steps) {
          if (each.do === "pass") pass(each.ms);
          else if (each.do === "expect") meter.expect(each.name, each.name, each.ms, each.left);
          else if (each.do === "leave") meter.leave(each.name, each.left);
          else if (each.do === "reach") meter.reach(each.name, each.ms / 1e5);
          else if (each.do === "reconsider") meter.reconsider(each.name, each.ms);
          else if (each.do === "begin") meter.begin(each.name);
          else if (each.do === "end") meter.end();
          else meter.dropRest();
          const { share, remainingMs } = meter.standing();
          expect(share).toBeGreaterThanOrEqual(before);
          expect(share).toBeLessThan(1);
          if (remainingMs !== null) expect(remainingMs).toBeGreaterThanOrEqual(0);
          before = share;
        }
        meter.finish();
        expect(meter.standing()).toMatchObject({ share: 1, remainingMs: 0 });
      }),
      { numRuns: 500 },
    );
  });
});
