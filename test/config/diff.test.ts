import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diffConfig, diffFiles } from "../../src/config/diff.ts";
import { openConfig } from "../../src/config/document.ts";
import { awkward, ConfigFile } from "./configFile.ts";

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

  it("takes keys by their exact text", () => {
    const old = JSON.parse('{"x_params": {"constructor": 1, "toString": 2}}');
    expect(diffConfig(old, { x_params: {} }).entries.map(({ path }) => path)).toEqual([
      "x_params.constructor",
      "x_params.toString",
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
