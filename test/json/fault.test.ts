import { describe, expect, it } from "vitest";
import { faultIn } from "../../src/json/fault.ts";

describe("the first fault of a text that should be JSON", () => {
  it.each([
    ["a list that is not closed, at the end of its last line", '{"max_rsi": [1, 2],\n "a": [1\n', 3, 1],
    ["a missing colon, after what an editor shows before it", '{"a": 1,\n  "b" 2}', 2, 7],
    ["a comma too many, counted in characters where some are wide", '{"备注": "不要改动",}', 1, 15],
    ["a key that is there twice, at the second one", '{\n"a": 1,\n"a": 2}', 3, 1],
    ["nothing at all", "", 1, 1],
  ])("is %s", (_, text, line, column) => {
    expect(faultIn(text)).toMatchObject({ line, column });
  });

  it("is none where there is none", () => {
    expect(faultIn('{"a": [1, {"a": "\\u0041"}]}\n')).toBeNull();
  });
});
