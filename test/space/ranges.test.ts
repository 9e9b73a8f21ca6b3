import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InputError } from "../../src/errors.ts";
import { checkSpace } from "../../src/space/check.ts";
import { type JsonFile, spacesIn } from "../../src/space/files.ts";

const candidatesOf = (range: unknown): readonly unknown[] =>
  checkSpace({ atr_tp_multiplier: range }, [], "space.json")["atr_tp_multiplier"]!;

function refusalOf(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    return error as InputError;
  }
  throw new Error("it went through");
}

describe("a range of candidates", () => {
  it.each([
    [{ from: 0.1, to: 0.5, step: 0.1 }, [0.1, 0.2, 0.3, 0.4, 0.5]],
    [{ from: 1, to: 2, step: 0.25 }, [1, 1.25, 1.5, 1.75, 2]],
    [{ from: 3, to: 1, step: -1 }, [3, 2, 1]],
    [{ from: 2, to: 2, step: 5 }, [2]],
    [{ from: 1, to: 2, step: 0.3 }, [1, 1.3, 1.6, 1.9]],
    [{ from: 1e-7, to: 3e-7, step: 1e-7 }, [1e-7, 2e-7, 3e-7]],
    [{ from: 1e21, to: 3e21, step: 1e21 }, [1e21, 2e21, 3e21]],
  ])("%o is %o", (range, candidates) => {
    expect(candidatesOf(range)).toEqual(candidates);
  });

  it("crosses 0 where a filter may", () => {
    const space = checkSpace({ min_trend: { from: -0.2, to: 0.2, step: 0.1 } }, ["trend"], "space.json");
    expect(space["min_trend"]).toEqual([-0.2, -0.1, 0, 0.1, 0.2]);
  });

  it("never loses its last value: whole steps in decimal digits", () => {
    const whole = fc.integer({ min: 1, max: 400 });
    fc.assert(
      fc.property(
        whole,
        fc.integer({ min: 0, max: 200 }),
        whole,
        fc.integer({ min: 0, max: 6 }),
        (from, steps, step, places) => {
          const at = (value: number): number => Number(`${value}e-${places}`);
          const candidates = candidatesOf({ from: at(from), to: at(from + steps * step), step: at(step) });
          expect(candidates).toEqual(Array.from({ length: steps + 1 }, (_, k) => at(from + k * step)));
        },
      ),
    );
  });

  it.each([
    [{ from: 1, to: 2, step: 0 }, "the step of a range must not be 0"],
    [{ from: 1, to: 2, step: -0.5 }, "the step has the wrong sign"],
    [{ from: 2, to: 1, step: 0.5 }, "the step has the wrong sign"],
    [{ from: 1, to: 2 }, "a range needs from, to and step, all numbers"],
    [{ from: "1", to: 2, step: 1 }, "a range needs from, to and step, all numbers"],
    [{ from: 1, to: 100, step: 0.001 }, "the range is too long"],
    [{ from: 0, to: 2, step: 1 }, "invalid value for atr_tp_multiplier"],
  ])("%o is refused: %s", (range, rule) => {
    const error = refusalOf(() => candidatesOf(range));
    expect(error.message).toBe(rule);
    expect(error.details.where).toBe("space.json, atr_tp_multiplier");
    expect(error.details.expected).toBeTruthy();
  });

  it("is refused for a switch", () => {
    expect(refusalOf(() => checkSpace({ require_gap: { from: 0, to: 1, step: 1 } }, ["gap"], "s")).code).toBe(
      "SPACE_VALUE",
    );
  });

  it("is no signal type: a space of ranges alone serves every type", () => {
    const file: JsonFile = {
      path: "space.json",
      document: { atr_tp_multiplier: { from: 1, to: 2, step: 1 }, max_holding_hours: { from: 4, to: 8, step: 4 } },
    };
    const spaces = spacesIn(file, ["dip", "surge"], []);
    expect([...spaces]).toEqual(
      ["dip", "surge"].map((type) => [type, { atr_tp_multiplier: [1, 2], max_holding_hours: [4, 8] }]),
    );
    const byType = { path: "space.json", document: { dip: file.document } };
    expect([...spacesIn(byType, ["dip", "surge"], []).keys()]).toEqual(["dip"]);
  });
});

describe("a misspelt parameter", () => {
  it.each([
    ["min_signl_score", "did you mean min_signal_score?"],
    ["max_signal_scor", "did you mean max_signal_score?"],
    ["atr_tp_multiplyer", "did you mean atr_tp_multiplier?"],
    ["signal_score", "did you mean min_signal_score?"],
    ["charm", "correct the name, or leave the parameter out"],
  ])("%s: %s", (parameter, remedy) => {
    expect(refusalOf(() => checkSpace({ [parameter]: [1] }, ["signal_score", "risk_reward"], "s")).details.remedy).toBe(
      remedy,
    );
  });
});
