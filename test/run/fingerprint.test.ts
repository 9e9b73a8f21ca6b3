import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { type CallName, calls } from "../../src/run/calls.ts";
import { defaults, defaultTop } from "../../src/run/defaults.ts";
import { fingerprintOf, notInFingerprint } from "../../src/run/fingerprint.ts";
import { optimize } from "../../src/run/optimize.ts";
import type { ValidateRequest } from "../../src/run/request.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import { validate } from "../../src/run/validate.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";

const read = { market: { timeframeMs: 900_000, bySymbol: new Map<string, Candles>() } };

/** Two values of each option, neither its default. */
const twoValues: Readonly<Record<string, readonly [unknown, unknown]>> = {
  candles: ["a", "b"],
  timeframeMs: [60_000, 120_000],
  symbols: [["A"], ["B"]],
  fromMs: [1e12, 1.1e12],
  toMs: [1e12, 1.1e12],
  days: [10, 11],
  lenient: [true, false],
  breakRatio: [3, 4],
  timeZone: ["+01:00", "-05:00"],
  nowMs: [1e12, 1.1e12],
  maxRssBytes: [2 ** 30, 2 ** 31],
  lookaheadHours: [5, 6],
  minProfit: [0.01, 0.02],
  entry: ["next-open", "signal-close"],
  legacyActivations: [true, false],
  signalTimeframeMs: [3_600_000, 7_200_000],
  fee: [0.001, 0.002],
  slippage: [0.001, 0.002],
  fundingPer8h: [0.001, 0.002],
  funding: ["data", undefined],
  intrabar: ["target-first", "nearest-open"],
  exitModel: ["summary", "path"],
  minTrades: [1, 2],
  maxDrawdown: [10, 11],
  minCaptureRate: [0.1, 0.2],
  drawdownLimit: [1, 2],
  memoryBytes: [2 ** 22, 2 ** 23],
  threads: [1, 2],
  seed: [5, 6],
  top: [1, 2],
  margin: [0.1, 0.2],
  confidence: [0.9, 0.99],
  maxOpen: [1, 2],
  portfolio: [{ capital: 1000 }, { capital: 2000 }],
  rank: ["objective", "portfolio"],
  portfolioMetric: ["calmar", "sharpe"],
  shortlist: [100, 200],
  rolling: [true, false],
  policy: ["shadow", "gate"],
  force: [true, false],
  signals: ["a", "b"],
  snapshots: ["a", "b"],
  mapFile: ["a", "b"],
  configs: [["a"], ["b"]],
  space: ["a", { min_x: [1] }],
  params: ["a", { min_x: 1 }],
  current: ["a", { min_x: 1 }],
  suggestions: ["a", [{ min_x: 1 }]],
  spaceFile: ["a", "b"],
  out: ["a", "b"],
  dryRun: [true, false],
  strict: [true, false],
  allowStale: [true, false],
  suggestFile: ["a", "b"],
  coarseCombos: [1, 2],
  fineCombos: [1, 2],
  universe: ["objective", "all"],
  opportunities: ["a", "b"],
  type: ["a", "b"],
  objective: ["sqn", "total"],
  paramsFile: ["a", "b"],
  bestFile: ["a", "b"],
  tradesFile: ["a", "b"],
  surface: [true, false],
  allFile: ["a.csv", "b.csv"],
  report: ["a", "b"],
  currentFile: ["a", "b"],
  group: ["symbol", { a: "*" }],
  config: ["a", "b"],
  everyMs: [86_400_000, 172_800_000],
  windowMs: [86_400_000, 172_800_000],
  nullCopies: [1, 2],
};

const fingerprinted = ["optimize", "search", "simulate", "validate", "rehearse"] as const satisfies CallName[];

describe("the fingerprint of a request", () => {
  const options = fingerprinted.flatMap((call) => Object.keys(calls[call].entries).map((key) => [call, key] as const));

  it.each(options)(
    "%s: another %s is another fingerprint, or stands on the list of what is not covered",
    (call, key) => {
      const [one, other] = twoValues[key]!.map((value) => fingerprintOf(call, { [key]: value }, read));
      expect(one === other).toBe(key in notInFingerprint);
    },
  );

  it.each(options)("%s: %s left out is its default", (call, key) => {
    const standing =
      key === "top" && call in defaultTop ? defaultTop[call as "search"] : (defaults as Record<string, unknown>)[key];
    if (standing === undefined) return;
    expect(fingerprintOf(call, { [key]: standing }, read)).toBe(fingerprintOf(call, {}, read));
  });

  it("is the call's own", () => {
    expect(new Set(fingerprinted.map((call) => fingerprintOf(call, {}, read))).size).toBe(fingerprinted.length);
  });

  it("tells apart what has the same text, and where a list ends", () => {
    const of = (value: unknown): string => fingerprintOf("search", {}, { ...read, value });
    const values = [
      0,
      -0,
      "0",
      null,
      [],
      {},
      [0],
      [[0]],
      [0, 0],
      { 0: 0 },
      false,
      "false",
      new Float64Array(1),
      new Uint8Array(8),
    ];
    expect(new Set(values.map(of)).size).toBe(values.length);
    expect(of([["a"], ["b", "c"]])).not.toBe(of([["a", "b"], ["c"]]));
    expect(of(new Float64Array(new SharedArrayBuffer(8)))).toBe(of(new Float64Array(1)));
  });
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-fingerprint-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return join(folder, name);
}

const bars = 400;
const candles: readonly Candles[] = ["AAA", "BBB"].map((symbol, k) =>
  begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(k))),
);

function signals(seed = 7, activation?: number): string {
  const random = randomFrom(seed);
  const seen = new Set<string>();
  const lines = Array.from({ length: 360 }, () => {
    const series = candles[random() < 0.5 ? 0 : 1]!;
    const time = openTimeMs(series, Math.floor(random() * (bars - 40)));
    const row = [series.symbol, time, random() < 0.5 ? "long" : "short", random() < 0.5 ? "dip" : "surge", 1, random()];
    // A signal stands once.
    const isNew = seen.size < seen.add(row.slice(0, 4).join()).size;
    return isNew ? [[...row, ...(activation === undefined ? [] : [activation])].join(",")] : [];
  }).flat();
  const more = activation === undefined ? "" : ",activation_momentum";
  return file(
    `signals${seed}${activation ?? ""}.csv`,
    `symbol,timestamp,direction,type,atr,luck${more}\n${lines.join("\n")}\n`,
  );
}

const spaces = {
  dip: { min_luck: [0, 0.5], atr_tp_multiplier: [2, 4], max_holding_hours: [2, 3] },
  surge: { min_luck: [0, 0.4], atr_tp_multiplier: [2, 3], max_holding_hours: [2, 3] },
};
const common = { candles, minTrades: 1, minProfit: 0.02, threads: 1, nowMs: 2e12 } as const;

/** Fingerprints of a request, and of it with one thing changed at a time. */
async function distinct(prints: readonly Promise<{ readonly fingerprint: string }>[]): Promise<number> {
  return new Set((await Promise.all(prints)).map(({ fingerprint }) => fingerprint)).size;
}

describe("the fingerprint of a run", () => {
  it("is another for other current parameters of a config, another last update, or another config more", async () => {
    const config = (name: string, tp: number, update: string): string =>
      file(name, { last_update: update, dip_params: { atr_tp_multiplier: tp, position_size: 1 } });
    const of = (...configs: string[]) =>
      optimize({ ...common, signals: signals(), spaceFile: file("space.json", spaces), configs, dryRun: true });
    const [first, same, ...others] = await Promise.all([
      of(config("a.json", 2, "2025-01-01 00:00:00")),
      of(config("b.json", 2, "2025-01-01 00:00:00")),
      of(config("c.json", 3, "2025-01-01 00:00:00")),
      of(config("d.json", 2, "2025-02-01 00:00:00")),
      of(config("a.json", 2, "2025-01-01 00:00:00"), config("c.json", 3, "2025-01-01 00:00:00")),
      of(),
    ]);
    expect(same.fingerprint).toBe(first.fingerprint);
    expect(new Set([first, ...others].map(({ fingerprint }) => fingerprint)).size).toBe(1 + others.length);
  });

  it("of optimize covers suggestions, each type's space, and activations that no space names", async () => {
    const suggestFile = file("suggest.json", [{ atr_tp_multiplier: 3 }]);
    const request = { ...common, signals: signals(), spaceFile: file("space.json", spaces), dryRun: true };
    const spaceFile = file("other.json", { ...spaces, surge: { ...spaces.surge, min_luck: [0.1] } });
    const runs = [
      request,
      { ...request, suggestFile },
      { ...request, spaceFile },
      { ...request, signals: signals(7, 0.25) },
      { ...request, signals: signals(7, 0.75) },
    ].map((each) => optimize(each));
    expect(await distinct(runs)).toBe(runs.length);
  });

  it("of validate covers the margin, the open positions, the current set, and the other type's space", async () => {
    const request: ValidateRequest = {
      ...common,
      opportunities: signals(),
      type: "dip",
      spaceFile: file("space.json", spaces),
      paramsFile: file("params.json", { min_luck: 0.5, atr_tp_multiplier: 2, max_holding_hours: 2 }),
    };
    const other = file("other.json", { ...spaces, surge: { ...spaces.surge, min_luck: [0.1] } });
    const runs = [
      request,
      { ...request, margin: 0.1 },
      { ...request, maxOpen: 1 },
      { ...request, spaceFile: other },
      { ...request, currentFile: file("current.json", { atr_tp_multiplier: 2 }) },
      { ...request, currentFile: file("current2.json", { atr_tp_multiplier: 3 }) },
    ].map((each) => validate(each));
    expect(await distinct(runs)).toBe(runs.length);
  });

  it("of a search or a simulation covers what it reads, and not where it stands or what it runs on", async () => {
    const request = { ...common, opportunities: signals(), spaceFile: file("space.json", spaces), type: "dip" };
    const alike = [
      request,
      { ...request, threads: 2, memoryBytes: 2 ** 23, nowMs: 2.1e12 },
      { ...request, candles: [...candles].reverse() },
      { ...request, spaceFile: file("copy.json", spaces) },
      // Nothing of the other type is searched.
      { ...request, spaceFile: file("dip.json", { dip: spaces.dip, surge: { min_luck: [0.1] } }) },
    ];
    expect(await distinct(alike.map((each) => search(each)))).toBe(1);
    const unlike = [request, { ...request, type: "surge" }, { ...request, opportunities: signals(8) }];
    expect(await distinct(unlike.map((each) => search(each)))).toBe(unlike.length);
    const params = (tp: number): string => file(`params${tp}.json`, { atr_tp_multiplier: tp });
    const simulations = [2, 3].map((tp) => simulate({ ...common, opportunities: signals(), paramsFile: params(tp) }));
    expect(await distinct(simulations)).toBe(2);
  });
});
