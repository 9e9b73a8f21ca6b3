import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Reader } from "../support/reader.ts";
import { root } from "../support/sources.ts";

describe("examples/script", () => {
  let reader: Reader;
  beforeAll(() => {
    reader = new Reader();
    reader.runs("script", [`cp "${root}examples/script/verdict.mjs" .`]);
  });
  afterAll(() => reader.close());

  it("prints a verdict and the best set of each type, and its exit code says whether all may be believed", () => {
    const { status, stdout, stderr } = reader.runs("script", ["node verdict.mjs data/candles signals.csv space.json"]);
    expect(stderr).toBe("");
    const answers = JSON.parse(stdout) as { type: string; verdict: string; best: object; trades: number }[];
    expect(answers.map(({ type }) => type)).toEqual(["swing"]);
    const [{ verdict, best, trades }] = answers as [(typeof answers)[0]];
    expect(Object.keys(best)).toEqual([
      "min_strength",
      "atr_tp_multiplier",
      "atr_stop_multiplier",
      "max_holding_hours",
    ]);
    expect(trades).toBeGreaterThan(30);
    expect(status).toBe(["PASSED", "WARNING"].includes(verdict) ? 0 : 5);
  });

  it("says what is wrong with the data, and prints no result", () => {
    const { status, stdout, stderr } = reader.runs("script", ["node verdict.mjs data/nothing signals.csv space.json"]);
    expect([status, stdout]).toEqual([3, ""]);
    expect(stderr).toContain("CANDLE_FOLDER");
  });
});
