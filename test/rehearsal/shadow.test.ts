import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { plainPaint } from "../../src/report/paint.ts";
import { rehearseSummary } from "../../src/report/rehearseSummary.ts";
import { optimize } from "../../src/run/optimize.ts";
import { rehearse } from "../../src/run/rehearse.ts";
import { simulate } from "../../src/run/simulate.ts";
import { dayMs, hourMs, shadowConfig, shadowMarket } from "../support/shadowMarket.ts";

// So short a window that the gate stays closed: only a challenger can come into the config.
const [days, windowDays, everyDays] = [64, 42, 3];

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-rehearsal-shadow-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

it("a rehearsal in the shadow is a loop of optimize and simulate done by hand, ledger and all", async () => {
  const market = shadowMarket(folder, days);
  writeFileSync(at("config.json"), shadowConfig);
  writeFileSync(at("bot.json"), shadowConfig);
  const whole = market.rehearsed(days, days);
  const spans = { everyMs: everyDays * dayMs, windowMs: windowDays * dayMs };
  const asked = { ...whole, config: at("config.json"), ...spans };
  const result = await rehearse({ ...asked, policy: "shadow" });
  expect(result.nights).toHaveLength(7);

  const decisions: unknown[] = [];
  let total = 0;
  let trades = 0;
  const openUntil = new Map<string, number>();
  for (const [k, night] of result.nights.entries()) {
    const known = market.rehearsed(days - everyDays * (result.nights.length - k), windowDays);
    const { runs } = await optimize({ ...known, configs: [at("bot.json")], policy: "shadow" });
    const { verdict, applied } = runs[0]!.phase4.types["good"]!;
    decisions.push([night, verdict, applied === "current" ? null : applied]);
    const { position_size: _, ...params } = JSON.parse(readFileSync(at("bot.json"), "utf8")).good_params;
    writeFileSync(at("params.json"), JSON.stringify(params));
    const { candles, signals, timeframeMs, nowMs } = whole;
    const files = { opportunities: signals, paramsFile: at("params.json"), tradesFile: at("trades.csv") };
    await simulate({ candles, timeframeMs, nowMs, ...files, force: true });
    const [, ...rows] = readFileSync(at("trades.csv"), "utf8").trim().split("\n");
    const until = result.nights[k + 1] ?? result.end;
    const own = rows
      .map((row) => row.split(","))
      .map((cells) => ({ symbol: cells[0]!, entry: +cells[1]!, exit: +cells[2]!, points: 100 * +cells[9]! }))
      .filter(({ entry }) => entry + hourMs > night && entry + hourMs <= until)
      .sort((a, b) => a.entry - b.entry);
    for (const { symbol, entry, exit, points } of own) {
      if ((openUntil.get(symbol) ?? 0) > entry) continue;
      openUntil.set(symbol, exit);
      total += points;
      trades++;
    }
  }
  expect(result.decisions.map(({ night, verdict, applied }) => [night, verdict, applied])).toEqual(decisions);
  expect(result.policies.as_configured.trades).toBe(trades);
  expect(result.policies.as_configured.total_return).toBeCloseTo(total, 9);

  const change = result.decisions.find(({ applied }) => applied !== null)!;
  expect(change).toMatchObject({ applied: "challenger", applied_verdict: "PASSED" });
  expect(change.claimed).toBeGreaterThan(0);
  expect(change.realised!.trades).toBeGreaterThan(0);
  expect(rehearseSummary(result, plainPaint)).toMatch(/good +PASSED +challenger/);
  expect(readFileSync(at("config.json"), "utf8")).toBe(shadowConfig);

  // A bot without parameters has challengers, too: not trading is then both opponents.
  const { config: _, ...blank } = asked;
  const begun = await rehearse({ ...blank, policy: "shadow" });
  expect(begun.policies.never_change.trades).toBe(0);
  expect(begun.decisions.some(({ applied }) => applied === "challenger")).toBe(true);

  const gate = await rehearse(asked);
  expect(gate.answer).toBe("nothing changed");
  expect(gate.fingerprint).not.toBe(result.fingerprint);
  expect(gate.policies.never_change).toEqual(result.policies.never_change);
});
