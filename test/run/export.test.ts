import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { rollback } from "../../src/config/rollback.ts";
import { exportSummary } from "../../src/report/exportSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { exportParameters } from "../../src/run/export.ts";
import type { ExportRequest } from "../../src/run/request.ts";
import { errorOf } from "../config/configFile.ts";

const nowMs = Date.UTC(2026, 10, 23, 3, 5, 7, 89);

const set = {
  max_rsi: 27.5,
  stop_loss_percent: 3,
  roi: { "0": 4, "60": 1.1 },
  max_holding_hours: 12,
  trailing_stop_enabled: true,
  trailing_activation_percent: 2,
  trailing_distance_percent: 0.7,
};
const map = { buy: { rsi_max: "max_rsi" } };

/** A result of `optimize` as far as an export reads it. */
const decided = (applied: string | null, params = set) => ({
  phase1: { from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 5, 30, 23, 45) },
  runs: [
    {
      config: "bot.json",
      decision: {
        all: {
          advice: applied ? "apply" : "keep",
          applied,
          reasons: [{ code: "APPLIED", suggestion: 2 }],
          challenger: { params: { ...params, max_rsi: 1 } },
        },
      },
      phase4: {
        types: {
          all: {
            candidates: [
              { candidate: "phase3", suggestion: null, params },
              { candidate: "suggestion", suggestion: 1, params: { ...params, max_rsi: 21 } },
              { candidate: "suggestion", suggestion: 2, params: { ...params, max_rsi: 22 } },
            ],
          },
        },
      },
    },
  ],
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-export-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
function put(name: string, value: unknown): string {
  writeFileSync(at(name), typeof value === "string" ? value : JSON.stringify(value));
  return at(name);
}
const read = (name: string): string => readFileSync(at(name), "utf8");

function toFreqtrade(more: Partial<ExportRequest> = {}): ExportRequest {
  return {
    format: "freqtrade",
    strategy: "Dip",
    mapFile: put("map.json", map),
    ...(more.runFile === undefined && { paramsFile: put("set.json", set) }),
    out: at("Dip.json"),
    nowMs,
    ...more,
  };
}

describe("an export to freqtrade", () => {
  it("writes a new file as hyperopt would", async () => {
    put("Dip.py", "from freqtrade.strategy import IStrategy\n\nclass Dip(IStrategy):\n    pass\n");
    const result = await exportParameters(toFreqtrade({ maxOpen: 4, timeframeMs: 900_000, fee: 0.001, slippage: 0 }));
    expect(read("Dip.json")).toBe(`{
  "strategy_name": "Dip",
  "params": {
    "roi": {
      "0": 0.04,
      "60": 0.011,
      "720": -1
    },
    "stoploss": {
      "stoploss": -0.03
    },
    "trailing": {
      "trailing_stop": true,
      "trailing_stop_positive": 0.007,
      "trailing_stop_positive_offset": 0.02,
      "trailing_only_offset_is_reached": true
    },
    "buy": {
      "rsi_max": 27.5
    },
    "max_open_trades": {
      "max_open_trades": 4
    }
  },
  "ft_stratparam_v": 1,
  "export_time": "2026-11-23 03:05:07.089000+00:00"
}
`);
    expect(result.warnings).toEqual([]);
    expect(result.check).toBe("freqtrade backtesting --strategy Dip --timeframe 15m --fee 0.001");
    // (1.04 + 0.001) / 0.999 - 1
    expect(result.differences[0]).toContain("4% is reached at 4.204% of price with a fee of 0.1% per side");
    const lines = exportSummary(result, paintFor(false)).trimEnd().split("\n");
    expect(lines.at(-1)).toBe(`Check    ${result.check}`);
  });

  it("reads back as the same set", async () => {
    await exportParameters(toFreqtrade());
    const { freqtradeLayout } = await import("../../src/config/freqtrade/layout.ts");
    const { freqtradeMapOf } = await import("../../src/config/freqtrade/map.ts");
    const layout = freqtradeLayout(freqtradeMapOf({ path: "map", document: map }));
    expect((await openConfig(at("Dip.json"), layout)).currentParams("all")).toEqual(set);
  });

  it("updates the strategy's file, keeps its other spaces and bytes, and can be rolled back", async () => {
    const before = `{
  "strategy_name": "Dip",
  "params": {
    "roi": {"0": 0.10},
    "stoploss": {"stoploss": -0.030},
    "trailing": {"trailing_stop": false},
    "buy": {"rsi_max": 20, "ema": 50},
    "sell": {"rsi_min": 70.0},
    "protection": {"cooldown": 5}
  },
  "ft_stratparam_v": 1,
  "export_time": "2025-10-24 04:29:35.342721+00:00"
}`;
    put("Dip.json", before);
    const { backup } = await exportParameters(toFreqtrade());
    expect(read("Dip.json")).toBe(
      before
        .replace('{"0": 0.10}', '{"0": 0.04, "60": 0.011, "720": -1}')
        .replace(
          '"trailing_stop": false',
          '"trailing_stop": true, "trailing_stop_positive": 0.007, "trailing_stop_positive_offset": 0.02, "trailing_only_offset_is_reached": true',
        )
        .replace('"rsi_max": 20', '"rsi_max": 27.5')
        .replace("2025-10-24 04:29:35.342721", "2026-11-23 03:05:07.089000"),
    );
    expect(readFileSync(backup!, "utf8")).toBe(before);
    const again = await exportParameters(toFreqtrade());
    expect(again.backup).toBe(null);
    await rollback(at("Dip.json"));
    expect(read("Dip.json")).toBe(before);
  });

  it("takes what a run applies: phase 3's set, a suggestion, a challenger", async () => {
    for (const [applied, rsi] of [
      ["phase3", 27.5],
      ["suggestion", 22],
      ["challenger", 1],
    ] as const) {
      const runFile = put("result.json", decided(applied));
      const result = await exportParameters(toFreqtrade({ runFile, timeframeMs: 900_000, force: true }));
      expect(JSON.parse(read("Dip.json")).params.buy).toEqual({ rsi_max: rsi });
      expect(result).toMatchObject({ source: "optimize", type: "all" });
      expect(result.check).toContain(`--timerange 20260101-${Date.UTC(2026, 5, 30, 23, 45) / 1000} `);
    }
  });

  it("takes the best of a search, and says that it has not been judged", async () => {
    const candles = { from: Date.UTC(2026, 0, 1, 5), to: Date.UTC(2026, 0, 9) };
    const runFile = put("search.json", { type: "dips", top: [{ params: set }, { params: {} }], candles });
    const result = await exportParameters(toFreqtrade({ runFile }));
    expect(result.warnings.map(({ code }) => code)).toEqual(["EXPORT_UNJUDGED", "EXPORT_CLASS"]);
    expect(result.check).toContain(`--timerange ${Date.UTC(2026, 0, 1, 5) / 1000}-`);
    // The default fee and slippage.
    expect(result.check).toMatch(/ --fee 0\.0007$/);
  });

  it("warns of a strategy whose class has another name", async () => {
    put("Dip.py", "class Dipper(IStrategy):\n    pass\n");
    const { warnings } = await exportParameters(toFreqtrade());
    expect(warnings[0]!.message).toContain("has no class Dip:");
  });

  it.each([
    ["a stop in ATRs", { ...set, stop_loss_percent: undefined }, "FREQTRADE_NO_PLACE"],
    ["a target in ATRs", { ...set, roi: undefined }, "FREQTRADE_NO_PLACE"],
    ["a partial exit", { ...set, partial_exit: { share: 0.5, percent: 1 } }, "FREQTRADE_NO_PLACE"],
    ["break-even", { ...set, break_even_activation_percent: 1 }, "FREQTRADE_NO_PLACE"],
    ["an unmapped filter", { ...set, min_adx: 20 }, "FREQTRADE_NO_PLACE"],
    ["an offset not above the distance", { ...set, trailing_activation_percent: 0.7 }, "FREQTRADE_OFFSET"],
    ["no set", [], "PARAMS_SHAPE"],
  ])("is refused for %s, and writes nothing", async (_, params, code) => {
    const error = await errorOf(exportParameters(toFreqtrade({ paramsFile: put("other.json", params) })));
    expect(error.code).toBe(code);
    expect(readdirSync(folder)).not.toContain("Dip.json");
  });

  it.each([
    ["a run that keeps the current parameters", () => ({ runFile: put("r.json", decided(null)) }), "EXPORT_NOTHING"],
    ["another type", () => ({ runFile: put("r.json", decided("phase3")), type: "swing" }), "EXPORT_WHICH"],
    ["another config", () => ({ runFile: put("r.json", decided("phase3")), config: "b.json" }), "EXPORT_WHICH"],
    ["a result of something else", () => ({ runFile: put("r.json", { a: 1 }) }), "EXPORT_RUN"],
    ["no leaderboard", () => ({ runFile: put("r.json", { type: "a", top: [] }) }), "EXPORT_RUN"],
    ["no class name", () => ({ strategy: "My Strategy" }), "REQUEST_OPTION"],
    ["another ending", () => ({ out: at("Dip.txt") }), "REQUEST_OPTION"],
    ["a set and a result", () => ({ runFile: at("r.json"), paramsFile: at("set.json") }), "REQUEST_OPTION"],
    ["its own map", () => ({ out: at("map.json"), force: true }), "OUTPUT_IS_INPUT"],
    ["a file that is not freqtrade's", () => ({ out: put("notes.json", '{"my": "notes"}') }), "OUTPUT_FOREIGN"],
    [
      "another strategy's file",
      () => ({ out: put("Rip.json", { strategy_name: "Rip", params: {}, ft_stratparam_v: 1 }) }),
      "EXPORT_STRATEGY",
    ],
  ])("is refused with %s", async (_, more, code) => {
    const request = toFreqtrade(more());
    const before = readdirSync(folder).map((name) => [name, read(name)]);
    expect((await errorOf(exportParameters(request))).code).toBe(code);
    expect(readdirSync(folder).map((name) => [name, read(name)])).toEqual(before);
  });

  it("replaces another strategy's file only with force", async () => {
    const out = put("Rip.json", { strategy_name: "Rip", params: { sell: { a: 1 } }, ft_stratparam_v: 1 });
    await exportParameters(toFreqtrade({ out, force: true }));
    expect(JSON.parse(read("Rip.json"))).toMatchObject({ strategy_name: "Dip" });
    expect(JSON.parse(read("Rip.json")).params.sell).toBe(undefined);
  });
});

describe("an export in another format", () => {
  const awkward = { ...set, min_a: -0, require_b: true, "max_it's": 1e-9, allowed_h: [1, 2], partial_exit: "none" };
  const writing = (format: "json" | "env" | "csv", out: string, more = {}): ExportRequest => ({
    format,
    paramsFile: put("awkward.json", awkward),
    out: at(out),
    ...more,
  });

  it("is JSON that --params reads", async () => {
    await exportParameters(writing("json", "out.json"));
    expect(JSON.parse(read("out.json"))).toEqual(JSON.parse(JSON.stringify(awkward)));
    // A parameter set may be replaced by one.
    await exportParameters(writing("json", "out.json"));
  });

  it("is lines that a shell reads as they are", async () => {
    await exportParameters(writing("env", "out.env"));
    const value = (name: string) =>
      execFileSync("sh", ["-c", `. ./out.env && printf %s "$${name}"`], { cwd: folder, encoding: "utf8" });
    expect(value("MAX_RSI")).toBe("27.5");
    expect(value("TRAILING_STOP_ENABLED")).toBe("true");
    expect(value("ROI")).toBe('{"0":4,"60":1.1}');
    expect(value("MAX_IT_S")).toBe("1e-9");
    expect(value("PARTIAL_EXIT")).toBe("none");
    await exportParameters(writing("env", "out.env"));
  });

  it("is a table of names and values", async () => {
    await exportParameters(writing("csv", "out.csv"));
    expect(read("out.csv").split("\n").slice(0, 4)).toEqual([
      "parameter,value",
      "max_rsi,27.5",
      "stop_loss_percent,3",
      'roi,"{""0"":4,""60"":1.1}"',
    ]);
    await exportParameters(writing("csv", "out.csv"));
  });

  it("does not replace what Sluice did not write, and tells two names apart", async () => {
    put("mine", "secret=1\n");
    for (const format of ["json", "env", "csv"] as const)
      expect((await errorOf(exportParameters(writing(format, "mine")))).code).toBe("OUTPUT_FOREIGN");
    expect(read("mine")).toBe("secret=1\n");
    const paramsFile = put("two.json", { "max_a b": 1, "max_a-b": 2 });
    expect((await errorOf(exportParameters({ format: "env", paramsFile, out: at("two.env") }))).code).toBe(
      "EXPORT_NAMES",
    );
  });
});
