import { describe, expect, it } from "vitest";
import { CoreFault } from "../../src/errors.ts";
import { jsonText } from "../../src/report/json.ts";
import { optimizeResult } from "./fixtures.ts";

describe("a result as JSON", () => {
  it("keeps every bit of every number", () => {
    const figures = { a: 0.1 + 0.2, b: 5e-324, c: -1.7976931348623157e308, d: 1 / 3 };
    expect(JSON.parse(jsonText(figures))).toEqual(figures);
  });

  it("is one document with one newline at the end", () => {
    const text = jsonText(optimizeResult());
    expect(text.endsWith("}\n")).toBe(true);
    expect(JSON.parse(text)).toEqual(optimizeResult());
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses %s and says where it stands",
    (value) => {
      expect(() => jsonText({ top: [{ score: 1 }, { score: value }] })).toThrow(CoreFault);
      try {
        jsonText({ top: [{ score: 1 }, { score: value }] });
      } catch (error) {
        expect((error as CoreFault).details.where).toBe("$.top[1].score");
      }
    },
  );

  it.each([new Map([["a", 1]]), new Float64Array(2), new Date(0), 5n])(
    "refuses what JSON would change in silence",
    (value) => {
      expect(() => jsonText({ value })).toThrow(CoreFault);
    },
  );
});
