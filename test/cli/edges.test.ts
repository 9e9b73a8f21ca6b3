import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { optimize } from "../../src/run/optimize.ts";
import type { OptimizeResult } from "../../src/run/results.ts";
import { describeReference } from "../support/referenceData.ts";
import { type Ran, ran } from "./host.ts";

const header = "timestamp,open,high,low,close,volume\n";
const spaceFile = fileURLToPath(new URL("../library/space.json", import.meta.url));
const prices = ["open", "high", "low", "close"] as const;
const firstMs = 1_735_689_600_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-edges-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function market(name: string, files: Readonly<Record<string, string>>): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  for (const [file, rows] of Object.entries(files)) writeFileSync(join(path, `${file}-15m.csv`), header + rows);
  return path;
}

/** Refused with one block that says all of this, and no stack. */
function expectRefusal({ code, stdout, stderr }: Ran, status: number, ...words: string[]): void {
  expect(code).toBe(status);
  // Where JSON was asked for, the same as a document; nothing otherwise.
  if (stdout !== "") expect(Object.keys(JSON.parse(stdout))).toEqual(["error"]);
  for (const word of words) expect(stderr).toContain(word);
  expect(stderr).not.toMatch(/\n\s+at /);
}

describe("sizes at the edge", () => {
  it("a line of 100 MB is refused with its file and line", async () => {
    const path = market("huge", {
      AUSDT: `${firstMs},1,1.1,0.9,1,5\n${firstMs + 900_000},1,${"9".repeat(100_000_000)}`,
    });
    expectRefusal(await ran(["optimize", "--candles", path]), 3, "AUSDT-15m.csv:3", "without a line break");
    expect((await ran(["inspect", path])).stdout).toContain("AUSDT-15m.csv:3");
  });

  it("10,000 symbols of which none has candles enough end in one clear error", async () => {
    const rows = [0, 1, 2].map((bar) => `${firstMs + bar * 900_000},1,1.1,0.9,1,5\n`).join("");
    const files = Object.fromEntries(Array.from({ length: 10_000 }, (_, k) => [`S${k}USDT`, rows]));
    expectRefusal(await ran(["optimize", "--candles", market("many", files)]), 3, "no moment of these candles");
  });

  it("one candle is too few, and says so", async () => {
    const path = market("one", { AUSDT: `${firstMs},1,1.1,0.9,1,5\n` });
    expectRefusal(await ran(["optimize", "--candles", path]), 3, "more candles");
  });

  it("an empty space is one set, the defaults; 10^15 sets are refused with their number", async () => {
    const path = market("few", {
      AUSDT: Array.from(
        { length: 40 },
        (_, bar) => `${firstMs + bar * 900_000},10,11,9,${bar % 2 ? 10.5 : 9.5},5\n`,
      ).join(""),
    });
    const signals = join(folder, "signals.csv");
    const rows = [3, 9, 15].map((bar) => `AUSDT,${firstMs + bar * 900_000},long,dip,1,${bar},1,1,1\n`);
    writeFileSync(signals, `symbol,timestamp,direction,type,atr,a,b,c,d\n${rows.join("")}`);
    const space = join(folder, "space.json");
    const args = ["--candles", path, "--opportunities", signals, "--space", space, "--min-trades", "1", "--json"];
    writeFileSync(space, '{"max_holding_hours": [1]}');
    const one = await ran(["search", ...args]);
    expect(JSON.parse(one.stdout)).toMatchObject({ sets: 1, opportunities: 3 });
    writeFileSync(space, "{}");
    expect((await ran(["search", ...args])).code).toBe(0);
    const values = Array.from({ length: 1_000 }, (_, k) => k / 10);
    const large = { min_a: values, min_b: values, min_c: values, min_d: values, atr_tp_multiplier: values.slice(10) };
    writeFileSync(space, JSON.stringify({ ...large, max_holding_hours: [1] }));
    for (const verb of ["search", "plan"]) expectRefusal(await ran([verb, ...args]), 3, "9.90e+14 sets", "1.00e+12");
  });
});

describe("numbers at the edge", () => {
  const request = { spaceFile, lookaheadHours: 12, minProfit: 0.04, minTrades: 5 };
  const plain = syntheticMarket({
    seed: 3,
    symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
    days: 30,
    timeframeMs: 900_000,
    endTimeMs: Date.UTC(2026, 0, 1),
  });

  /** All that does not name a price or the data's hash. */
  const comparable = ({ phase1, phase2, runs, split }: OptimizeResult): unknown =>
    JSON.parse(JSON.stringify({ phase1, phase2, runs, split }, (key, value) => (key === "engine" ? undefined : value)));

  it("prices near 1e-8 and 1e6 give what prices near 100 give, to the bit", async () => {
    const scaled = (by: number): Candles[] =>
      plain.map((candles) => {
        return { ...candles, ...Object.fromEntries(prices.map((name) => [name, candles[name].map((x) => x * by)])) };
      });
    const reference = comparable(await optimize({ candles: plain, ...request }));
    // Powers of two change no digit of a price.
    for (const exponent of [-34, 14]) {
      const candles = scaled(2 ** exponent);
      expect(comparable(await optimize({ candles, ...request }))).toEqual(reference);
    }
  });

  it("a market that stands still has no opportunity, and one that starts to move has", async () => {
    const still = plain.map((candles) => ({
      ...candles,
      ...Object.fromEntries(prices.map((name) => [name, new Float64Array(candles.count).fill(7)])),
      volume: new Float64Array(candles.count),
    }));
    await expect(optimize({ candles: still, ...request })).rejects.toMatchObject({ code: "NO_OPPORTUNITIES" });
    const { phase1 } = await optimize({ candles: [...still.slice(0, 1), ...plain.slice(1)], ...request });
    expect(phase1.opportunities).toBeGreaterThan(0);
  });
});

describeReference("numbers of real candles", (data) => {
  it("the candle of 2025-10-10 that fell by 79 % goes through the whole run", async () => {
    const args = [
      "--candles",
      fileURLToPath(new URL("data/long", data)),
      "--symbols",
      "SUIUSDT,TIAUSDT,LDOUSDT",
      "--from",
      "2025-08-20",
      "--to",
      "2025-10-20",
    ];
    const { code, stdout } = await ran(["optimize", ...args, "--space", spaceFile, "--lookahead", "12", "--json"]);
    expect(code).toBe(0);
    const result = JSON.parse(stdout) as OptimizeResult;
    expect(result.phase1.opportunities).toBeGreaterThan(100);
    const figures: number[] = [];
    JSON.parse(stdout, (_, value) => {
      if (typeof value === "number") figures.push(value);
      return value;
    });
    expect(figures.every(Number.isFinite)).toBe(true);
  });
});
