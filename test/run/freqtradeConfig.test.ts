import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listBackups } from "../../src/config/listBackups.ts";
import { exportParameters } from "../../src/run/export.ts";
import { optimize } from "../../src/run/optimize.ts";
import { rehearse } from "../../src/run/rehearse.ts";
import type { ExportRequest, OptimizeRequest } from "../../src/run/request.ts";
import { errorOf } from "../config/configFile.ts";
import { type EdgeMarket, writeEdgeMarket } from "../support/edgeMarket.ts";

/** Takes every signal; a strength of 50 is what pays. */
const taking = `{
  "strategy_name": "Strong",
  "params": {
    "roi": {"0": 0.10, "360": -1},
    "stoploss": {"stoploss": -0.020},
    "trailing": {"trailing_stop": false, "trailing_stop_positive": null},
    "buy": {"strength_min": 0, "period": 14},
    "protection": {"cooldown": 5}
  },
  "ft_stratparam_v": 1,
  "export_time": "2025-07-01 00:00:00.000000+00:00"
}
`;
const space = { min_strength: [0, 50], roi: [{ "0": 10 }], stop_loss_percent: [2], max_holding_hours: [6] };

let folder = "";
let market: EdgeMarket;
const put = (name: string, value: unknown): string => {
  writeFileSync(join(folder, name), typeof value === "string" ? value : JSON.stringify(value));
  return join(folder, name);
};
const read = (): string => readFileSync(join(folder, "Strong.json"), "utf8");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-freqtrade-config-"));
  market = writeEdgeMarket(folder);
  const [header, ...rows] = readFileSync(market.signals, "utf8").trim().split("\n");
  const good = rows.filter((row) => row.includes(",good,")).map((row) => row.replace(",good", ""));
  put("signals.csv", `${[header!.replace(",type", ""), ...good].join("\n")}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function request(more: Partial<OptimizeRequest> = {}): OptimizeRequest {
  const { candles, signals, timeframeMs, lookaheadHours, minProfit, nowMs } = market;
  return {
    ...{ candles, signals, timeframeMs, lookaheadHours, minProfit, nowMs, symbols: ["AAA", "BBB", "CCC"] },
    entry: "next-open",
    spaceFile: put("space.json", space),
    mapFile: put("map.json", { buy: { strength_min: "min_strength" } }),
    configs: [put("Strong.json", taking)],
    threads: 1,
    ...more,
  };
}

describe("optimize with a parameter file of freqtrade", () => {
  it("compares with what it says, and writes what is clearly better, byte for byte the rest", async () => {
    const result = await optimize(request());
    const [run] = result.runs;
    const current = run!.phase4.types["all"]!.candidates.at(-1)!;
    expect(current.candidate).toBe("current");
    expect(current.params).toEqual({ min_strength: 0, roi: { "0": 10 }, stop_loss_percent: 2, max_holding_hours: 6 });
    expect(run!.decision["all"]!.advice).toBe("apply");
    const { params } = run!.phase4.types["all"]!.candidates.find(
      ({ candidate }) => candidate === run!.decision["all"]!.applied,
    )!;
    expect(params["min_strength"]).toBe(50);
    expect(run!.diff!.entries).toContainEqual({ path: "params.buy.strength_min", old: 0, new: 50 });
    expect(run!.saved!.file).toBe(join(folder, "Strong.json"));
    expect(read()).toContain('"buy": {"strength_min": 50, "period": 14},\n    "protection": {"cooldown": 5}');
    expect(read()).toContain('"trailing": {"trailing_stop": false, "trailing_stop_positive": null}');
    expect(Object.keys(JSON.parse(read()))).toEqual(Object.keys(JSON.parse(taking)));
    expect(readFileSync(run!.saved!.backup, "utf8")).toBe(taking);

    const { backups } = await listBackups(join(folder, "Strong.json"));
    expect(backups[0]!.changes).toContainEqual({ path: "params.buy.strength_min", old: 0, new: 50 });
    // An export of the same result says the same.
    const exported: ExportRequest & { out: string } = {
      ...{ format: "freqtrade" as const, strategy: "Strong", mapFile: join(folder, "map.json") },
      ...{ runFile: put("result.json", result), out: join(folder, "Exported.json") },
    };
    await exportParameters(exported);
    const [ours, theirs] = [JSON.parse(readFileSync(exported.out, "utf8")), JSON.parse(read())];
    expect(ours.params.roi).toEqual(theirs.params.roi);
    expect(ours.params.stoploss).toEqual(theirs.params.stoploss);
    expect(ours.params.buy).toEqual({ strength_min: 50 });
  });

  it.each([
    ["without signals", () => ({ signals: undefined }), "FREQTRADE_SIGNALS"],
    ["with signals of several types", () => ({ signals: put("typed.csv", typed()) }), "FREQTRADE_TYPES"],
    ["by groups of symbols", () => ({ group: "symbol" }), "GROUP_CONFIG"],
    ["without the map of a filter", () => ({ mapFile: undefined }), "FREQTRADE_NO_PLACE"],
    [
      "with a space without the stop",
      () => ({ spaceFile: put("s.json", { ...space, stop_loss_percent: undefined }) }),
      "FREQTRADE_SPACE",
    ],
    ["with the built-in space", () => ({ spaceFile: undefined }), "FREQTRADE_SPACE"],
    [
      "with a suggestion in ATRs",
      () => ({ suggestFile: put("su.json", [{ atr_stop_multiplier: 2 }]) }),
      "FREQTRADE_NO_PLACE",
    ],
    [
      "with a file that lacks the stop",
      () => ({ configs: [put("Strong.json", taking.replace('"stoploss"', '"stop"'))] }),
      "FREQTRADE_LACKS",
    ],
  ])("is refused %s, and nothing is written", async (_, more, code) => {
    const given = { ...request(), ...more() };
    const before = read();
    expect((await errorOf(optimize(given as OptimizeRequest))).code).toBe(code);
    expect(read()).toBe(before);
  });

  it("says that a map is of no use to other configs", async () => {
    const bot = put("bot.json", '{"all_params": {"min_strength": 0}}');
    const { warnings } = await optimize(request({ configs: [bot], dryRun: true }));
    expect(warnings.map(({ code }) => code)).toContain("MAP_UNUSED");
  });
});

function typed(): string {
  const [header, ...rows] = readFileSync(market.signals, "utf8").trim().split("\n");
  return `${[`${header},type`, ...rows.map((row, k) => `${row},${k % 2 === 0 ? "a" : "b"}`)].join("\n")}\n`;
}

describe("rehearse with a parameter file of freqtrade", () => {
  it("starts from what it says and writes nothing", async () => {
    const { configs, ...rest } = request();
    const dayMs = 86_400_000;
    const { policies } = await rehearse({ ...rest, config: configs![0]!, everyMs: 7 * dayMs, windowMs: 60 * dayMs });
    expect(policies.never_change.trades).toBeGreaterThan(0);
    expect(policies.as_configured.changes).toBeGreaterThan(0);
    expect(read()).toBe(taking);
  });
});
