import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withFunding } from "../../src/candles/fundingSums.ts";
import type { InputError } from "../../src/errors.ts";
import { checkRequest } from "../../src/run/requestCheck.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import { planSearch } from "../../src/search/planSearch.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { buyAndHold } from "../../src/validation/baselines.ts";
import { enterAtRandom } from "../../src/validation/randomEntries.ts";
import { ran } from "../cli/host.ts";
import { exitInAtrs } from "../support/exits.ts";
import { chargedAtRandom, holedCase, randomCase } from "../support/random.ts";
import { describeReference } from "../support/referenceData.ts";
import { taskOf } from "../support/searchCases.ts";

const hourMs = 3_600_000;
const start = Date.UTC(2025, 0, 1);
const hours = (count: number): number => start + count * hourMs;

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-funding-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

/** Hourly candles at 100, but for one that falls to 90 at 20:00 on the first day; funding is paid at 0, 8 and 16 o'clock. */
function writeMarket(rates = [0.0001, 0.001, 0.002, 0.004, 0.008, 0.016]): void {
  const candle = (hour: number): string => `${hours(hour)},100,100,${hour === 20 ? 90 : 100},100,1`;
  const rows = Array.from({ length: 48 }, (_, hour) => candle(hour));
  file("AAA-1h.csv", `timestamp,open,high,low,close,volume\n${rows.join("\n")}\n`);
  const paid = rates.map((rate, k) => `${hours(8 * k) + 12},${rate}`);
  file("AAA-8h-funding_rate.csv", `calc_time,last_funding_rate\n${paid.join("\n")}\n`);
}

/** Signals by hour and direction, and the set that they are traded with. */
function request(signals: readonly (readonly [hour: number, direction: string])[], params: object) {
  const rows = signals.map(([hour, direction]) => `AAA,${hours(hour)},${direction}`);
  return {
    candles: folder,
    opportunities: file("signals.csv", `symbol,timestamp,direction\n${rows.join("\n")}\n`),
    paramsFile: file("params.json", JSON.stringify(params)),
    timeframeMs: hourMs,
    minProfit: 0.01,
    fee: 0,
    slippage: 0,
    nowMs: hours(48),
  };
}

async function returnsOf(...[signals, params]: Parameters<typeof request>): Promise<number[]> {
  const tradesFile = join(folder, "trades.csv");
  await simulate({ ...request(signals, params), tradesFile, funding: "data" });
  const [header, ...rows] = readFileSync(tradesFile, "utf8").trim().split("\n");
  return rows.map((row) => Number(row.split(",")[header!.split(",").indexOf("return")]));
}

describe("a trade with funding rates of the data", () => {
  const never = { stop_loss_percent: 50, take_profit_percent: 50 };

  it("pays those from its signal's close to its exit candle's close: a long pays them, a short gets them", async () => {
    writeMarket();
    // Closed at 4:00 and left at 12:00: the payment of 8:00.
    expect(await returnsOf([[3, "long"]], { ...never, max_holding_hours: 8 })).toEqual([-0.001]);
    expect(await returnsOf([[3, "short"]], { ...never, max_holding_hours: 8 })).toEqual([0.001]);
    // Closed at 8:00 and left at 16:00: that of 8:00, which is the next candle's, and not that of 16:00.
    expect((await returnsOf([[7, "long"]], { ...never, max_holding_hours: 8 }))[0]).toBeCloseTo(-0.001, 15);
    // Closed at 9:00 and left at 16:00: none.
    expect(await returnsOf([[8, "long"]], { ...never, max_holding_hours: 7 })).toEqual([0]);
    // Left at 10:00 of the next day: those of 16:00, 0:00 and 8:00.
    expect((await returnsOf([[9, "long"]], { ...never, max_holding_hours: 24 }))[0]).toBeCloseTo(-0.014, 15);
  });

  it("pays them where a stop ends it, too", async () => {
    writeMarket();
    const params = { ...never, stop_loss_percent: 5, max_holding_hours: 24 };
    expect((await returnsOf([[3, "long"]], params))[0]).toBeCloseTo(-0.05 - 0.003, 15);
    expect((await returnsOf([[18, "long"]], params))[0]).toBeCloseTo(-0.05, 15);
  });

  it("pays at the last close known where the data end first", async () => {
    writeMarket();
    expect((await returnsOf([[30, "short"]], { ...never, max_holding_hours: 24 }))[0]).toBeCloseTo(0.024, 15);
  });
});

describe("rates of the data that are the same every hour", () => {
  const both = (caseOf: typeof randomCase): readonly [SearchTask, SearchTask] => {
    const space = {
      min_score: [0, 4],
      atr_tp_multiplier: [1, 2, 4],
      atr_stop_multiplier: [1, 2],
      max_holding_hours: [1, 4],
    };
    const one = taskOf(caseOf(4, 90, 200), space, "sqn", { minTrades: 3 }, "stop-first", 2 ** 24);
    // Sums of a power of two have no rounding: a payment each quarter of an hour, 32 in 8 hours.
    const timeMs = Float64Array.from({ length: 400 }, (_, k) => k * 900_000);
    const rates = { timeMs, rate: timeMs.map(() => 2 ** -15) };
    const market = withFunding(one.market, new Map([...one.market.bySymbol.keys()].map((symbol) => [symbol, rates])));
    return [
      { ...one, rules: { ...one.rules, fundingPer8h: 2 ** -10 } },
      { ...one, market, rules: { ...one.rules, fundingPer8h: 0 } },
    ];
  };

  it("give the search of that constant, to the bit", () => {
    const [constant, data] = both(randomCase).map((task) => searchTable(task));
    expect(constant!.top.length).toBe(7);
    expect(data!.top).toEqual(constant!.top);
  });

  it("take 8 bytes more for each candle that is held, and the constant none", () => {
    const [constant, data] = both(randomCase).map((task) => planSearch(task).regions);
    const bytesOf = (regions: typeof constant): number => regions!.find(({ name }) => name === "candles")!.bytes;
    expect(bytesOf(data) / bytesOf(constant)).toBe(40 / 32);
    const others = (regions: typeof constant) => regions!.filter(({ name }) => name !== "candles");
    expect(others(data)).toEqual(others(constant));
  });
});

describe("random rates of the data", () => {
  it("give the same leaderboard by one thread and by three, in much memory and in little", () => {
    const space = { min_score: [0, 2, 4, 6], atr_tp_multiplier: [1, 2, 4], max_holding_hours: [1, 4] };
    const task = taskOf(
      chargedAtRandom(holedCase(4, 400, 300), 4),
      space,
      "evidence",
      { minTrades: 3 },
      "stop-first",
      2 ** 24,
    );
    const reference = searchTable(task);
    expect(reference.top.length).toBe(7);
    for (const threads of [1, 3])
      for (const memoryBytes of [2 ** 24, 2 ** 20])
        expect(searchTable({ ...task, threads, memoryBytes }).top).toEqual(reference.top);
  });

  it("are what the baselines pay", () => {
    const rates = { timeMs: Float64Array.of(0, 9e6, 18e6, 27e6), rate: Float64Array.of(0.001, 0.002, 0.004, 0.008) };
    const one = randomCase(3, 40, 60);
    const market = withFunding(one.market, new Map([["AAA", rates]]));
    const rules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null } as const;
    const [plain, charged] = [one.market, market].map((each) => buyAndHold(each, ["AAA"], 9e6, rules));
    expect(charged!.return - plain!.return).toBeCloseTo(-1.4, 9);
    expect(charged!.short_return - plain!.short_return).toBeCloseTo(1.4, 9);
    const exit = exitInAtrs({ takeProfit: 50, stopLoss: 50, holdingBars: 8, trailing: null });
    // A trade of the whole time that is charged; moved by a lag, it is charged elsewhere.
    const trades = [{ symbol: "AAA", direction: 1, entryTimeMs: 42 * 900_000, row: 0, return: 0 }] as never;
    const input = { trades, exit, rules, entry: "signal-close", fromMs: 0, seed: 1, runs: 60 } as const;
    const [free, paid] = [one.market, market].map((each) => enterAtRandom({ ...input, market: each })!.runs);
    const differences = new Set(Array.from(free!, (each, run) => Math.round(1e6 * (each - paid![run]!)) / 1e6));
    expect([...differences].every((each) => [0, 0.1, 0.2, 0.4, 0.8].includes(each))).toBe(true);
    expect(differences.size).toBeGreaterThan(2);
  });
});

describe("the request", () => {
  const least = { candles: "d", opportunities: "o", spaceFile: "s" };

  it("is refused with a constant as well, and for candles in memory", () => {
    const refusalOf = (more: object): InputError => {
      try {
        checkRequest("search", { ...least, funding: "data", ...more });
      } catch (error) {
        return error as InputError;
      }
      throw new Error("an error was expected");
    };
    expect(refusalOf({ fundingPer8h: 0 }).message).toBe("funding and fundingPer8h cannot be combined");
    expect(refusalOf({ candles: [] }).message).toContain("funding needs a candle folder");
    expect(checkRequest("search", { ...least, funding: "data" })).toEqual({ ...least, funding: "data" });
  });

  it("has another fingerprint with another rate", async () => {
    const fingerprintWith = async (rates?: number[]): Promise<string> => {
      writeMarket(rates);
      const { paramsFile: _, ...rest } = request([[3, "long"]], {});
      const spaceFile = file("space.json", '{"stop_loss_percent": [50], "take_profit_percent": [50]}');
      return (await search({ ...rest, spaceFile, funding: "data", minTrades: 1 })).fingerprint;
    };
    expect(await fingerprintWith()).toBe(await fingerprintWith());
    expect(await fingerprintWith()).not.toBe(await fingerprintWith([0.0001, 0.001, 0.002, 0.004, 0.008, 0.0161]));
  });
});

describeReference("a folder that freqtrade filled, from the command line", (shared) => {
  const candles = fileURLToPath(new URL("data/freqtrade/futures", shared));
  const line = (...more: readonly string[]): string[] => {
    const signals = file(
      "signals.csv",
      "symbol,timestamp,direction\nXRP/USDT:USDT,2021-11-18T03:00:00Z,long\nXRP/USDT:USDT,2021-11-18T12:00:00Z,short\n",
    );
    const params = file("set.json", '{"stop_loss_percent": 50, "take_profit_percent": 50, "max_holding_hours": 20}');
    const input = ["--candles", candles, "--timeframe", "1h", "--opportunities", signals, "--params", params];
    return ["simulate", ...input, "--funding", "data", "--trades", join(folder, "trades.csv"), "--force", ...more];
  };

  it("charges its rates, which here are the default 0.01 % at every eighth hour", async () => {
    const { code, stdout } = await ran(line("--from", "2021-11-18"));
    expect(code).toBe(0);
    expect(stdout).toContain("10 funding payments");
    const rows = readFileSync(join(folder, "trades.csv"), "utf8").trim().split("\n").slice(1);
    const returns = rows.map((row) => Number(row.split(",").at(-1)));
    // Held from 4:00 to 24:00 the long pays twice; the short gets three payments from 13:00 to 9:00 of the next day.
    expect(returns[0]).toBeCloseTo(1.04086 / 1.1244 - 1 - 0.0014 - 2 * 0.0001, 12);
    expect(returns[1]).toBeCloseTo(1 - 1.05711 / 1.08263 - 0.0014 + 3 * 0.0001, 12);
  });

  it("is refused for the day that its rates do not cover, with nothing written, or counts it under --lenient", async () => {
    const { code, stderr } = await ran(line());
    expect([code, stderr]).toEqual([3, expect.stringContaining("funding rates do not cover the candles")]);
    expect(() => readFileSync(join(folder, "trades.csv"))).toThrow("ENOENT");
    const lenient = await ran(line("--lenient"));
    expect([lenient.code, lenient.stdout.replace(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining("funding is counted as 0 where its rates are missing: XRP/USDT:USDT 23 hours"),
    ]);
  });
});
