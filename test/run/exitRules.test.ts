import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { optimize } from "../../src/run/optimize.ts";
import { plan } from "../../src/run/plan.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import type { Space } from "../../src/space/parameters.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

const bars = 600;
const nowMs = Date.UTC(2026, 0, 1);
const series = { ...jumpyCandles("AAA", bars, randomFrom(5)), firstOpenTimeMs: nowMs - bars * 900_000 };

let folder = "";
const at = (...names: string[]): string => join(folder, ...names);
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-exits-"));
  mkdirSync(at("candles"));
  const rows = Array.from(series.open, (open, bar) =>
    [openTimeMs(series, bar), open, series.high[bar], series.low[bar], series.close[bar], 10].join(","),
  );
  writeFileSync(at("candles", "AAA-15m.csv"), `timestamp,open,high,low,close,volume\n${rows.join("\n")}\n`);
  // The first signals stand where no ATR 14 is known yet.
  const signal = (k: number): string => {
    const bar = 3 + 5 * k;
    const exit = k % 3 === 0 ? "" : String(openTimeMs(series, bar + 1 + (k % 7)));
    return `AAA,${openTimeMs(series, bar)},${k % 2 ? "long" : "short"},${exit},${k % 10}`;
  };
  const signals = Array.from({ length: 110 }, (_, k) => signal(k));
  writeFileSync(at("signals.csv"), `symbol,timestamp,direction,exit_time,score\n${signals.join("\n")}\n`);
  const plain = signals.map((line) =>
    line
      .split(",")
      .filter((_, k) => k !== 3)
      .join(),
  );
  writeFileSync(at("plain.csv"), `symbol,timestamp,direction,score\n${plain.join("\n")}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inPercent: Space = {
  min_score: [0, 5],
  stop_loss_percent: [1, 2],
  roi: [
    { 0: 2, 60: 0.5 },
    { 0: 1, 120: -1 },
  ],
  max_holding_hours: [2, 4],
  break_even_activation_percent: ["none", 0.8],
  partial_exit: ["none", { share: 0.5, percent: 0.7, then: "break_even" }],
};

function written(name: string, document: unknown): string {
  writeFileSync(at(name), JSON.stringify(document));
  return at(name);
}
const tables = {
  ...{ nowMs, minTrades: 5, allowStale: true },
  get candles() {
    return at("candles");
  },
};
const searchOver = (space: unknown, opportunities = "signals.csv", more: object = {}) =>
  search({
    ...tables,
    opportunities: at(opportunities),
    spaceFile: written("space.json", space),
    type: "all",
    ...more,
  });
const simulated = (params: unknown, more: object = {}) =>
  simulate({ ...tables, opportunities: at("signals.csv"), paramsFile: written("params.json", params), ...more });

describe("exit rules, from a file to a result", () => {
  it("are searched, planned and simulated alike, without an ATR where every level is in percent", async () => {
    const found = await searchOver(inPercent);
    expect(found.opportunities + found.left_out).toBe(110);
    const best = found.top[0]!;
    const { metrics } = await simulated(best.params);
    // What fits no longest path takes no part in a search.
    expect(metrics.n).toBeGreaterThanOrEqual(best.metrics.n);
    const planned = await plan({
      ...tables,
      opportunities: at("signals.csv"),
      spaceFile: at("space.json"),
      type: "all",
    });
    expect(planned.sets).toBe(found.sets);
    expect(planned.linear_memory_bytes).toBe(found.engine.linear_memory_bytes);
    await expect(searchOver({ min_score: [0] })).rejects.toMatchObject({ code: "TABLE_ATR" });
  });

  it("leave by their own reasons, and by exit signals where they are used", async () => {
    const set = { stop_loss_percent: 30, take_profit_percent: 40, max_holding_hours: 12, use_exit_signal: true };
    const { metrics } = await simulated(set);
    expect(metrics.exits["exit_signal"]).toBeGreaterThan(0.2);
    const shares = Object.values(metrics.exits).reduce((sum, share) => sum + share, 0);
    expect(shares).toBeCloseTo(1, 12);
    expect((await simulated({ ...set, use_exit_signal: false })).metrics.exits).not.toHaveProperty("exit_signal");
  });

  it("write partial exits to a file of trades, which the next run may replace", async () => {
    const set = { stop_loss_percent: 2, take_profit_percent: 3, partial_exit: { share: 0.25, percent: 0.5 } };
    for (let run = 0; run < 2; run++) await simulated(set, { tradesFile: at("trades.csv") });
    const [header, ...rows] = readFileSync(at("trades.csv"), "utf8").trim().split("\n");
    expect(header).toMatch(/,return,partial_time,partial_return$/);
    const cells = rows.map((row) => row.split(","));
    const parted = cells.filter((row) => row[10] !== "");
    expect(parted.length).toBeGreaterThan(10);
    for (const row of parted) expect(Number(row[10])).toBeLessThanOrEqual(Number(row[2]));
    for (const row of parted) expect(Number(row[11])).toBeGreaterThan(0);
  });

  it("are validated and decided on as any set is", async () => {
    const space = { ...inPercent, use_exit_signal: [false, true] };
    const result = await optimize({
      ...tables,
      signals: at("signals.csv"),
      spaceFile: written("space.json", space),
      lenient: true,
    });
    const report = result.phase2["all"]!;
    // The first signals have no ATR, and need none: all of them count.
    const percentOnly = await optimize({
      ...tables,
      signals: at("signals.csv"),
      spaceFile: written("space.json", inPercent),
    });
    expect(percentOnly.phase1.opportunities + percentOnly.split.left_out).toBe(110);
    expect(percentOnly.phase2["all"]!.baseline.mean_mfe_atrs).toBeGreaterThan(0);
    const inAtrs = written("config.json", { all_params: { atr_stop_multiplier: 2 } });
    const withConfig = { ...tables, signals: at("signals.csv"), spaceFile: at("space.json"), dryRun: true };
    await expect(optimize({ ...withConfig, configs: [inAtrs] })).rejects.toMatchObject({ code: "TABLE_ATR" });
    expect(report.params).toMatchObject({
      break_even_activation_percent: "none",
      partial_exit: "none",
      use_exit_signal: false,
    });
    expect(result.runs[0]!.phase4.types).toHaveProperty("all");
  });
});

describe("a config that has its levels in another unit than the space", () => {
  it("is compared as the bot runs it, whatever the rule", async () => {
    const space = {
      stop_loss_percent: [1, 2],
      trailing_stop_enabled: [false, true],
      trailing_activation_percent: [1],
      trailing_distance_percent: [0.5],
      break_even_activation_percent: ["none", 1],
    };
    const own = {
      atr_stop_multiplier: 2,
      trailing_stop_enabled: true,
      trailing_stop_activation: 1,
      trailing_stop_distance: 0.5,
    };
    const config = written("config.json", { all_params: { ...own, break_even_activation: 0.5 } });
    const spaceFile = written("space.json", space);
    const result = await optimize({
      ...tables,
      signals: at("signals.csv"),
      spaceFile,
      configs: [config],
      dryRun: true,
      lenient: true,
    });
    const current = result.runs[0]!.phase3["all"]!.starts.find(({ from }) => from === "current");
    expect(current?.params).toEqual({ ...own, break_even_activation: 0.5 });
  });
});

describe("percentages that look like fractions", () => {
  it("are asked about", async () => {
    const codes = async (space: unknown): Promise<string[]> =>
      (await searchOver(space, "signals.csv", { lenient: true })).warnings.map(({ code }) => code);
    expect(await codes({ roi: [{ 0: 0.04, 60: 0 }] })).toContain("PERCENT_UNIT");
    expect(await codes({ stop_loss_percent: [0.02] })).toContain("PERCENT_UNIT");
    expect(await codes({ stop_loss_percent: [150] })).toContain("PERCENT_UNIT");
    expect(await codes({ stop_loss_percent: [0.02, 2], roi: [{ 0: 4 }] })).not.toContain("PERCENT_UNIT");
  });
});

describe("exit rules are refused", () => {
  it("in two units, as values of another kind, and where signals or the exit model do not know them", async () => {
    const cases: readonly (readonly [space: unknown, code: string, found: RegExp, more?: object, table?: string])[] = [
      [
        { atr_tp_multiplier: [1], take_profit_percent: [1] },
        "SPACE_UNITS",
        /^atr_tp_multiplier and take_profit_percent$/,
      ],
      [{ roi: [{ 0: 1 }], take_profit_percent: [1] }, "SPACE_UNITS", /^take_profit_percent and roi$/],
      [{ roi: { 0: 4 } }, "SPACE_LIST", /^\{"0":4\}$/],
      [{ partial_exit: { share: 0.5, percent: 1 } }, "SPACE_LIST", /share/],
      [
        {
          partial_exit: [
            { share: 0.5, percent: 1, then: "hold" },
            { percent: 1, share: 0.5 },
          ],
        },
        "SPACE_DUPLICATE",
        /then/,
      ],
      [
        {
          partial_exit: [
            { share: 0.5, percent: 1 },
            { share: 0.5, atr: 1 },
          ],
        },
        "SPACE_UNITS",
        /in ATRs and in percent/,
      ],
      [
        { trailing_stop_activation: [1], trailing_distance_percent: [1] },
        "SPACE_TRAILING",
        /activation and trailing_d/,
      ],
      [{ roi: [{}] }, "SPACE_VALUE", /^\{\}$/],
      [{ roi: [{ soon: 1 }] }, "SPACE_VALUE", /soon/],
      [{ roi: [{ "-5": 1 }] }, "SPACE_VALUE", /-5/],
      [{ partial_exit: [{ share: 1, atr: 1 }] }, "SPACE_VALUE", /"share":1/],
      [{ partial_exit: [{ share: 0.5 }] }, "SPACE_VALUE", /0\.5/],
      [{ partial_exit: [{ share: 0.5, atr: 1, percent: 1 }] }, "SPACE_VALUE", /percent/],
      [{ break_even_activation: ["off"] }, "SPACE_VALUE", /off/],
      [
        { trailing_stop_enabled: [true], trailing_activation_percent: [1] },
        "SPACE_TRAILING",
        /trailing_distance_percent/,
      ],
      [{ use_exit_signal: [true] }, "EXIT_SIGNALS", /exit_time/, { lenient: true }, "plain.csv"],
      [{ roi: [{ 0: 1 }], stop_loss_percent: [1] }, "SUMMARY_EXITS", /roi/, { exitModel: "summary" }],
    ];
    for (const [space, code, found, more, table] of cases)
      await expect(searchOver(space, table, { lenient: true, ...more }), JSON.stringify(space)).rejects.toMatchObject({
        code,
        details: { found: expect.stringMatching(found) },
      });
  });
});
