import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import type { Warning } from "../../src/errors.ts";
import { optimize } from "../../src/run/optimize.ts";
import { plan } from "../../src/run/plan.ts";
import { scan } from "../../src/run/scan.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import { validate } from "../../src/run/validate.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-intake-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return join(folder, name);
}

const bars = 500;
const timeframeMs = 14_400_000;
const candles: readonly Candles[] = ["AAA", "BBB"].map((symbol, k) =>
  begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(k), timeframeMs)),
);

/** Signals that know where the price goes within two bars, so that sets are worth a closer look. `luck` lies in 0..1, `always` is 1, `never` is 0. */
function signals(): string {
  const random = randomFrom(7);
  const seen = new Set<string>();
  const lines = Array.from({ length: 500 }, () => {
    const series = candles[random() < 0.5 ? 0 : 1]!;
    const bar = Math.floor(random() * (bars - 60));
    const time = openTimeMs(series, bar);
    const direction = series.close[bar + 2]! > series.close[bar]! ? "long" : "short";
    const moment = [series.symbol, time].join(",");
    // One signal a moment.
    const isNew = seen.size < seen.add(moment).size;
    return isNew ? [[moment, direction, 2, random(), 1, 0].join(",")] : [];
  }).flat();
  return file("signals.csv", `symbol,timestamp,direction,atr,luck,always,never\n${lines.join("\n")}\n`);
}

const common = { candles, timeframeMs, lookaheadHours: 48, minTrades: 1, minProfit: 0.05, threads: 1 } as const;
const hours = [1, 2, 4, 6, 8];
const space = { min_luck: [0, 0.5], atr_tp_multiplier: [2, 4], max_holding_hours: hours };
const ofCode = (warnings: readonly Warning[], code: string): string[] =>
  warnings.filter((warning) => warning.code === code).map(({ message }) => message);

describe("holding times that are no whole candles", () => {
  it("are ranked and shown by what they are held for: 2 x 2 x 2 sets, said once", async () => {
    const request = { ...common, opportunities: signals(), spaceFile: file("space.json", space), top: 20 };
    const found = await search(request);
    expect([found.sets, found.top.length]).toEqual([8, 8]);
    expect(new Set(found.top.map(({ params }) => params["max_holding_hours"]))).toEqual(new Set([4, 8]));
    for (const { params, metrics } of found.top)
      expect(metrics.avg_holding_hours).toBeLessThanOrEqual(params["max_holding_hours"] as number);
    const [said, ...more] = ofCode(found.warnings, "HOLDING_ROUNDED");
    expect(more).toEqual([]);
    expect(said).toContain("1 is less than half a candle and is dropped, 2 becomes 4, 6 becomes 8");
    expect((await plan(request)).sets).toBe(8);
  });

  it("give what whole ones give", async () => {
    const opportunities = signals();
    const of = (times: readonly number[]) =>
      search({ ...common, opportunities, spaceFile: file("space.json", { ...space, max_holding_hours: times }) });
    const [rounded, whole] = [await of(hours), await of([4, 8])];
    const { engine: _a, warnings: _b, ...first } = rounded;
    const { engine: _c, warnings, ...second } = whole;
    expect(first).toEqual(second);
    expect(ofCode(warnings, "HOLDING_ROUNDED")).toEqual([]);
  });

  it("are rounded in a single set, in validate, and in everything that optimize shows", async () => {
    const opportunities = signals();
    const paramsFile = file("params.json", { atr_tp_multiplier: 2, max_holding_hours: 1 });
    const alone = await simulate({ ...common, opportunities, paramsFile });
    expect(alone.params).toEqual({ atr_tp_multiplier: 2, max_holding_hours: 4 });
    expect(ofCode(alone.warnings, "HOLDING_ROUNDED")).toHaveLength(1);
    const spaceFile = file("space.json", space);
    const judged = await validate({ ...common, opportunities, paramsFile, spaceFile });
    expect(ofCode(judged.warnings, "HOLDING_ROUNDED")).toHaveLength(2);
    const config = file("config.json", { all_params: { max_holding_hours: 3 } });
    const run = await optimize({ ...common, signals: opportunities, spaceFile, configs: [config], dryRun: true });
    const shown: unknown[] = [];
    JSON.stringify(run, (key, value) => {
      if (key === "max_holding_hours") shown.push(value);
      return value;
    });
    const times = shown.filter((value) => typeof value === "number");
    expect(times.length).toBeGreaterThan(10);
    for (const time of times) expect((time * 3_600_000) % timeframeMs).toBe(0);
    expect(ofCode(run.warnings, "HOLDING_ROUNDED").some((said) => said.includes("--config"))).toBe(true);
  });
});

describe("validate", () => {
  it("holds what the space does not name at the set's value: the same as a space that names it with that value alone", async () => {
    const opportunities = signals();
    const paramsFile = file("params.json", {
      min_luck: 0,
      atr_tp_multiplier: 2,
      max_holding_hours: 8,
      max_luck: 0.9,
      trailing_stop_enabled: true,
      trailing_stop_activation: 1,
      trailing_stop_distance: 1,
    });
    const of = (named: object) =>
      validate({ ...common, opportunities, paramsFile, spaceFile: file("space.json", { ...space, ...named }) });
    const [held, open] = [await of({}), await of({ max_luck: [0.9, 2] })];
    const windows = held.walk_forward!.windows.flatMap(({ params }) => (params ? [params] : []));
    expect(windows.length).toBeGreaterThan(2);
    for (const params of windows) expect(params).toMatchObject({ max_luck: 0.9, trailing_stop_enabled: true });
    // Without the wish to hold it, a window is free to choose.
    expect(open.walk_forward!.windows.some(({ params }) => params?.["max_luck"] === 2)).toBe(true);
  });

  it("judges every window with a held stop as it is", async () => {
    const paramsFile = file("params.json", { min_luck: 0, atr_tp_multiplier: 2, atr_stop_multiplier: 3 });
    const judged = await validate({
      ...common,
      opportunities: signals(),
      paramsFile,
      spaceFile: file("space.json", space),
    });
    const stops = judged.walk_forward!.windows.flatMap(({ params }) => (params ? [params["atr_stop_multiplier"]] : []));
    expect(new Set(stops)).toEqual(new Set([3]));
  });
});

describe("what looks like a slip is asked about once, by its flag", () => {
  const of = async (more: object, params: object = {}) =>
    (await simulate({ ...common, opportunities: signals(), paramsFile: file("params.json", params), ...more }))
      .warnings;

  it.each([
    ["FEE_UNIT", { fee: 0.05 }, {}, "--fee 0.05 means 5% per side"],
    ["SLIPPAGE_UNIT", { slippage: 0.02 }, {}, "--slippage 0.02 means 2% per side"],
    ["MIN_PROFIT_UNIT", { minProfit: 8 }, {}, "minProfit 8 (--min-profit) means a gain of 800%"],
    ["STOP_UNIT", {}, { atr_stop_multiplier: 0.02 }, "atr_stop_multiplier 0.02 in --params"],
    ["OBJECTIVE_SHARE", { minProfit: 0.0001 }, {}, "(--min-profit, --lookahead)"],
    ["FILTER_REJECTS_ALL", {}, { min_luck: 70 }, "min_luck 70 in --params"],
    ["FILTER_REJECTS_ALL", {}, { max_always: 0.5 }, "(values from 1 to 1)"],
    ["FILTER_REJECTS_ALL", {}, { require_never: true }, "(every value is 0)"],
    ["FILTER_REJECTS_ALL", {}, { allowed_always: [2, 3] }, "allowed_always [2,3]"],
  ])("%s", async (code, more, params, text) => {
    const warnings = await of(more, params);
    expect(warnings.map((warning) => warning.code)).toEqual([code]);
    expect(warnings[0]!.message).toContain(text);
  });

  it("and nothing else is", async () => {
    expect(
      await of({ fee: 0.01, slippage: 0.01 }, { min_luck: 0.9, atr_stop_multiplier: 0.3, allowed_always: "any" }),
    ).toEqual([]);
  });

  it("in a space, of the type that is searched: each candidate that rejects all", async () => {
    const spaceFile = file("space.json", {
      min_luck: [0, 50, 60],
      atr_stop_multiplier: [0.1, 1],
      max_holding_hours: [4],
    });
    const { warnings } = await search({ ...common, opportunities: signals(), spaceFile });
    const codes = warnings.map(({ code }) => code).sort();
    expect(codes).toEqual(["FILTER_REJECTS_ALL", "STOP_UNIT"]);
    expect(ofCode(warnings, "FILTER_REJECTS_ALL")[0]).toContain("min_luck 50, 60 in --space");
    expect(ofCode(warnings, "STOP_UNIT")[0]).toContain("atr_stop_multiplier 0.1 in --space");
  });

  it("in a space: a filter that rejects nothing, or two candidates that do, as where a strategy's own threshold was in force", async () => {
    const of = async (named: object) => {
      const spaceFile = file("space.json", { ...named, max_holding_hours: [4] });
      const { warnings } = await search({ ...common, opportunities: signals(), spaceFile });
      return ofCode(warnings, "FILTER_REJECTS_NOTHING");
    };
    expect((await of({ max_luck: [2] }))[0]).toMatch(/^max_luck 2 in --space .* rejects none of the \d+ signals/);
    expect((await of({ max_luck: [2, 1.5, 0.5] }))[0]).toContain("max_luck 2, 1.5 in --space");
    expect((await of({ min_always: [1], require_always: [true] })).length).toBe(2);
    // The loosest candidate alone rejects nothing in any complete export.
    expect(await of({ max_luck: [2, 0.5], min_luck: [0.2] })).toEqual([]);
  });

  it("by a scan, too", async () => {
    const quarters = [begunAt(startMs, jumpyCandles("AAA", bars, randomFrom(1)))];
    const scanned = await scan({ candles: quarters, out: join(folder, "out.csv"), minProfit: 2 });
    // Ninety days and random prices: too few opportunities to search, and the scan says why.
    expect(scanned.warnings.map(({ code }) => code)).toEqual(["MIN_PROFIT_UNIT", "SCAN_FINDS_LITTLE"]);
  });
});
