import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { optimize, rehearse, search, simulate, validate } from "../../src/library/calls.ts";
import type { PortfolioResult } from "../../src/portfolio/result.ts";
import { keptSets } from "../../src/run/jointAccount.ts";
import { checkRequest } from "../../src/run/requestCheck.ts";
import { ran } from "../cli/host.ts";
import { edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { csvRowsOf } from "../support/referenceData.ts";

const folder = mkdtempSync(join(tmpdir(), "sluice-choosing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { signals, spaceFile, ...market } = writeEdgeMarket(folder);
const config = join(folder, "bot.json");
writeFileSync(config, edgeConfig);
const caller = { thread: "caller" } as const;
const portfolio = { capital: 1000, stake: "40%", leverage: 5 };
const money = { portfolio, maxOpen: 2 };
const ranked = { ...money, rank: "portfolio", portfolioMetric: "sharpe", shortlist: 5 } as const;
const run = { ...market, signals, spaceFile, configs: [config], dryRun: true, threads: 1 } as const;

/** Percent that equity gained on each day. */
function gainsOf({ options, daily_equity }: PortfolioResult): number[] {
  return daily_equity.map((equity, day) => {
    const before = day === 0 ? options.capital : daily_equity[day - 1]!;
    return 100 * (equity / before - 1);
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe("a run with a portfolio", () => {
  it("lets the gate go by equity from day to day, candidate and current alike, and by the trades that purses took", async () => {
    const { runs } = await optimize({ ...run, ...money }, caller);
    const { replays } = runs[0]!.phase3["good"]!;
    const { gate, candidates } = runs[0]!.phase4.types["good"]!;
    const accountOf = (set: string) =>
      replays.find((replay) => replay.set === set && replay.part === "holdout")!.portfolio!;
    const [own, current] = [accountOf("phase3"), accountOf("current")];
    expect(gate.by).toBe("portfolio");
    expect(own.daily_equity).toHaveLength(gate.days);
    expect(gate.accounts).toEqual({ candidate: own.metrics, current: current.metrics });
    expect(gate.candidate_metrics!.n).toBe(own.metrics.trades);
    expect(gate.current_metrics!.n).toBe(current.metrics.trades);
    // Positions are scarce: fewer are taken than with one position a symbol.
    const plain = replays.find((replay) => replay.set === "current" && replay.part === "holdout")!.one_position;
    expect(current.skipped.no_money + current.skipped.max_open).toBeGreaterThan(0);
    expect(current.metrics.trades).toBeLessThanOrEqual(plain.n);
    expect(gate.against_nothing!.points_per_day).toBeCloseTo(sum(gainsOf(own)) / gate.days, 9);
    expect(gate.against_current!.points_per_day).toBeCloseTo(
      (sum(gainsOf(own)) - sum(gainsOf(current))) / gate.days,
      9,
    );
    const luck = candidates[0]!.tests.find(({ name }) => name === "bootstrap")!;
    expect(luck.threshold).toContain("daily gain of equity");
    const perDay = sum(gainsOf(own)) / gate.days;
    expect(luck.figures["low"]).toBeLessThan(perDay);
    expect(luck.figures["high"]).toBeGreaterThan(perDay);
  });

  it("says nothing of a portfolio without one", async () => {
    const result = await optimize(run, caller);
    expect(JSON.stringify({ ...result, options: null })).not.toMatch(/portfolio|"by"|account|equity/);
  });

  it("trades the sets of both types from one purse, with the signals of both", async () => {
    const { runs } = await optimize({ ...run, ...money }, caller);
    const { account, phase3, phase4 } = runs[0]!;
    const heldOut = Object.keys(phase4.types).map(
      (type) => phase3[type]!.replays.find((replay) => replay.set === "current" && replay.part === "holdout")!,
    );
    const met = ({ metrics, skipped }: PortfolioResult): number => metrics.trades + sum(Object.values(skipped));
    expect(met(account!.now!)).toBe(sum(heldOut.map(({ plain }) => plain.n)));
    const alone = sum(heldOut.map(({ portfolio: own }) => own!.metrics.trades));
    expect(account!.now!.metrics.trades).toBeLessThan(alone);
    expect(account!.proposed!.daily_equity).toHaveLength(phase4.types["good"]!.gate.days);
  });

  it("keeps the first set, the current one and all that may be applied, the seventh suggestion too", () => {
    const names = ["phase3", "phase2", ...new Array<"suggestion">(7).fill("suggestion"), "current"] as const;
    const sets = names.map((name, k) => ({ name, suggestion: name === "suggestion" ? k - 1 : null }));
    const open = sets.map(({ suggestion }) => suggestion === 7);
    expect(keptSets(sets, open)).toEqual([sets[0], sets[8], sets[9]]);
  });

  it("judges a set as validate does, also where it was chosen by its purse", async () => {
    const { runs } = await optimize({ ...run, ...ranked }, caller);
    const good = runs[0]!.phase3["good"]!;
    expect(good.ranking).toMatchObject({ metric: "sharpe", shortlist: 5, winner_place: expect.any(Number) });
    const current = { min_strength: 0, atr_tp_multiplier: 2, atr_stop_multiplier: 2, max_holding_hours: 6 };
    const one = { ...market, opportunities: signals, spaceFile, type: "good", threads: 1 } as const;
    const found = await validate({ ...one, ...ranked, params: good.params, current }, caller);
    expect(found.found_by).toBe("phase3");
    const { gate, verdict, tests } = runs[0]!.phase4.types["good"]!;
    const { current_saw_holdout: _, ...own } = found.gate;
    expect(gate).toMatchObject(own);
    expect([found.verdict, found.tests]).toEqual([verdict, tests]);
  });

  it("rehearses with one purse a policy, through all nights", async () => {
    const week = 7 * 86_400_000;
    const nights = { everyMs: week, windowMs: 60 * 86_400_000, threads: 1 };
    const result = await rehearse({ ...market, ...money, signals, spaceFile, config, ...nights }, caller);
    const { policies, nights: when } = result;
    const never = policies.never_change.portfolio!;
    expect(policies.not_trading.portfolio!.metrics).toMatchObject({ final_equity: 1000, trades: 0 });
    // Both types have the same set: what simulate makes of all signals since the first night.
    const rows = csvRowsOf(pathToFileURL(signals)).filter(
      ({ timestamp }) => Number(timestamp) + market.timeframeMs > when[0]!,
    );
    const set = { min_strength: 0, atr_tp_multiplier: 2, atr_stop_multiplier: 2, max_holding_hours: 6 };
    const opportunities = rows.map(({ symbol, timestamp, direction, type, strength }) => ({
      ...{ symbol: symbol!, timestamp: Number(timestamp), direction: direction === "1" ? "long" : "short" },
      ...{ type: type!, strength: Number(strength) },
    }));
    const { portfolio: plain } = await simulate({ ...market, ...money, opportunities, params: set }, caller);
    expect(never.metrics.final_equity).toBe(plain!.metrics.final_equity);
    expect(never.skipped).toEqual(plain!.skipped);
    expect(never.metrics.max_drawdown).toBe(plain!.metrics.max_drawdown);
    const [own, other] = [gainsOf(policies.as_configured.portfolio!), gainsOf(never)];
    expect(policies.as_configured.portfolio!.over_never_change.total).toBeCloseTo(sum(own) - sum(other), 9);
  });

  it("ranks a search by its purses, and says how", async () => {
    const one = {
      ...market,
      opportunities: signals,
      spaceFile,
      type: "good",
      threads: 1,
      top: 12,
      minTrades: 5,
    } as const;
    const found = await search({ ...one, ...ranked, shortlist: 100 }, caller);
    expect(found.ranking).toEqual({
      metric: "sharpe",
      shortlist: 100,
      traded: found.top.length,
      with_ties: true,
      winner_place: found.top[0]!.place_by_sums,
      exact: true,
    });
    const plain = await search(one, caller);
    expect(plain.ranking).toBeUndefined();
    for (const set of found.top) {
      const { portfolio: made } = await simulate(
        { ...market, ...money, opportunities: signals, type: "good", params: set.params },
        caller,
      );
      expect(set.portfolio!.sharpe).toBeCloseTo(made!.metrics.sharpe, 9);
      expect(plain.top[set.place_by_sums! - 1]!.index).toBe(set.index);
    }
    const values = found.top.map((set) => set.portfolio!.sharpe);
    expect(values).toEqual([...values].sort((a, b) => b - a));
  });
});

describe("ranking by portfolio", () => {
  const refusal = (more: object): unknown => {
    try {
      checkRequest("search", { ...market, opportunities: signals, spaceFile, ...more });
    } catch (error) {
      return error;
    }
    return null;
  };

  it("is refused without a portfolio, and so are its details without it", () => {
    expect(refusal({ rank: "portfolio" })).toMatchObject({ details: { where: "rank" } });
    expect(refusal({ ...money, shortlist: 10 })).toMatchObject({ details: { where: "shortlist" } });
    expect(refusal({ ...money, portfolioMetric: "cagr" })).toMatchObject({ details: { where: "portfolioMetric" } });
    expect(refusal({ ...ranked, portfolioMetric: "luck" })).toMatchObject({ details: { where: "portfolioMetric" } });
    expect(refusal(ranked)).toBeNull();
  });

  it("is a usage error on the command line, with a remedy", async () => {
    const flags = ["--opportunities", signals, "--candles", market.candles, "--space", spaceFile];
    const { code, stderr } = await ran(["search", ...flags, "--rank", "portfolio"]);
    expect(code).toBe(2);
    expect(stderr).toContain("--rank portfolio needs --capital");
    expect(stderr).toContain("add --capital");
    expect((await ran(["search", ...flags, "--capital", "1000", "--shortlist", "5"])).stderr).toContain(
      "--rank portfolio",
    );
  });
});
