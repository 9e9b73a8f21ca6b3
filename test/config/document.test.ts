import { describe, expect, it } from "vitest";
import { ConfigDocument, openConfig } from "../../src/config/document.ts";
import { awkward, ConfigFile, codeOf } from "./configFile.ts";

const file = new ConfigFile();

async function opened(text: string) {
  file.write(text);
  return openConfig(file.path);
}

describe("current parameters", () => {
  it("are the type's block, else derived from global and the defaults", async () => {
    const document = await opened(awkward);
    expect(document.currentParams("scalping")["min_signal_score"]).toBe(65);
    expect([document.isDerived("scalping"), document.isDerived("swing")]).toEqual([false, true]);
    expect(document.currentParams("swing")).toEqual({
      min_signal_score: 60,
      min_indicator_consensus: 1,
      min_risk_reward: 1.5,
      atr_tp_multiplier: 3,
      atr_stop_multiplier: 1.5,
      max_holding_hours: 24,
      trailing_stop_enabled: false,
    });
    expect(document.currentParams("breakout")).toEqual({});
    expect(document.currentParams("constructor")).toEqual({});
  });

  it("are the defaults where nothing is said", async () => {
    expect((await opened("{}")).currentParams("scalping")).toEqual({
      min_signal_score: 60,
      min_indicator_consensus: 1,
      min_risk_reward: 1.5,
      atr_tp_multiplier: 2,
      atr_stop_multiplier: 1.5,
      max_holding_hours: 12,
      trailing_stop_enabled: false,
    });
  });

  it("take no value from a prototype", async () => {
    const document = await opened('{"global": {"__proto__": {"min_signal_score": 1}}, "x_params": {"__proto__": 5}}');
    expect(document.currentParams("scalping")["min_signal_score"]).toBe(60);
    expect(Object.entries(document.currentParams("x"))).toEqual([["__proto__", 5]]);
  });

  it("are refused where their block is no object, before any work is done on them", async () => {
    const document = await opened('{"scalping_params": [60]}');
    expect(() => document.currentParams("scalping")).toThrow("a parameter block must be an object");
    expect(await codeOf(Promise.resolve().then(() => document.currentParams("scalping")))).toBe("CONFIG_BLOCK");
  });
});

describe("the last update", () => {
  it.each([
    ['"2025-11-20 03:15:07"', Date.UTC(2025, 10, 20, 3, 15, 7)],
    ['"2025-11-20T03:15:07"', Date.UTC(2025, 10, 20, 3, 15, 7)],
    ['"2025-11-20T03:15:07.250Z"', Date.UTC(2025, 10, 20, 3, 15, 7, 250)],
    ['"2025-11-20T03:15:07.123456"', Date.UTC(2025, 10, 20, 3, 15, 7, 123)],
    ['"2025-11-20T03:15:07+08:00"', Date.UTC(2025, 10, 19, 19, 15, 7)],
    ['"2025-11-20"', Date.UTC(2025, 10, 20)],
    ['"yesterday"', null],
    ['"2025-13-20 03:15:07"', null],
    ["1763600000", 1763600000000],
    ["1763600000123", 1763600000123],
    ["{}", null],
    ["null", null],
  ])("%s", async (text, expected) => {
    expect((await opened(`{"last_update": ${text}}`)).lastUpdateMs()).toBe(expected);
  });

  it("is unknown where there is none", async () => {
    expect((await opened("{}")).lastUpdateMs()).toBe(null);
  });
});

describe("the snapshot", () => {
  it("holds four keys and nothing else, and cannot be changed", async () => {
    const snapshot = (await opened(awkward)).snapshot();
    expect(Object.keys(snapshot)).toEqual(["global", "per_symbol", "scalping_params", "swing_params"]);
    expect(Object.isFrozen(snapshot["per_symbol"]!["BTC/USDT:USDT"])).toBe(true);
  });

  it("is the config as it was loaded, whatever was written since", async () => {
    const document = await opened(awkward);
    file.edit("65.0", "1");
    expect(document.snapshot()["scalping_params"]!["min_signal_score"]).toBe(65);
    expect(document.loads).toBe(1);
  });
});

describe("a config as it would be after a save", () => {
  it("lays the new values over the old, says when, and leaves document and file as they were", async () => {
    const text = `{"last_update": "2025-01-01 00:00:00", "dip_params": {"min_luck": 1, "position_size": 2}}`;
    const document = await opened(text);
    const next = document.withParams(new Map([["dip", { min_luck: 5 }]]), Date.UTC(2025, 1, 1, 3));
    expect(next.currentParams("dip")).toEqual({ min_luck: 5, position_size: 2 });
    expect(next.lastUpdateMs()).toBe(Date.UTC(2025, 1, 1, 3));
    expect([document.currentParams("dip")["min_luck"], document.lastUpdateMs()]).toEqual([1, Date.UTC(2025, 0, 1)]);
    expect(file.read()).toBe(text);
    expect(document.withParams(new Map(), 0)).toBe(document);
  });

  it("has no parameters at all where it was blank, not even those that others derive", () => {
    const blank = ConfigDocument.blank(["scalping"]);
    expect([blank.currentParams("scalping"), blank.lastUpdateMs()]).toEqual([{}, null]);
    const next = blank.withParams(new Map([["scalping", { min_signal_score: 70 }]]), 0);
    expect(next.currentParams("scalping")).toEqual({ min_signal_score: 70 });
  });
});
