import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeMarket, edgeSpace } from "../../bench/calibration/edgeMarkets.ts";
import type { KnownMarket } from "../../bench/calibration/known.ts";
import { walkTimeframeMs as timeframeMs } from "../../bench/calibration/walks.ts";
import type { Candles } from "../../src/candles/candles.ts";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { optimize } from "../../src/run/optimize.ts";
import type { OptimizeResult } from "../../src/run/results.ts";
import { scan } from "../../src/run/scan.ts";
import { validate } from "../../src/run/validate.ts";
import type { Objective } from "../../src/search/objectives.ts";
import type { TestResult } from "../../src/validation/result.ts";

let folder: string;
let market: KnownMarket;
let result: OptimizeResult;
const options = { timeframeMs, minProfit: 0.035, lookaheadHours: 6, threads: 1 } as const;

/** The whole run on signals of which the strong ones pay. */
async function run(
  candles: readonly Candles[],
  more: { readonly rolling?: boolean; readonly objective?: Objective } = {},
): Promise<OptimizeResult> {
  return optimize({
    ...options,
    ...more,
    candles,
    signals: join(folder, "signals.csv"),
    spaceFile: join(folder, "space.json"),
    dryRun: true,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-validation-"));
  market = edgeMarket("runs 0.5 %", 3);
  writeFileSync(join(folder, "signals.csv"), market.signals);
  writeFileSync(join(folder, "space.json"), JSON.stringify(edgeSpace));
  result = await run(market.candles);
});
afterAll(() => rmSync(folder, { recursive: true }));

const judgedOf = (of: OptimizeResult) => of.runs[0]!.phase4.types["all"]!;
const test = (tests: readonly TestResult[], name: string): TestResult => tests.find((one) => one.name === name)!;

describe("the whole validation", () => {
  it("runs every test, and shows windows, baselines and where the trades come from", () => {
    const judged = judgedOf(result);
    expect(judged.tests.map(({ name }) => name)).toEqual([
      "early_late",
      "bootstrap",
      "pbo",
      "deflated_sharpe",
      "walk_forward",
      "plateau",
      "permutation",
      "selection",
    ]);
    expect(judged.tests.filter(({ outcome }) => outcome === "not run")).toEqual([]);
    const { windows, metrics, mode } = judged.walk_forward!;
    expect([windows.length, mode]).toEqual([6, "anchored"]);
    expect(metrics.n).toBe(windows.reduce((sum, window) => sum + window.metrics.n, 0));
    const holdout = result.runs[0]!.phase3["all"]!.replays.find(
      ({ set, part }) => set === "phase3" && part === "holdout",
    )!;
    const { baselines, breakdown } = judged;
    expect(baselines!.no_filters.n).toBe(result.split.holdout);
    expect(baselines!.random_entries!.n).toBe(holdout.plain.n);
    for (const rows of Object.values(breakdown!))
      expect(rows.reduce((sum: number, row: (typeof rows)[number]) => sum + row.holdout.n, 0)).toBe(holdout.plain.n);
  });

  it("trains rolling windows on one span alone", async () => {
    const anchored = judgedOf(result).walk_forward!;
    const rolling = judgedOf(await run(market.candles, { rolling: true })).walk_forward!;
    expect(rolling.mode).toBe("rolling");
    expect(rolling.windows[0]).toEqual(anchored.windows[0]);
    for (const [k, { training }] of rolling.windows.entries())
      if (k > 0) expect(training).toBeLessThan(anchored.windows[k]!.training);
  });

  it("finds the same in each window whatever comes after it", async () => {
    const { windows } = judgedOf(result).walk_forward!;
    const fromMs = windows[3]!.from;
    // From the fourth traded span on every price is another.
    const changed = market.candles.map((series) => {
      const bar = Math.ceil((fromMs - series.firstOpenTimeMs) / timeframeMs) + 1;
      const bent = (column: Float64Array): Float64Array =>
        column.map((price, at) => (at < bar ? price : price * (1 + 0.002 * (at - bar))));
      return {
        ...series,
        open: bent(series.open),
        high: bent(series.high),
        low: bent(series.low),
        close: bent(series.close),
      };
    });
    const other = judgedOf(await run(changed)).walk_forward!.windows;
    const found = ({ from, training, params, in_sample_avg_return }: (typeof windows)[number]) => [
      from,
      training,
      params,
      in_sample_avg_return,
    ];
    for (const k of [0, 1, 2, 3]) expect(found(other[k]!)).toEqual(found(windows[k]!));
    for (const k of [0, 1, 2]) expect(other[k]!.metrics.n).toBe(windows[k]!.metrics.n);
    expect(other[3]!.metrics).not.toEqual(windows[3]!.metrics);
  });

  it("says of a set given by hand what it says of the same set as a winner", async () => {
    const winner = result.runs[0]!.phase3["all"]!;
    writeFileSync(join(folder, "params.json"), JSON.stringify(winner.params));
    const alone = await validate({
      ...options,
      candles: market.candles,
      opportunities: join(folder, "signals.csv"),
      paramsFile: join(folder, "params.json"),
      spaceFile: join(folder, "space.json"),
    });
    const judged = judgedOf(result);
    for (const name of ["early_late", "bootstrap", "permutation", "walk_forward"])
      expect(test(alone.tests, name)).toEqual(test(judged.tests, name));
    expect(alone.tests.filter(({ outcome }) => outcome === "not run")).toEqual([]);
    expect(alone.baselines).toEqual(judged.baselines);
    expect(alone.breakdown).toEqual(judged.breakdown);
    expect([alone.verdict, alone.reason]).toEqual([judged.verdict, judged.reason]);
    expect(["PASSED", "WARNING"]).toContain(alone.verdict);
  });
});

describe("the objective of a run", () => {
  it("is evidence by default: phase 3's score is the total over the root of the trades, phase 2's the total", () => {
    const { score, metrics, stages, importance } = result.runs[0]!.phase3["all"]!;
    expect(result.objective).toBe("evidence");
    expect(score).toBe(metrics.total_return / Math.sqrt(metrics.n));
    expect(stages.at(-1)!.best_score).toBe(score);
    expect(importance).not.toBeNull();
    const [captured] = result.phase2["all"]!.top;
    expect(captured!.score).toBe(captured!.metrics.total_return);
  });

  it.each(["expectancy", "sqn", "balanced"] as const)("may be another: by %s, every test is run", async (objective) => {
    const other = await run(market.candles, { objective });
    const { score, metrics, params, importance } = other.runs[0]!.phase3["all"]!;
    expect(other.objective).toBe(objective);
    if (objective !== "balanced") expect(score).toBe(objective === "sqn" ? metrics.sqn : metrics.avg_return);
    expect(importance).not.toBeNull();
    expect(judgedOf(other).tests.filter(({ outcome }) => outcome === "not run")).toEqual([]);
    expect(test(judgedOf(other).tests, "plateau").figures["best_score"]).toBe(score);
    expect(test(judgedOf(other).tests, "selection").figures["best_score"]).toBe(score);
    writeFileSync(join(folder, "other.json"), JSON.stringify(params));
    const alone = await validate({
      ...options,
      objective,
      candles: market.candles,
      opportunities: join(folder, "signals.csv"),
      paramsFile: join(folder, "other.json"),
      spaceFile: join(folder, "space.json"),
    });
    expect(alone.objective).toBe(objective);
    expect(test(alone.tests, "walk_forward")).toEqual(test(judgedOf(other).tests, "walk_forward"));
  });
});

describe("validate where nothing was chosen", () => {
  const judge = async (params: object, space: object) => {
    writeFileSync(join(folder, "given.json"), JSON.stringify(params));
    writeFileSync(join(folder, "given-space.json"), JSON.stringify(space));
    const { tests } = await validate({
      ...options,
      // Without costs a single bar of a run is worth something, so that no set fails before it is looked at.
      fee: 0,
      slippage: 0,
      candles: market.candles,
      opportunities: join(folder, "signals.csv"),
      paramsFile: join(folder, "given.json"),
      spaceFile: join(folder, "given-space.json"),
    });
    return (name: string): TestResult => test(tests, name);
  };

  it("runs no selection test without a filter that varies, and all others", async () => {
    const found = await judge(
      { min_strength: 70, atr_tp_multiplier: 11, atr_stop_multiplier: 4, max_holding_hours: 6 },
      { min_strength: [70], atr_tp_multiplier: [12], atr_stop_multiplier: [4], max_holding_hours: [6] },
    );
    expect(found("selection")).toMatchObject({
      outcome: "not run",
      figure: null,
      reason: "no filter of the space distinguishes ranked sets",
    });
    for (const name of ["pbo", "plateau", "deflated_sharpe"]) expect(found(name).outcome).not.toBe("not run");
  });

  it("looks for no overfitting where every set makes the same trades: one bar, levels that none reaches, filters that reject nothing", async () => {
    const found = await judge(
      { min_strength: 70, atr_tp_multiplier: 20, atr_stop_multiplier: 10, max_holding_hours: 0.25 },
      { min_strength: [70, 69.6, 69.2], atr_tp_multiplier: [20], atr_stop_multiplier: [10], max_holding_hours: [0.25] },
    );
    for (const name of ["pbo", "selection"]) {
      const { outcome, reason, figure, figures } = found(name);
      expect([outcome, figure, figures]).toEqual(["not run", null, {}]);
      expect(reason).not.toBeUndefined();
    }
    expect(found("deflated_sharpe").figures).toMatchObject({ trials: 1, sets: 1, expected_best: 0 });
  });
});

describe("validate on scanned opportunities", () => {
  it("scores, splits and replays as optimize does, so that both speak of the same trades", async () => {
    const candles = syntheticMarket({
      seed: 5,
      symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT", "DDDUSDT"],
      days: 60,
      timeframeMs,
      endTimeMs: Date.UTC(2026, 0, 1),
    });
    const request = { candles, timeframeMs, minProfit: 0.03, minTrades: 5, threads: 1 } as const;
    const file = join(folder, "scanned.csv");
    await scan({ ...request, out: file });
    const whole = await optimize({ ...request, signals: file, dryRun: true });
    const types = Object.keys(whole.runs[0]!.phase3);
    expect(types.length).toBeGreaterThan(1);
    for (const type of types) {
      const { params, replays } = whole.runs[0]!.phase3[type]!;
      writeFileSync(join(folder, "won.json"), JSON.stringify(params));
      const judged = await validate({
        ...request,
        opportunities: file,
        paramsFile: join(folder, "won.json"),
        type,
      });
      expect(judged.weights).toEqual(whole.phase2[type]!.weights);
      expect(judged.replays.filter(({ set }) => set === "phase3")).toEqual(
        replays.filter(({ set }) => set === "phase3"),
      );
      expect(judged.walk_forward).toEqual(whole.runs[0]!.phase4.types[type]!.walk_forward);
    }
  });
});
