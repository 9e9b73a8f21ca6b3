import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { challengersOf } from "../../src/config/ledgerChallenger.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { optimize } from "../../src/library/calls.ts";
import { simulate } from "../../src/run/simulate.ts";
import { shadowConfig, shadowMarket } from "../support/shadowMarket.ts";

// As in shadow.test.ts: the hold-out has too few days for the gate, whatever the candidates are worth.
const firstNight = 45;

let folder = "";
let market: ReturnType<typeof shadowMarket>;
const config = (): string => join(folder, "bot.json");
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-shadow-by-coin-"));
  market = shadowMarket(join(folder, "edges"), 64);
  writeFileSync(config(), shadowConfig);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const night = async (day: number) => {
  const request = { ...market.request(day), configs: [config()], policy: "shadow" as const, group: "symbol" as const };
  const result = await optimize(request, { thread: "caller" });
  return result.runs[0]!;
};
const openOf = async (key: string, day: number) =>
  challengersOf((await readLedger(config(), market.nightMs(day))).entries, key, market.nightMs(day)).open;

describe("challengers in a run by groups", () => {
  it("are one for each group and type, scored on the group's own trades", async () => {
    const first = await night(firstNight);
    const keys = Object.keys(first.decision);
    expect(keys).toEqual(["good of AAA", "good of BBB", "good of CCC"]);
    const frozen = keys.filter((key) => first.decision[key]!.challenger?.state === "frozen");
    expect(frozen.length).toBeGreaterThan(1);
    expect(await openOf("good", firstNight)).toBeNull();
    for (const key of frozen) {
      expect((await openOf(key, firstNight))!.params).toEqual(first.decision[key]!.challenger!.params);
      expect(first.groups![key.slice("good of ".length)]!.decision["good"]).toEqual(first.decision[key]);
    }
    expect(readFileSync(config(), "utf8")).toBe(shadowConfig);

    const later = await night(firstNight + 6);
    for (const key of frozen) {
      const { days, evidence } = later.decision[key]!.challenger!;
      expect(days).toBe(5);
      expect(evidence.nothing.value).not.toBe(1);
    }
    // Each by its own symbol: the same set of two groups has another account.
    const accounts = frozen.map((key) => later.decision[key]!.challenger!.evidence.nothing.value);
    expect(new Set(accounts).size).toBe(accounts.length);
  });

  it("are written to their own symbols once they have won", async () => {
    let won: string | undefined;
    let day = firstNight + 7;
    for (; day <= 64 && won === undefined; day++) {
      const run = await night(day);
      won = Object.keys(run.decision).find((key) => run.decision[key]!.applied === "challenger");
      if (won === undefined) continue;
      expect(run.saved).not.toBeNull();
      const symbol = won.slice("good of ".length);
      const parsed = JSON.parse(readFileSync(config(), "utf8")) as Record<
        string,
        Record<string, Record<string, object>>
      >;
      expect(parsed["per_symbol"]![symbol]!["good_params"]).toEqual(run.decision[won]!.challenger!.params);
      const reason = run.decision[won]!.reasons.find(({ code }) => code === "CHALLENGER_WON")!;
      const { trades, since } = { trades: Number(reason["trades"]), since: String(reason["since"]) };
      // As `simulate` trades them on that symbol alone.
      const { candles, timeframeMs, signals, nowMs } = market.request(day);
      const { params } = run.decision[won]!.challenger!;
      const all = await simulate({ candles, timeframeMs, nowMs, opportunities: signals, params, lenient: true }, {});
      const entered = all.trades.filter((trade) => trade.symbol === symbol && trade.entry_time >= Date.parse(since));
      expect(trades).toBeGreaterThan(0);
      expect(trades).toBeLessThanOrEqual(entered.length);
    }
    expect(won).toBeDefined();
  });
});
