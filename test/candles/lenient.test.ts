import { describe, expect, it } from "vitest";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { header, options, refusal, row, start, step, temporaryFolder } from "./files.ts";

const folder = temporaryFolder();
const read = (...lines: string[]) =>
  readCandleFile(folder.write("X-15m.csv", [header, ...lines].join("\n")), "X", { ...options, lenient: true });

describe("lenient reading", () => {
  it("drops what is impossible in itself, wherever it stands", async () => {
    const candles = await read(row(0, "0,12,9,11,5"), row(1), row(2, "10,12,9,11,"), row(3), row(4, "10,9,12,11,5"));
    expect([candles.count, candles.firstOpenTimeMs, candles.defects.dropped]).toEqual([2, start + step, 3]);
  });

  it.each([
    ["a time in seconds", `${start / 1000 + 1800},10,12,9,11,5`, "CANDLE_TIME"],
    ["a date", "2025-01-01T00:30:00Z,10,12,9,11,5", "CANDLE_TIME"],
    ["a time off the grid", `${start + 2 * step + 1},10,12,9,11,5`, "CANDLE_GRID"],
    ["an earlier time", row(0), "CANDLE_ORDER"],
    ["the time of the row above with another close", row(1, "10,12,9,12,5"), "CANDLE_CONTRADICTION"],
  ])("never drops a row with %s: dropping would hide which candle is right", async (_, line, code) => {
    expect((await refusal(read(row(0), row(1), line))).code).toBe(code);
  });

  it("of nothing but impossible rows is refused, and says how many", async () => {
    const error = await refusal(read(row(0, "0,0,0,0,0"), row(1, "0,0,0,0,0")));
    expect([error.code, error.details.found]).toEqual(["CANDLE_EMPTY", "a header and 2 impossible rows"]);
  });
});
