import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffConfig, diffFiles } from "../../src/config/diff.ts";
import { openConfig } from "../../src/config/document.ts";
import { freqtradeLayout } from "../../src/config/freqtrade/layout.ts";
import { type FreqtradeMap, freqtradeMapOf } from "../../src/config/freqtrade/map.ts";
import { percentOf, shareOf } from "../../src/config/freqtrade/shares.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { ConfigFile, errorOf, nowMs } from "./configFile.ts";

const file = new ConfigFile();

/** Spellings, an order and spaces that a parse-and-print cycle would change. */
const hyperopted = `{
  "strategy_name": "Dip",
  "params": {
    "roi": {
      "0": 0.04,
      "60": 0.020,
      "1440": -1
    },
    "stoploss": {"stoploss": -0.080},
    "trailing": {
      "trailing_stop": true,
      "trailing_stop_positive": 0.01,
      "trailing_stop_positive_offset": 0.020,
      "trailing_only_offset_is_reached": true
    },
    "max_open_trades": {
      "max_open_trades": 3
    },
    "buy": {
      "rsi_max": 30.0, "ema_period": 20,
      "use_trend": false
    },
    "protection": {
      "cooldown_lookback": 5
    }
  },
  "ft_stratparam_v": 1,
  "export_time": "2025-10-24 04:29:35.342721+00:00"
}
`;

const map = mapOf({ buy: { rsi_max: "max_rsi", use_trend: "require_trend" } });

function mapOf(document: unknown): FreqtradeMap {
  return freqtradeMapOf({ path: "map.json", document });
}

/** The file with one text in place of another. */
function having(from: string, to: string): string {
  if (!hyperopted.includes(from)) throw new Error(`nothing to replace: ${from}`);
  return hyperopted.replace(from, () => to);
}

async function currentOf(text: string, given = map) {
  file.write(text);
  return (await openConfig(file.path, freqtradeLayout(given))).currentParams("all");
}

async function save(params: Record<string, unknown>, given = map) {
  const document = await openConfig(file.path, freqtradeLayout(given));
  return saveConfig(document, { params: new Map([["all", params]]), phase2Learning: { timestamp: "x" } }, { nowMs });
}

const current = {
  stop_loss_percent: 8,
  max_holding_hours: 24,
  roi: { "0": 4, "60": 2 },
  trailing_stop_enabled: true,
  trailing_activation_percent: 2,
  trailing_distance_percent: 1,
  max_rsi: 30,
  require_trend: false,
};

describe("a parameter file of freqtrade", () => {
  it("gives the current parameters in Sluice's names and units", async () => {
    expect(await currentOf(hyperopted)).toEqual(current);
  });

  it("gives exits alone without a map", async () => {
    const { max_rsi: _, require_trend: __, ...exits } = current;
    expect(await currentOf(hyperopted, mapOf({}))).toEqual(exits);
  });

  it("has no target before its end if its table has none", async () => {
    const text = having('"0": 0.04,\n      "60": 0.020,\n', "");
    expect(await currentOf(text)).toMatchObject({ roi: { "1440": -1 }, max_holding_hours: 24 });
  });

  it("trails at the distance of the stop if it has no distance of its own", async () => {
    const text = having("0.01,", "null,").replace('reached": true', 'reached": false');
    expect(await currentOf(text)).toMatchObject({ trailing_activation_percent: 0, trailing_distance_percent: 8 });
  });

  it("leaves to the map what it does not give, and only that", async () => {
    const open = having(',\n      "1440": -1', "");
    const held = mapOf({ current: { max_holding_hours: 48, stop_loss_percent: 3, use_exit_signal: true } });
    expect(await currentOf(open, held)).toMatchObject({
      max_holding_hours: 48,
      stop_loss_percent: 8,
      use_exit_signal: true,
    });
  });

  it.each([
    ["no stop", having('"stoploss": {"stoploss": -0.080}', '"stoploss": {}'), "FREQTRADE_LACKS", "stoploss.stoploss"],
    ["no table", having('"roi"', '"roj"'), "FREQTRADE_LACKS", "params.roi"],
    ["no end to a trade", having('"1440": -1', '"1440": 0'), "FREQTRADE_LACKS", "params.roi"],
    ["no trailing", having('"trailing"', '"trailink"'), "FREQTRADE_LACKS", "params.trailing"],
    ["no threshold that the map names", having("rsi_max", "rsi_most"), "FREQTRADE_LACKS", "params.buy.rsi_max"],
    ["no parameters", '{"strategy_name": "Dip", "ft_stratparam_v": 1}', "FREQTRADE_LACKS", "params"],
    ["two distances in turn", having('reached": true', 'reached": false'), "FREQTRADE_VALUE", "trailing_only_offset"],
    ["an offset not above the distance", having('offset": 0.020', 'offset": 0.01'), "FREQTRADE_VALUE", "offset"],
    ["a stop above the entry", having("-0.080", "0.08"), "FREQTRADE_VALUE", "stoploss"],
    [
      "a share that would close any trade",
      having('0.020,\n      "1440"', '-0.01,\n      "1440"'),
      "FREQTRADE_VALUE",
      "roi.60",
    ],
    ["minutes that are none", having('"60"', '"1h"'), "FREQTRADE_VALUE", "roi.1h"],
    ["a word for a threshold", having("30.0", '"30"'), "FREQTRADE_VALUE", "params.buy.rsi_max"],
    ["a number for a switch", having("false\n", "0\n"), "FREQTRADE_VALUE", "params.buy.use_trend"],
  ])("is refused with %s", async (_, text, code, where) => {
    const error = await errorOf(currentOf(text));
    expect(error.code).toBe(code);
    expect(error.details.where).toContain(where);
    expect(Object.keys(error.details)).toEqual(["where", "found", "expected", "remedy"]);
  });

  it("is refused in another version, and so is freqtrade's own configuration", async () => {
    file.write(having('v": 1', 'v": 2'));
    expect((await errorOf(openConfig(file.path))).code).toBe("FREQTRADE_VERSION");
    file.write('{"strategy_name": "Dip", "params": {}}');
    expect((await errorOf(openConfig(file.path))).code).toBe("FREQTRADE_VERSION");
    file.write('{"stake_currency": "USDT", "exchange": {"name": "binance"}, "minimal_roi": {"0": 1}}');
    expect((await errorOf(openConfig(file.path))).code).toBe("FREQTRADE_CONFIG");
  });
});

describe("a save to a parameter file of freqtrade", () => {
  const stamped = (text: string): string => text.replace("2025-10-24 04:29:35.342721", "2026-11-23 03:05:07.000000");

  it("changes the bytes of the values that differ, and no other", async () => {
    file.write(hyperopted);
    const saved = await save({ ...current, stop_loss_percent: 7, max_rsi: 25.5, require_trend: true });
    const wanted = stamped(hyperopted)
      .replace("-0.080", "-0.07")
      .replace("30.0", "25.5")
      .replace('"use_trend": false', '"use_trend": true');
    expect(file.read()).toBe(wanted);
    expect(readFileSync(saved!.backup, "utf8")).toBe(hyperopted);
    expect(await currentOf(file.read())).toEqual({
      ...current,
      stop_loss_percent: 7,
      max_rsi: 25.5,
      require_trend: true,
    });
  });

  it("writes a table and a holding time as one table", async () => {
    file.write(hyperopted);
    await save({ roi: { "0": 3, "30": 0, "2000": -1 }, max_holding_hours: 12 });
    const wanted = having('"60": 0.020,\n      "1440": -1', '"30": 0,\n      "720": -1').replace("0.04", "0.03");
    expect(file.read()).toBe(stamped(wanted));
  });

  it("keeps the table if only the holding time changes, and the holding time if only the table does", async () => {
    file.write(hyperopted);
    await save({ max_holding_hours: 2 });
    expect((await openConfig(file.path, freqtradeLayout(map))).valueAt(["params", "roi"])).toEqual({
      0: 0.04,
      60: 0.02,
      120: -1,
    });
    await save({ take_profit_percent: 5 });
    expect((await openConfig(file.path, freqtradeLayout(map))).valueAt(["params", "roi"])).toEqual({
      0: 0.05,
      120: -1,
    });
  });

  it("switches trailing off by one value", async () => {
    file.write(hyperopted);
    await save({ trailing_stop_enabled: false });
    expect(file.read()).toBe(stamped(having('"trailing_stop": true', '"trailing_stop": false')));
  });

  it("adds what is missing where freqtrade looks for it", async () => {
    const off = having(
      '"trailing_stop": true,\n      "trailing_stop_positive": 0.01,',
      '"trailing_stop": false,',
    ).replace('"use_trend": false', '"x": 1');
    file.write(off);
    const given = mapOf({
      buy: { use_trend: "require_trend" },
      sell: { rsi_min: "min_rsi" },
      current: { require_trend: false, min_rsi: 60 },
    });
    const next = { trailing_stop_enabled: true, trailing_activation_percent: 2, trailing_distance_percent: 1 };
    await save({ ...next, require_trend: true, min_rsi: 70 }, given);
    const saved = JSON.parse(file.read()).params;
    expect(saved.trailing).toEqual(JSON.parse(hyperopted).params.trailing);
    expect(saved.buy).toEqual({ rsi_max: 30, ema_period: 20, x: 1, use_trend: true });
    expect(saved.sell).toEqual({ rsi_min: 70 });
    await rollback(file.path);
    expect(file.read()).toBe(off);
  });

  it("writes nothing if no value changes, and neither learning nor blocks of Sluice's own", async () => {
    file.write(hyperopted);
    expect(await save(current)).toBe(null);
    expect(file.names()).toEqual(["learning_config.json"]);
    await save({ stop_loss_percent: 5 });
    expect(Object.keys(JSON.parse(file.read()))).toEqual(Object.keys(JSON.parse(hyperopted)));
  });

  it("rolls back to the byte, and by keys alone once hyperopt wrote other spaces", async () => {
    file.write(hyperopted);
    await save({ stop_loss_percent: 5, max_rsi: 20 });
    await rollback(file.path);
    expect(file.read()).toBe(hyperopted);
    await save({ stop_loss_percent: 5, max_rsi: 20 });
    file.edit('"cooldown_lookback": 5', '"cooldown_lookback": 9');
    expect((await rollback(file.path)).restored).toBe("keys");
    expect(file.read()).toBe(having('"cooldown_lookback": 5', '"cooldown_lookback": 9'));
  });

  it("is a conflict if hyperopt wrote the same value meanwhile", async () => {
    file.write(hyperopted);
    const document = await openConfig(file.path, freqtradeLayout(map));
    file.edit("-0.080", "-0.2");
    const params = new Map([["all", { stop_loss_percent: 5 }]]);
    const error = await errorOf(saveConfig(document, { params, phase2Learning: null }, { nowMs }));
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.details.where).toContain("params.stoploss.stoploss");
    expect(file.read()).toContain("-0.2");
  });

  it.each([
    [{ atr_stop_multiplier: 2 }, "atr_stop_multiplier"],
    [{ break_even_activation_percent: 1 }, "break_even_activation_percent"],
    [{ partial_exit: { share: 0.5, percent: 1 } }, "partial_exit"],
    [{ min_adx: 20 }, "min_adx"],
    [{ allowed_hour: [1, 2] }, "allowed_hour"],
    [{ roi: { "0.5": 1 } }, "roi"],
    [{ stop_loss_percent: 100 }, "stop_loss_percent"],
  ])("is refused for %j, and nothing is written", async (params, name) => {
    file.write(hyperopted);
    const error = await errorOf(save(params));
    expect(error.code).toBe("FREQTRADE_NO_PLACE");
    expect(error.details.where).toContain(name);
    expect(file.read()).toBe(hyperopted);
  });

  it("is refused for a trailing offset that is not above the distance", async () => {
    file.write(hyperopted);
    expect((await errorOf(save({ trailing_activation_percent: 1 }))).code).toBe("FREQTRADE_OFFSET");
  });
});

describe("a space for a parameter file of freqtrade", () => {
  const space = { stop_loss_percent: [2, 3], roi: [{ "0": 2 }], max_holding_hours: [24], max_rsi: [30, 25] };

  it.each([
    ["whole sets that have a place", {}, null],
    ["exit signals that the strategy always uses", { use_exit_signal: [true] }, null],
    ["rules that are switched off", { partial_exit: ["none"], break_even_activation_percent: ["none"] }, null],
    ["exit signals as a choice", { use_exit_signal: [false, true] }, "FREQTRADE_NO_PLACE"],
    ["a stop in ATRs", { atr_stop_multiplier: [2] }, "FREQTRADE_NO_PLACE"],
    ["a filter that the map lacks", { min_adx: [20] }, "FREQTRADE_NO_PLACE"],
    [
      "one pair of offset and distance that freqtrade refuses",
      { trailing_stop_enabled: [true], trailing_activation_percent: [3, 1], trailing_distance_percent: [0.5, 1] },
      "FREQTRADE_OFFSET",
    ],
  ])("has %s", async (_, more, code) => {
    file.write(hyperopted);
    const document = await openConfig(file.path, freqtradeLayout(map));
    const check = async () => document.requireSpace({ ...space, ...more } as never, "space.json");
    if (code === null) await check();
    else expect((await errorOf(check())).code).toBe(code);
  });
});

describe("differences of parameter files of freqtrade", () => {
  it("are named by freqtrade's names", async () => {
    file.write(hyperopted);
    const document = await openConfig(file.path, freqtradeLayout(map));
    expect(diffConfig(document, new Map([["all", { stop_loss_percent: 7, max_rsi: 30 }]])).entries).toEqual([
      { path: "params.stoploss.stoploss", old: -0.08, new: -0.07 },
    ]);
    const other = join(file.folder, "other.json");
    writeFileSync(other, having('"60": 0.020', '"60": 0.01').replace('cooldown_lookback": 5', 'cooldown_lookback": 6'));
    expect((await diffFiles(file.path, other)).entries).toEqual([
      { path: "params.roi", old: { 0: 0.04, 60: 0.02, 1440: -1 }, new: { 0: 0.04, 60: 0.01, 1440: -1 } },
      { path: "params.protection.cooldown_lookback", old: 5, new: 6 },
    ]);
  });
});

describe("a map", () => {
  it.each([
    ["a list", [], "map.json"],
    ["a space of exits", { roi: {} }, "roi"],
    ["a space that is no object", { buy: "max_rsi" }, "buy"],
    ["an exit", { buy: { hold: "max_holding_hours" } }, "hold"],
    ["a name that is no filter", { buy: { rsi_max: "rsi" } }, "rsi_max"],
    ["a list of numbers", { buy: { hours: "allowed_hour" } }, "hours"],
    ["one filter twice", { buy: { a: "max_rsi", b: "max_rsi" } }, "b"],
    ["a current value that is none", { current: { max_holding_hours: "24" } }, "max_holding_hours"],
    ["a current value of nothing known", { current: { hold: 24 } }, "hold"],
  ])("is refused with %s", (_, document, where) => {
    try {
      mapOf(document);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "FREQTRADE_MAP" });
      expect((error as { details: { where: string } }).details.where).toContain(where);
    }
  });
});

describe("shares and percentages", () => {
  it("are decimal: what a person would write", () => {
    for (const [percent, share] of [
      [7, 0.07],
      [0.1, 0.001],
      [1.1, 0.011],
      [2.9, 0.029],
      [1e-7, 1e-9],
      [0, 0],
      [-1.5, -0.015],
      [1e21, 1e19],
    ] as const) {
      expect(shareOf(percent)).toBe(share);
      expect(percentOf(share)).toBe(percent);
    }
  });
});
