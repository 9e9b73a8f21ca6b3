import { describe, expect, it } from "vitest";
import { checkParameters } from "../../src/space/check.ts";

describe("a parameter set as a bot's config has it", () => {
  const block = { min_score: 60, max_holding_hours: 4, _phase4_rollback: "none", _last: { seen: 1 } };
  it("may have the bot's own notes, which begin with _, and loses them", () => {
    expect(checkParameters(block, ["score"], "set.json")).toEqual({ min_score: 60, max_holding_hours: 4 });
  });
  it("may have no other unknown name", () => {
    expect(() => checkParameters({ ...block, phase4_rollback: 1 }, ["score"], "set.json")).toThrow("unknown parameter");
  });
});
