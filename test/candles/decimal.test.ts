import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalIn } from "../../src/candles/decimal.ts";

/** What the bytes of a text between two others are read as. */
function read(text: string): number {
  const bytes = Buffer.from(`7,${text},7`);
  return decimalIn(bytes, 2, bytes.length - 2);
}

describe("a decimal number in bytes", () => {
  it("is the one that Number reads, to the bit, or left to its text", () => {
    const plain = fc
      .tuple(
        fc.constantFrom("", "-", "+"),
        fc.stringMatching(/^\d{1,9}$/),
        fc.option(fc.stringMatching(/^\d{0,12}$/), { nil: undefined }),
      )
      .map(([sign, whole, part]) => sign + whole + (part === undefined ? "" : `.${part}`));
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).map(String);
    fc.assert(
      fc.property(fc.oneof(plain, doubles), (text) => {
        const value = read(text);
        expect(Number.isNaN(value) || Object.is(value, Number(text))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it("is read without its text where a price, a volume or a time is written", () => {
    const texts = ["1735689600000", "101.25", "-0", "0.00000123", ".5", "5.", " 42\t", "+1.10", "9007199254740989"];
    expect(texts.map(read)).toEqual([1735689600000, 101.25, -0, 0.00000123, 0.5, 5, 42, 1.1, 9007199254740989]);
  });

  it.each([
    "",
    " ",
    "-",
    "+",
    ".",
    "-.",
    "1e5",
    "0x10",
    "1,5",
    "1.2.3",
    "--1",
    "1 2",
    "NaN",
    "Infinity",
    "1_0",
    "9007199254740999",
  ])("is not guessed from %o", (text) => {
    expect(read(text)).toBeNaN();
  });

  it("ends where its cell ends", () => {
    expect(decimalIn(Buffer.from("12345"), 1, 3)).toBe(23);
    expect(decimalIn(Buffer.from("12-45"), 1, 2)).toBe(2);
    expect(decimalIn(Buffer.from("1-"), 1, 1)).toBeNaN();
  });
});
