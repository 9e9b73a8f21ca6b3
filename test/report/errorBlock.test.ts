import { describe, expect, it } from "vitest";
import { CapacityError, CoreFault, InputError } from "../../src/errors.ts";
import { errorBlock } from "../../src/report/errorBlock.ts";
import { paintFor } from "../../src/report/paint.ts";

const plain = { paint: paintFor(false), stack: false };

describe("an error block", () => {
  it("says what is wrong, where, what was found, what would be right, and what to do", () => {
    const error = new InputError("CANDLE_RANGE", "a candle's high is not below its low", {
      where: "BTCUSDT-15m.csv line 7",
      found: "high 9, low 10",
      expected: "high >= low",
      remedy: "mend the line, or drop such rows with --lenient",
    });
    expect(errorBlock(error, plain).split("\n")).toEqual([
      "error: a candle's high is not below its low",
      "  where     BTCUSDT-15m.csv line 7",
      "  found     high 9, low 10",
      "  expected  high >= low",
      "  remedy    mend the line, or drop such rows with --lenient",
      "",
    ]);
  });

  it("names the memory that would do", () => {
    expect(errorBlock(new CapacityError("CAPACITY_MEMORY", "the search does not fit", 2 ** 23), plain)).toContain(
      "needed    8.0 MB (8388608 bytes)",
    );
  });

  it("of anything unexpected is an internal error without a stack trace", () => {
    for (const error of [new TypeError("x is undefined"), "thrown text", new CoreFault("CORE_TRAP", "unreachable")]) {
      const block = errorBlock(error, plain);
      expect(block).toMatch(/^internal error: /);
      expect(block).not.toContain("    at ");
    }
  });

  it("has the stack trace where it was asked for", () => {
    expect(errorBlock(new TypeError("x"), { ...plain, stack: true })).toContain("    at ");
  });

  it("lets no file paint the terminal", () => {
    const block = errorBlock(new InputError("USAGE", "bad\u001b[2J", { found: "\u001b]0;title\u0007" }), plain);
    expect(block).not.toContain("\u001b");
    expect(block).toContain("\\u001b[2J");
  });

  it("stays within the width of a report", () => {
    const block = errorBlock(new InputError("USAGE", "word ".repeat(60), { found: "x".repeat(400) }), plain);
    expect(Math.max(...block.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});
