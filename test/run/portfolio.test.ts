import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { unbroken } from "../../src/candles/candles.ts";
import type { SimulateResult } from "../../src/run/answers.ts";
import { type CallName, calls } from "../../src/run/calls.ts";
import { coveredOptions } from "../../src/run/fingerprint.ts";
import type { SimulateRequest } from "../../src/run/request.ts";
import { checkRequest } from "../../src/run/requestCheck.ts";
import { simulate } from "../../src/run/simulate.ts";
import { ran } from "../cli/host.ts";
import { type Bar, quarterDayMs } from "../support/accounts.ts";
import { startMs } from "../support/random.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-portfolio-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet: Bar = [100, 100, 100, 100];

function series(symbol: string, bars: readonly Bar[]) {
  const column = (k: number): Float64Array => Float64Array.from(bars, (bar) => bar[k]!);
  const [open, high, low, close] = [column(0), column(1), column(2), column(3)];
  const times = { timeframeMs: quarterDayMs, firstOpenTimeMs: startMs, volume: close.map(() => 1) };
  return unbroken({ symbol, ...times, count: bars.length, open, high, low, close });
}

const timeOf = (bar: number): number => startMs + bar * quarterDayMs;
/** AAA takes 10 % in bar 2, BBB falls through its liquidation in bar 3. */
const request: SimulateRequest = {
  candles: [
    series("AAA", [quiet, quiet, [100, 111, 100, 108], quiet, quiet, quiet, quiet, quiet]),
    series("BBB", [quiet, quiet, quiet, [100, 100, 80, 82], [82, 82, 82, 82], [82, 82, 82, 82]]),
  ],
  opportunities: [
    { symbol: "AAA", timestamp: timeOf(0), direction: "long", type: "dip", atr: 1 },
    { symbol: "BBB", timestamp: timeOf(0), direction: "long", type: "dip", atr: 1 },
    { symbol: "AAA", timestamp: timeOf(1), direction: "long", type: "dip", atr: 1 },
  ],
  params: { take_profit_percent: 10, stop_loss_percent: 15, max_holding_hours: 24 },
  timeframeMs: quarterDayMs,
  nowMs: timeOf(30),
  fee: 0,
  slippage: 0,
};
const portfolio = { capital: 1000, stake: "20%", leverage: 10 };

describe("simulate with a portfolio", () => {
  it("says what its purse made, with the options' defaults, and counts what was skipped", async () => {
    const { portfolio: found, metrics } = await simulate({ ...request, portfolio });
    expect(found!.options).toEqual({
      capital: 1000,
      stake: "20%",
      leverage: 10,
      maintenance_margin: 0.005,
      max_open: null,
    });
    // 200 made 10 % ten times over; 200 are gone.
    expect(found!.metrics).toMatchObject({ final_equity: 1000, trades: 2, win_rate: 0.5, liquidations: 1, days: 2 });
    expect(found!.skipped).toEqual({ ruined: 0, symbol_open: 1, max_open: 0, no_money: 0 });
    expect(found!.first_day).toBe(startMs);
    expect(found!.daily_equity).toEqual([1000, 1000]);
    // The set's own figures are those without a purse.
    expect(metrics).toEqual((await simulate(request)).metrics);
    expect(metrics.n).toBe(3);
  });

  it("stakes a tenth where nothing else is said, and as much as fills the positions that are allowed", async () => {
    const stakeOf = async (more: Partial<SimulateRequest>): Promise<string> =>
      (await simulate({ ...request, ...more })).portfolio!.options.stake;
    expect(await stakeOf({ portfolio: { capital: 7 } })).toBe("10%");
    expect(await stakeOf({ portfolio: { capital: 7 }, maxOpen: 4 })).toBe("25%");
    expect(await stakeOf({ portfolio: { capital: 7, stake: 2.5 }, maxOpen: 4 })).toBe("2.5");
    expect(await stakeOf({ portfolio: { capital: 7, stake: "risk:0.5%" } })).toBe("risk:0.5%");
  });

  it("writes what happened to the money of each trade behind its columns", async () => {
    const tradesFile = join(folder, "trades.csv");
    const { trades } = await simulate({ ...request, portfolio, tradesFile });
    expect(readFileSync(tradesFile, "utf8")).toBe(
      [
        "symbol,entry_time,exit_time,direction,type,entry,exit,reason,bars,return,stake,profit,equity,skipped",
        `AAA,${timeOf(0)},${timeOf(2)},long,dip,100,110,take_profit,2,0.1,200,200,1200,`,
        `BBB,${timeOf(0)},${timeOf(3)},long,dip,100,90.5,liquidation,3,-0.1,200,-200,1000,`,
        `AAA,${timeOf(1)},${timeOf(2)},long,dip,100,110,take_profit,1,0.1,,,,symbol_open`,
        "",
      ].join("\n"),
    );
    expect(trades.map(({ skipped }) => skipped)).toEqual([null, null, "symbol_open"]);
    // It may be written again, as any file of Sluice's own.
    await simulate({ ...request, portfolio, tradesFile });
  });

  it("ends a liquidated trade where it was liquidated, which may be before the set's own exit", async () => {
    const params = { take_profit_percent: 10, stop_loss_percent: 50, max_holding_hours: 24 };
    const { trades } = await simulate({ ...request, params, portfolio });
    expect(trades[1]).toMatchObject({ exit_time: timeOf(3), reason: "liquidation", bars: 3, exit: 90.5, return: -0.1 });
    const { trades: plain } = await simulate({ ...request, params });
    expect(plain[1]).toMatchObject({ exit_time: timeOf(4), reason: "timeout", bars: 4 });
  });

  it("enters at the next open where signals do", async () => {
    const params = { take_profit_percent: 5, stop_loss_percent: 50, max_holding_hours: 6 };
    const candles = [series("AAA", [quiet, [105, 105.5, 104, 105], quiet])];
    const opportunities = [request.opportunities[0] as { symbol: string; timestamp: number }];
    const found = (
      await simulate({
        ...request,
        candles,
        opportunities: opportunities as never,
        params,
        entry: "next-open",
        portfolio: { capital: 1000 },
      })
    ).trades;
    expect(found).toMatchObject([{ entry: 105, exit: 105, reason: "timeout", stake: 100, profit: 0 }]);
  });

  it("is nothing without one: no block, no columns, the same fingerprint", async () => {
    const tradesFile = join(folder, "plain.csv");
    const result = await simulate({ ...request, tradesFile });
    expect("portfolio" in result).toBe(false);
    expect(readFileSync(tradesFile, "utf8").split("\n")[0]).toBe(
      "symbol,entry_time,exit_time,direction,type,entry,exit,reason,bars,return",
    );
    const added = { simulate: ["portfolio", "maxOpen"], search: ["portfolio", "maxOpen"], optimize: ["portfolio"] };
    for (const [call, options] of Object.entries(added)) {
      const covered = coveredOptions(call as CallName, {}).map(([key]) => key);
      for (const option of options) expect(covered).not.toContain(option);
    }
    expect(coveredOptions("optimize", {}).map(([key]) => key)).toContain("maxOpen");
  });

  it("gives another fingerprint for another purse", async () => {
    const prints = [undefined, portfolio, { ...portfolio, capital: 2000 }, { ...portfolio, stake: "10%" }].map(
      async (one) => (await simulate({ ...request, ...(one && { portfolio: one }) })).fingerprint,
    );
    const limited = simulate({ ...request, portfolio, maxOpen: 1 }).then(
      ({ fingerprint }: SimulateResult) => fingerprint,
    );
    expect(new Set(await Promise.all([...prints, limited])).size).toBe(5);
  });
});

describe("a portfolio that cannot be meant", () => {
  const refusal = (more: object): { message: string; details: object } => {
    try {
      checkRequest("simulate", { ...request, ...more });
    } catch (error) {
      return error as { message: string; details: object };
    }
    throw new Error("was not refused");
  };

  it.each([
    [{ capital: 0 }, "capital", "invalid value for capital"],
    [{ capital: -1 }, "capital", "invalid value for capital"],
    [{ capital: Number.NaN }, "capital", "invalid value for capital"],
    [{ stake: 10 }, "capital", "capital is missing"],
    [{ capital: 1, stake: 0 }, "stake", "invalid value for stake"],
    [{ capital: 1, stake: "0%" }, "stake", "invalid value for stake"],
    [{ capital: 1, stake: "101%" }, "stake", "invalid value for stake"],
    [{ capital: 1, stake: "risk:0%" }, "stake", "invalid value for stake"],
    [{ capital: 1, stake: "lots" }, "stake", "invalid value for stake"],
    [{ capital: 1, stake: "-5" }, "stake", "invalid value for stake"],
    [{ capital: 1, leverage: 0.99 }, "leverage", "invalid value for leverage"],
    [{ capital: 1, maintenanceMargin: 1 }, "maintenanceMargin", "invalid value for maintenanceMargin"],
    [{ capital: 1, maintenanceMargin: 0.1, leverage: 10 }, "maintenanceMargin", "leaves no room"],
    [{ capital: 1, levrage: 2 }, "levrage", "unknown option"],
  ])("%j is refused with one error at %s", (given, where, message) => {
    const { message: said, details } = refusal({ portfolio: given });
    expect(said).toContain(message);
    expect(details).toMatchObject({ where });
    expect(Object.keys(details)).toContain("expected");
  });

  it("needs a purse for its limit of positions, and trades whose ends are known", () => {
    expect(refusal({ maxOpen: 2 })).toMatchObject({ details: { where: "maxOpen" } });
    expect(refusal({ portfolio, exitModel: "summary" })).toMatchObject({ details: { where: "portfolio" } });
    expect(refusal({ portfolio: 1000 })).toMatchObject({ details: { where: "portfolio" } });
  });

  it("is checked by every call that takes one", () => {
    const taking = Object.entries(calls).flatMap(([call, { entries }]) => ("portfolio" in entries ? [call] : []));
    expect(taking.sort()).toEqual(["optimize", "plan", "recommend", "rehearse", "search", "simulate", "validate"]);
    const files = { candles: "c", opportunities: "o", params: "p", space: "s" };
    for (const call of taking as CallName[]) {
      const own = Object.fromEntries(Object.entries(files).filter(([key]) => key in calls[call].entries));
      expect(() => checkRequest(call, { ...own, portfolio: { capital: 0 } }), call).toThrow(
        "invalid value for capital",
      );
      expect(() => checkRequest(call, { ...own, portfolio: { capital: 1 } }), call).not.toThrow();
    }
  });

  it.each([
    [["--capital", "0"], "--capital"],
    [["--capital", "much"], "--capital"],
    [["--capital", "5", "--stake", "0%"], "--stake"],
    [["--capital", "5", "--stake", "half"], "--stake"],
    [["--capital", "5", "--leverage", "0"], "--leverage"],
    [["--capital", "5", "--maintenance-margin", "100"], "--maintenance-margin"],
    [["--stake", "10%"], "--stake"],
    [["--leverage", "2"], "--leverage"],
    [["--maintenance-margin", "1"], "--maintenance-margin"],
  ])("%j on the command line is one error of usage", async (flags, where) => {
    const files = ["--opportunities", "o.csv", "--candles", "c", "--params", "p.json"];
    const { code, stdout, stderr } = await ran(["simulate", ...files, ...flags]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`where     ${where}\n`);
    expect(stderr.match(/^error: /gm)).toHaveLength(1);
  });
});
