import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import { readMarket } from "../../src/library/files.ts";
import { policyNames, type RehearseResult } from "../../src/rehearsal/result.ts";
import { plainPaint } from "../../src/report/paint.ts";
import { rehearseSummary } from "../../src/report/rehearseSummary.ts";
import { optimize } from "../../src/run/optimize.ts";
import { rehearse } from "../../src/run/rehearse.ts";
import { simulate } from "../../src/run/simulate.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { randomFrom } from "../support/random.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
// A hold-out of 18 days: a decision takes 15 with a trade.
const windowMs = 60 * dayMs;
const everyMs = 5 * dayMs;

let folder = "";
let market: EdgeMarket;
let result: RehearseResult;
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-rehearsal-"));
  market = writeEdgeMarket(folder);
  writeFileSync(at("config.json"), edgeConfig);
  result = await rehearse({ ...market, config: at("config.json"), everyMs, windowMs, threads: 1, nullCopies: 2 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Row {
  readonly symbol: string;
  readonly entry: number;
  readonly exit: number;
  readonly return: number;
}

/** Signals of a stretch in a file of their own: those whose hour opens from one time on and closes by another. */
function signalsWithin(fromMs: number, untilMs: number): string {
  const [header, ...rows] = readFileSync(market.signals, "utf8").trim().split("\n");
  const kept = rows.filter((row) => {
    const time = Number(row.split(",")[1]);
    return time >= fromMs && time + hourMs <= untilMs;
  });
  writeFileSync(at("known.csv"), `${[header, ...kept].join("\n")}\n`);
  return at("known.csv");
}

/** A folder with the candles that had closed by a night, as a bot would have had them. */
function candlesBy(night: number): string {
  const there = at(`candles-${night}`);
  mkdirSync(there);
  for (const name of readdirSync(market.candles)) {
    const [header, ...rows] = readFileSync(join(market.candles, name), "utf8").trim().split("\n");
    const kept = rows.filter((row) => Number(row.split(",")[0]) + hourMs <= night);
    writeFileSync(join(there, name), `${[header, ...kept].join("\n")}\n`);
  }
  return there;
}

/** What a config's parameters of a type trade between two nights, by `simulate`. */
async function simulated(config: string, type: string, fromMs: number, untilMs: number): Promise<Row[]> {
  const { position_size: _, ...params } = JSON.parse(readFileSync(config, "utf8"))[`${type}_params`];
  writeFileSync(at("params.json"), JSON.stringify(params));
  const { candles, signals, timeframeMs, nowMs } = market;
  const request = { candles, timeframeMs, nowMs, opportunities: signals, type, paramsFile: at("params.json") };
  await simulate({ ...request, tradesFile: at("trades.csv"), force: true });
  const lines = readFileSync(at("trades.csv"), "utf8").trim().split("\n").slice(1);
  return lines
    .map((line) => line.split(","))
    .map((cells) => ({ symbol: cells[0]!, entry: +cells[1]!, exit: +cells[2]!, return: +cells[9]! }))
    .filter(({ entry }) => entry + hourMs > fromMs && entry + hourMs <= untilMs);
}

/** One position a symbol, the obvious way. */
function onePosition(rows: readonly Row[]): Row[] {
  const taken: Row[] = [];
  for (const row of rows.toSorted((a, b) => a.entry - b.entry))
    if (!taken.some((other) => other.symbol === row.symbol && other.exit > row.entry)) taken.push(row);
  return taken;
}

const total = (rows: readonly Row[]): number => rows.reduce((sum, row) => sum + 100 * row.return, 0);

describe("a rehearsal of the edge market, four nights five days apart", () => {
  it("is a loop of optimize and simulate done by hand", async () => {
    const bot = at("bot.json");
    writeFileSync(bot, edgeConfig);
    const [decided, never]: [Row[], Row[]] = [[], []];
    const decisions: unknown[] = [];
    for (const [k, night] of result.nights.entries()) {
      const until = result.nights[k + 1] ?? result.end;
      const { runs } = await optimize({
        ...market,
        signals: signalsWithin(night - windowMs, night),
        candles: candlesBy(night),
        nowMs: night,
        configs: [bot],
        threads: 1,
      });
      for (const [type, { verdict, applied }] of Object.entries(runs[0]!.phase4.types))
        decisions.push([night, type, verdict, applied === "current" ? null : applied]);
      for (const type of ["good", "bad"]) {
        decided.push(...(await simulated(bot, type, night, until)));
        never.push(...(await simulated(at("config.json"), type, night, until)));
      }
    }
    expect(result.nights).toHaveLength(4);
    expect(result.decisions.map(({ night, type, verdict, applied }) => [night, type, verdict, applied])).toEqual(
      decisions,
    );
    expect(result.policies.as_configured.changes).toBeGreaterThan(0);
    for (const [name, rows] of [
      ["as_configured", onePosition(decided)],
      ["never_change", onePosition(never)],
    ] as const) {
      expect(result.policies[name].trades).toBe(rows.length);
      expect(result.policies[name].total_return).toBeCloseTo(total(rows), 9);
    }
    expect(readFileSync(at("config.json"), "utf8")).toBe(edgeConfig);
  });

  it("earns with the edge that the config does not use, and says so first", () => {
    const { as_configured, never_change, not_trading } = result.policies;
    expect(result.answer).toBe("yes");
    expect(as_configured.total_return).toBeGreaterThan(never_change.total_return);
    expect(as_configured.over_never_change.total).toBeCloseTo(
      as_configured.total_return - never_change.total_return,
      9,
    );
    expect([not_trading.trades, not_trading.total_return, not_trading.over_never_change.total]).toEqual([
      0,
      0,
      -never_change.over_not_trading.total,
    ]);
    const text = rehearseSummary(result, plainPaint);
    expect(text).toMatch(/^YES: the decisions would have beaten both: \+/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("holds what each change claimed against what it earned until the next change of its type", () => {
    const changes = result.decisions.filter(({ applied }) => applied !== null);
    expect(changes.length).toBeGreaterThan(0);
    for (const [k, change] of changes.entries()) {
      const next = changes.slice(k + 1).find(({ type }) => type === change.type);
      expect(change.realised!.until).toBe(next?.night ?? result.end);
      expect(change.gap).toBe(change.claimed! - change.realised!.avg_return);
    }
    const nights = result.verdicts.reduce((sum, row) => sum + row.nights, 0);
    expect(nights).toBe(result.decisions.length);
  });

  it("finds less on days that were shuffled, which leave only what repeats within a day", () => {
    const band = result.null_band!;
    expect(band.copies).toBe(2);
    expect(band.policies.as_configured.total.high).toBeLessThan(result.policies.as_configured.total_return);
    for (const name of policyNames)
      expect(band.policies[name].total.low).toBeLessThanOrEqual(band.policies[name].total.high);
  });

  it("has the same bytes for any number of threads", async () => {
    const config = at("config.json");
    const two = await rehearse({ ...market, config, everyMs, windowMs, threads: 2, nullCopies: 2 });
    expect(JSON.stringify(two)).toBe(JSON.stringify(result));
  });

  it("has no decision that knows a candle after its night", async () => {
    const { bySymbol } = await readMarket(market.candles, { timeframeMs: hourMs, nowMs: market.nowMs });
    const known = ({ decisions }: RehearseResult, untilMs: number) =>
      decisions
        .filter(({ night }) => night <= untilMs)
        .map(({ night, type, verdict, reason, applied, params, claimed }) => [
          ...[night, type, verdict, reason],
          ...[applied, params, claimed],
        ]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 3 }), fc.integer(), async (k, seed) => {
        const night = result.nights[k]!;
        const candles = [...bySymbol.values()].map((series) => changedAfter(series, night, seed));
        const request = { ...market, candles, config: at("config.json"), everyMs, windowMs, threads: 1 };
        const other = await rehearse(request);
        expect(known(other, night)).toEqual(known(result, night));
        expect(other.policies.never_change.total_return).not.toBe(result.policies.never_change.total_return);
      }),
      { numRuns: 3 },
    );
  });

  it("stops when told to, and refuses a history shorter than a window and the days after it", async () => {
    const stop = new AbortController();
    const stopped = rehearse(
      { ...market, everyMs, windowMs, threads: 1 },
      { signal: stop.signal, onProgress: ({ message }) => message.startsWith("night 2") && stop.abort() },
    );
    await expect(stopped).rejects.toMatchObject({ code: "ABORTED" });
    await expect(rehearse({ ...market, everyMs, windowMs: 76 * dayMs })).rejects.toMatchObject({
      code: "REHEARSAL_SPAN",
      details: { found: "80.0 days of candles", expected: "81d or more" },
    });
  });

  it("begins without parameters where no config is given: never changing is then not trading", async () => {
    const { policies } = await rehearse({ ...market, everyMs, windowMs, threads: 1 });
    expect(policies.never_change.trades).toBe(0);
    expect(policies.as_configured.trades).toBeGreaterThan(0);
    expect(policies.as_configured.over_never_change).toEqual(policies.as_configured.over_not_trading);
  });
});

/** Candles that go another way from a time on: each later one's prices times a factor of its own. */
function changedAfter(candles: Candles, fromMs: number, seed: number): Candles {
  const random = randomFrom(seed);
  const first = (fromMs - candles.firstOpenTimeMs) / candles.timeframeMs;
  const factors = candles.open.map((_, k) => (k < first ? 1 : 0.97 + 0.06 * random()));
  const times = (column: Float64Array) => column.map((price, k) => price * factors[k]!);
  const [open, high, low, close] = [candles.open, candles.high, candles.low, candles.close].map(times);
  return { ...candles, open: open!, high: high!, low: low!, close: close! };
}
