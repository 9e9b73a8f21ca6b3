import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linearMemorySize, size } from "../../src/cli/sizes.ts";

describe("memory sizes", () => {
  it("counts in powers of 1,024", () => {
    expect(size("16mb")).toBe(16_777_216);
    expect(size("64kb")).toBe(65_536);
    expect(size("1gb")).toBe(1_073_741_824);
    expect(size("1.5 GiB")).toBe(1_610_612_736);
    expect(size("123")).toBe(123);
  });

  it("reads back every whole number of every unit", () => {
    const units = { "": 1, b: 1, kb: 2 ** 10, KiB: 2 ** 10, MB: 2 ** 20, mib: 2 ** 20, gb: 2 ** 30 };
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4_000_000 }),
        fc.constantFrom(...(Object.entries(units) as [string, number][])),
        fc.constantFrom("", " "),
        (count, [unit, bytes], space) => {
          expect(size(`${count}${unit === "" ? "" : space}${unit}`)).toBe(count * bytes);
        },
      ),
    );
  });

  it("gives a positive whole number of bytes or an error, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{0,6} ?[kmgtib]{0,3}$/)), (text) => {
        let bytes = 1;
        try {
          bytes = size(text);
        } catch (error) {
          expect(String(error)).toContain("16mb");
        }
        expect(Number.isSafeInteger(bytes) && bytes > 0).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each(["", "mb", "16 m", "-1mb", "0", "0mb", "1e6", "16tb", "0.1b", "1.3kb", "0x10", "١٦mb", "16mb "])(
    "refuses %j",
    (text) => {
      expect(() => size(text)).toThrow("a size such as 16mb");
    },
  );

  it("allows one linear memory 4 GiB and no more", () => {
    expect(linearMemorySize("4gb")).toBe(2 ** 32);
    expect(() => linearMemorySize("4294967297")).toThrow("up to 4gb");
  });
});
