import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { challengersOf } from "../../src/config/ledgerChallenger.ts";
import { entriesOf } from "../../src/config/ledgerEntries.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { optimize } from "../../src/library/calls.ts";
import { paintFor } from "../../src/report/paint.ts";
import { optimizeSummary } from "../../src/report/summary.ts";
import { simulate } from "../../src/run/simulate.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { clipOf, thresholdOf } from "../../src/validation/challenger.ts";
import { type DayKind, dayMs, hourMs, shadowConfig, shadowMarket } from "../support/shadowMarket.ts";

// A window of 42 days has a hold-out of 13, and the gate asks for 15 with a trade: it is closed whatever the candidates are worth.
const firstNight = 45;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-shadow-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bots = 0;
/** Of this test alone: backups tell of earlier runs. */
const config = (): string => join(folder, `bot-${bots}.json`);
const ledgerFile = (): string => join(`${config()}.sluice`, "ledger.jsonl");
const marketOf = (name: string, days: number, kindOf?: (day: number) => DayKind, seed?: number) =>
  shadowMarket(join(folder, name), days, kindOf, seed);
let edges: ReturnType<typeof shadowMarket>;
const market = () => edges;
beforeAll(() => {
  edges = marketOf("edges", 64);
});

const newBot = (): void => {
  bots++;
  writeFileSync(config(), shadowConfig);
};
beforeEach(newBot);

const night = async (day: number, more: object = {}, of = market(), windowDays?: number) => {
  const request = { ...of.request(day, windowDays), configs: [config()], policy: "shadow" as const, ...more };
  const result = await optimize(request, { thread: "caller" });
  const run = result.runs[0]!;
  return { result, run, decision: run.decision["good"]!, challenger: run.decision["good"]!.challenger };
};
const events = async (nowMs: number) =>
  entriesOf((await readLedger(config(), nowMs)).entries, "challenger").map(({ event, outcome }) => outcome ?? event);
const codes = ({ reasons }: { readonly reasons: readonly { readonly code: string }[] }) =>
  reasons.map(({ code }) => code).filter((code) => code.startsWith("CHALLENGER"));

describe("a candidate that is not surely better", () => {
  it("is frozen by a night that changes nothing, and the next nights score it on the days that are over, each once", async () => {
    const first = await night(firstNight);
    expect(first.decision).toMatchObject({ advice: "keep", applied: null });
    expect(first.decision.reasons.map(({ code }) => code)).toEqual(["TOO_FEW", "TOO_FEW", "CHALLENGER_FROZEN"]);
    expect(first.challenger).toMatchObject({
      params: first.run.phase3["good"]!.params,
      verdict: "PASSED",
      // The day whose candles are all that is known is the first that no choice has seen.
      since: new Date(market().nightMs(firstNight)).toISOString().slice(0, 10),
      ...{ days: 0, needed: thresholdOf(1), state: "frozen", recorded: true },
    });
    expect(readFileSync(config(), "utf8")).toBe(shadowConfig);
    expect(optimizeSummary(first.result, paintFor(false)).replace(/\s+/g, " ")).toContain(
      "Phase 3's set is the challenger from 14 Sep on; it needs evidence of 33.",
    );

    // A day is over once a later one's signals are known and everything that was entered on it has had its time.
    expect((await night(firstNight + 1)).challenger).toMatchObject({ days: 0, state: "running" });
    const fourth = await night(firstNight + 4);
    expect(fourth.challenger).toMatchObject({ days: 3, state: "running" });
    const again = await night(firstNight + 4);
    expect(again.challenger).toEqual(fourth.challenger);
    expect(await events(market().nightMs(firstNight + 4))).toEqual(["frozen", "scored"]);
    const { value } = fourth.challenger!.evidence.nothing;
    expect(optimizeSummary(again.result, paintFor(false)).replace(/\s+/g, " ")).toContain(
      `Challenger since 14 Sep: 3 days, evidence ${Math.floor(value)} of 33.`,
    );
  });

  it("makes on each day what simulate says that it makes, one position per symbol, against what the config's set makes", async () => {
    const { challenger: frozen, run } = await night(firstNight);
    const current = run.phase4.types["good"]!.candidates.at(-1)!.params;
    const { frozenDay, own, other } = await byHand(firstNight, frozen!.params, current);
    const knownDays = Array.from({ length: own.size }, (_, k) => frozenDay - own.size + 1 + k);
    const clips = {
      current: clipOf(knownDays.map((day) => own.get(day)! - other.get(day)!))!,
      nothing: clipOf(knownDays.map((day) => own.get(day)!))!,
    };
    const { challenger } = await night(firstNight + 5);
    const later = await byHand(firstNight + 5, frozen!.params, current, frozenDay + 1);
    const evidence = { current: 1, nothing: 1 };
    for (let day = frozenDay + 1; day <= frozenDay + 4; day++) {
      const points = later.own.get(day)!;
      const bet = (difference: number, clip: number) => 1 + Math.min(difference, clip) / (2 * clip);
      evidence.current *= bet(points - later.other.get(day)!, clips.current);
      evidence.nothing *= bet(points, clips.nothing);
    }
    expect(challenger!.days).toBe(4);
    expect(challenger!.evidence.current.value).toBeCloseTo(evidence.current, 9);
    expect(challenger!.evidence.nothing.value).toBeCloseTo(evidence.nothing, 9);
  });

  it("is applied when it has won, first said by a dry run, and ends its row", async () => {
    const { challenger: frozen } = await night(firstNight);
    const [early, late] = [await night(firstNight + 8), await night(firstNight + 12, { dryRun: true })];
    expect(early.challenger!.state).toBe("running");
    expect(late.decision).toMatchObject({ advice: "apply", applied: "challenger" });
    expect(late.challenger).toMatchObject({ state: "won", recorded: false });
    expect([late.run.saved, late.run.not_saved_because]).toEqual([null, "--dry-run"]);
    expect(late.run.diff!.changed).toBeGreaterThan(0);
    expect(readFileSync(config(), "utf8")).toBe(shadowConfig);

    // So many days are enough for the gate, too.
    const both = await night(firstNight + 12, { dryRun: true }, market(), firstNight + 12);
    expect(both.decision.applied).toBe("challenger");
    expect(both.decision.reasons.map(({ code }) => code)).toEqual(["CHALLENGER_WON", "CHALLENGER_FIRST"]);

    const later = { nowMs: market().nightMs(firstNight + 14) };
    const refused = await night(firstNight + 12, later);
    expect(refused.run.not_saved_because).toContain("--allow-stale");
    expect(refused.challenger).toMatchObject({ state: "won", recorded: true });

    const { decision, challenger, run, result } = await night(firstNight + 12, { ...later, allowStale: true });
    expect(decision).toMatchObject({ advice: "apply", applied: "challenger" });
    expect(run.phase4.types["good"]!.applied).toBe("challenger");
    const [won] = decision.reasons;
    expect(won).toMatchObject({ code: "CHALLENGER_WON", days: challenger!.days, needed: thresholdOf(1) });
    expect(Math.min(Number(won!["evidence_current"]), Number(won!["evidence_nothing"]))).toBeGreaterThan(32.8);
    expect(Number(won!["trades"])).toBeGreaterThan(20);
    expect(run.saved).not.toBeNull();
    expect(JSON.parse(readFileSync(config(), "utf8")).good_params).toEqual({
      ...frozen!.params,
      position_size: 0.05,
    });
    const { nowMs } = later;
    expect((await events(nowMs)).at(-1)).toBe("applied");
    expect(challengersOf((await readLedger(config(), nowMs)).entries, "good", nowMs)).toEqual({
      open: null,
      row: null,
    });
    const text = optimizeSummary(result, paintFor(false)).replace(/\s+/g, " ");
    expect(text).toContain(
      "the challenger since 14 Sep is better than the current set and than not trading, on 10 days",
    );
    expect(text).toContain("the challenger is applied");
    expect(text).toMatch(/good applied: the challenger/);
  });
});

describe("a challenger ends", () => {
  it("where it does not look better: dropped, and the next of its row needs four times as much", async () => {
    const mirrored = marketOf("mirrored", 70, (day) => (day < firstNight ? "edge" : "mirrored"));
    await night(firstNight, {}, mirrored);
    const { decision, challenger } = await night(firstNight + 16, {}, mirrored);
    expect(codes(decision)).toEqual(["CHALLENGER_DROPPED"]);
    expect(decision.applied).toBeNull();
    expect(challenger).toMatchObject({ state: "dropped", recorded: true });
    const { current, nothing } = challenger!.evidence;
    expect(Math.min(current.value, nothing.value)).toBeLessThan(1 / 5);
    // As if the edge had come back.
    expect((await night(firstNight + 17)).challenger).toMatchObject({ state: "frozen", needed: thresholdOf(2) });
    expect(await events(mirrored.nightMs(firstNight + 17))).toEqual(["frozen", "dropped", "frozen"]);
  });

  it("after ninety days, of which those count that the candles cover", async () => {
    const silent = marketOf("silent", 140, (day) => (day < firstNight ? "edge" : "silent"));
    await night(firstNight, {}, silent);
    // 42 days are read, and no signal of the first one is.
    const late = await night(firstNight + 89, {}, silent);
    expect(late.challenger).toMatchObject({ state: "running", days: 39 });
    const { decision, challenger } = await night(firstNight + 91, {}, silent);
    expect(codes(decision)).toEqual(["CHALLENGER_EXPIRED"]);
    expect(challenger).toMatchObject({ state: "expired", recorded: true });
    expect((await events(silent.nightMs(firstNight + 91))).at(-1)).toBe("expired");
  });

  it("where the gate applies another set, or somebody else changed what it is held against: withdrawn, with no day scored", async () => {
    await night(firstNight);
    const byGate = await night(firstNight + 8, {}, market(), firstNight + 8);
    expect(byGate.decision.applied).toBe("phase3");
    expect(codes(byGate.decision)).toEqual(["CHALLENGER_WITHDRAWN"]);
    expect(byGate.challenger!.state).toBe("withdrawn");
    expect((await events(market().nightMs(firstNight + 8))).at(-1)).toBe("withdrawn");

    const nowAfter = await night(firstNight + 9);
    expect(nowAfter.challenger).toMatchObject({ state: "frozen", needed: thresholdOf(2) });
    const text = readFileSync(config(), "utf8");
    writeFileSync(config(), text.replace(/"max_holding_hours": \d+/, '"max_holding_hours": 5'));
    const byOthers = await night(firstNight + 12);
    expect(codes(byOthers.decision)).toEqual(["CHALLENGER_WITHDRAWN", "CHALLENGER_FROZEN"]);
    expect(byOthers.challenger).toMatchObject({ days: 0, needed: thresholdOf(3) });
  });

  it("with its ledger, whose nights may each have had one: the next needs what comes after all of them", async () => {
    await night(firstNight);
    rmSync(ledgerFile());
    const { challenger, run } = await night(firstNight + 5);
    expect(run.ledger!.state).toBe("missing");
    expect(challenger).toMatchObject({ state: "frozen", days: 0, needed: thresholdOf(7) });
    appendFileSync(ledgerFile(), '{"torn');
    expect((await night(firstNight + 6)).challenger).toMatchObject({ state: "frozen", needed: thresholdOf(10) });
  });
});

describe("a run that is not to write", () => {
  it("says what it would freeze and how a challenger would stand, and leaves the challengers as they are", async () => {
    const { challenger: would } = await night(firstNight, { dryRun: true });
    expect(would).toMatchObject({ state: "frozen", recorded: false, days: 0 });
    expect(await events(market().nightMs(firstNight))).toEqual([]);
    const { challenger: frozen } = await night(firstNight);
    expect({ ...frozen, recorded: false }).toEqual(would);
    const dry = await night(firstNight + 4, { dryRun: true });
    expect(dry.challenger).toMatchObject({ state: "running", days: 3, recorded: false });
    expect(await events(market().nightMs(firstNight + 4))).toEqual(["frozen"]);
    const { challenger } = await night(firstNight + 4);
    expect({ ...challenger, recorded: false }).toEqual(dry.challenger);
  });

  it("by the gate alone has no challenger, and looks at the hold-out as the other policy does", async () => {
    const gate = await night(firstNight, { policy: "gate" });
    expect(gate.challenger).toBeNull();
    expect(await events(market().nightMs(firstNight))).toEqual([]);
    const shadow = await night(firstNight);
    expect(shadow.run.ledger!.types["good"]).toMatchObject({ look: 1, repeated: true });
    expect(shadow.decision.reasons.slice(0, 2)).toEqual(gate.decision.reasons);
  });

  it("has no ledger without a config, and says so", async () => {
    const { result, challenger } = await night(firstNight, { configs: [] });
    expect(result.warnings.map(({ code }) => code)).toContain("POLICY_WITHOUT_CONFIG");
    expect(challenger).toBeNull();
  });
});

it("the same nights with the same ledger give the same bytes", async () => {
  const lived = async () => {
    newBot();
    const nights = [];
    for (const day of [firstNight, firstNight + 3]) {
      const { memory: _, ...result } = (await night(day)).result;
      nights.push(result);
    }
    return JSON.stringify(nights).replaceAll(config(), "the bot");
  };
  expect(await lived()).toBe(await lived());
});

it("noise becomes a challenger and wins nothing, though it costs nothing to trade", async () => {
  const seen: string[] = [];
  for (const seed of [11, 12, 13]) {
    newBot();
    const noise = marketOf(`noise-${seed}`, 80, () => "noise", seed);
    for (let day = firstNight; day < 80; day += 7) {
      const { decision } = await night(day, { fee: 0, slippage: 0 }, noise);
      seen.push(...codes(decision));
      expect(decision.applied).toBeNull();
    }
    expect(readFileSync(config(), "utf8")).toBe(shadowConfig);
  }
  expect(seen).toContain("CHALLENGER_FROZEN");
});

/** Points of each day, by hand: every trade of `simulate`, then one position per symbol, from a day on or from the first signal's. */
async function byHand(day: number, params: Parameters, current: Parameters, fromDay?: number) {
  const { candles, signals, timeframeMs, nowMs } = market().request(day);
  const frozenDay = nowMs / dayMs - 1;
  const [, first] = readFileSync(signals, "utf8").split("\n");
  const firstDay = fromDay ?? Math.floor(Number(first!.split(",")[1]) / dayMs);
  const pointsOf = async (set: Parameters) => {
    const paramsFile = join(folder, "set.json");
    const tradesFile = join(folder, "trades.csv");
    writeFileSync(paramsFile, JSON.stringify(set));
    await simulate({ candles, opportunities: signals, timeframeMs, nowMs, paramsFile, tradesFile, force: true });
    const [header, ...rows] = readFileSync(tradesFile, "utf8").trim().split("\n");
    const at = (name: string) => header!.split(",").indexOf(name);
    const points = new Map(Array.from({ length: frozenDay - firstDay + 1 }, (_, k) => [firstDay + k, 0]));
    const openUntil = new Map<string, number>();
    const trades = rows
      .map((row) => row.split(","))
      .map((cells) => ({ symbol: cells[0]!, entry: +cells[1]!, exit: +cells[2]!, points: 100 * +cells[9]! }))
      .sort((a, b) => a.entry - b.entry);
    expect([at("symbol"), trades.length > 0]).toEqual([0, true]);
    for (const { symbol, entry, exit, points: made } of trades) {
      const entered = Math.floor(entry / dayMs);
      if (entered < firstDay || (openUntil.get(symbol) ?? 0) > entry) continue;
      openUntil.set(symbol, exit);
      points.set(entered, points.get(entered)! + made);
    }
    return points;
  };
  expect(timeframeMs).toBe(hourMs);
  return { frozenDay, own: await pointsOf(params), other: await pointsOf(current) };
}
