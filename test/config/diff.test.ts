import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffConfig, diffFiles } from "../../src/config/diff.ts";
import { openConfig } from "../../src/config/document.ts";
import { saveConfig } from "../../src/config/save.ts";
import { awkward, ConfigFile, nowMs } from "./configFile.ts";

const file = new ConfigFile();

describe("a difference between two configs", () => {
  it("compares numbers as numbers and passes notes over", async () => {
    file.write(awkward);
    const other = join(file.folder, "other.json");
    const text = awkward.replace("1.50", "1.5").replace("2e-2", "0.02").replace('"_note": "x"', '"_note": "y"');
    writeFileSync(other, text.replace("1.39", "2"));
    expect(await diffFiles(file.path, other)).toEqual({
      tested: 8,
      changed: 1,
      entries: [{ path: "per_symbol.BTC/USDT:USDT.min_risk_reward", old: 1.39, new: 2 }],
    });
  });

  it("shows null where a key or a symbol is missing", () => {
    const old = { global: { a: 1 }, per_symbol: { BTC: { a: 1 } } };
    const fresh = { global: { b: true }, per_symbol: { ETH: { a: 1 } } };
    expect(diffConfig(old, fresh).entries).toEqual([
      { path: "global.a", old: 1, new: null },
      { path: "global.b", old: null, new: true },
      { path: "per_symbol.BTC.a", old: 1, new: null },
      { path: "per_symbol.ETH.a", old: null, new: 1 },
    ]);
  });

  it("shows a value that became a block, and compares lists as a whole", () => {
    const old = { x_params: { a: 1, allowed_hour: [1, 2] }, _old_params: { a: 1 }, other: { a: 1 } };
    const fresh = { x_params: { a: { b: 1 }, allowed_hour: [2, 1] }, _old_params: { a: 2 }, other: { a: 2 } };
    expect(diffConfig(old, fresh).entries).toEqual([
      { path: "x_params.a", old: 1, new: '{"b":1}' },
      { path: "x_params.allowed_hour", old: [1, 2], new: [2, 1] },
    ]);
  });

  it("counts a table of an exit, or a partial exit, as one value", async () => {
    file.write('{"swing_params": {"roi": {"0": 4, "60": 2}, "own": {"roi_of_mine": 1}}}');
    const partial_exit = { share: 0.5, percent: 1, then: "break_even" };
    const diff = (roi: object) => diffConfig(config, new Map([["swing", { roi, partial_exit }]]), 2);
    const config = await openConfig(file.path);
    expect(diff({ 60: 1, 0: 4 })).toEqual({
      tested: 2,
      changed: 2,
      entries: [
        { path: "swing_params.roi", old: { 0: 4, 60: 2 }, new: { 0: 4, 60: 1 } },
        { path: "swing_params.partial_exit", old: null, new: partial_exit },
      ],
    });
    expect(diff({ 60: 2, 0: 4 }).changed).toBe(1);
  });

  it("takes keys by their exact text", () => {
    const old = JSON.parse('{"x_params": {"constructor": 1, "toString": 2}}');
    expect(diffConfig(old, { x_params: {} }).entries.map(({ path }) => path)).toEqual([
      "x_params.constructor",
      "x_params.toString",
    ]);
  });
});

describe("two numbers", () => {
  const changed = (old: unknown, fresh: unknown): number =>
    diffConfig({ x_params: { a: old } }, { x_params: { a: fresh } }).changed;

  it("within 1e-12 of each other are no difference: that is what adding steps of 0.1 leaves", () => {
    expect(changed(0.3, 0.1 + 0.2)).toBe(0);
    expect(changed(3.3, 1.1 * 3)).toBe(0);
    expect(changed([0.3, 1], [0.1 + 0.2, 1])).toBe(0);
    expect(changed(-0.3, -0.1 - 0.2)).toBe(0);
    expect(changed(1e-20, 1.0000000000001e-20)).toBe(0);
  });

  it("further apart are one, and so are whole numbers, which may be times and ids, 0 and anything else, a number and a text", () => {
    expect(changed(0.3, 0.3000000001)).toBe(1);
    expect(changed(1e-20, 0)).toBe(1);
    expect(changed(0.3, -0.3)).toBe(1);
    expect(changed(1763600000123, 1763600000124)).toBe(1);
    expect(changed(1, "1")).toBe(1);
    expect(changed(1, true)).toBe(1);
  });

  it("are not written by a save where they are no difference", async () => {
    file.write('{"x_params": {"a": 0.3, "b": 1}, "last_update": null}');
    const params = new Map([["x", { a: 0.1 + 0.2, b: 2 }]]);
    const document = await openConfig(file.path);
    expect(diffConfig(document, params).entries).toEqual([{ path: "x_params.b", old: 1, new: 2 }]);
    await saveConfig(document, { params, phase2Learning: null }, { nowMs });
    expect(file.read()).toBe('{"x_params": {"a": 0.3, "b": 2}, "last_update": "2026-11-23 03:05:07"}');
    const none = { params: new Map([["x", { a: 0.1 + 0.2 }]]), phase2Learning: { night: 1 } };
    expect(await saveConfig(await openConfig(file.path), none, { nowMs })).toBeNull();
  });
});

describe("null", () => {
  it("says no more than a missing key", () => {
    expect(diffConfig({ x_params: { a: null, b: null } }, { x_params: { b: 1 } }).entries).toEqual([
      { path: "x_params.b", old: null, new: 1 },
    ]);
    expect(diffConfig({ x_params: null }, { x_params: { b: 1 } }).entries).toEqual([
      { path: "x_params.b", old: null, new: 1 },
    ]);
  });
});

describe("a difference that new parameters make", () => {
  it("counts what the search varied, and what has another value", async () => {
    file.write(awkward);
    const params = new Map([
      ["scalping", { min_signal_score: 65, atr_tp_multiplier: 2 }],
      ["swing", { atr_tp_multiplier: 3, max_holding_hours: 48 }],
    ]);
    expect(diffConfig(await openConfig(file.path), params, 9)).toEqual({
      tested: 9,
      changed: 2,
      entries: [
        { path: "scalping_params.atr_tp_multiplier", old: 1.5, new: 2 },
        { path: "swing_params.max_holding_hours", old: 24, new: 48 },
      ],
    });
  });
});
