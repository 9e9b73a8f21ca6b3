import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Candles, Market } from "../../src/candles/candles.ts";
import { labelOpportunities } from "../../src/opportunities/labels.ts";
import { scanMarket } from "../../src/opportunities/scan.ts";
import { writeOpportunities } from "../../src/opportunities/write.ts";
import { phase1Of } from "../../src/run/phase1.ts";
import { settingsOf } from "../../src/run/request.ts";
import { scan } from "../../src/run/scan.ts";
import { describeMarkets, marketOf, type ReferenceMarket } from "../support/referenceData.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-scan-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Phase 1 of a market held whole: the file's bytes and the answer. */
async function heldWhole(market: Market): Promise<{ bytes: Buffer; answer: object }> {
  const out = join(folder, "whole.csv");
  const { table, gates } = await scanMarket(market.bySymbol.values());
  const labels = labelOpportunities(table, market, settingsOf({}));
  await writeOpportunities(out, table, labels);
  return {
    bytes: readFileSync(out),
    answer: {
      opportunities: table.count,
      warnings: [],
      phase1: phase1Of(market, table, labels, { gates, signals: null }),
    },
  };
}

describeMarkets("a scan", (source: ReferenceMarket) => {
  let market: Market;
  beforeAll(() => {
    market = marketOf(source);
  });

  it("symbol by symbol finds, writes and counts what a scan of the whole market does", async () => {
    const whole = await heldWhole(market);
    const out = join(folder, "o.csv");
    const { file, ...answer } = await scan({ candles: fileURLToPath(source.candles), out });
    expect(answer).toEqual(whole.answer);
    expect(answer.opportunities).toBeGreaterThan(1_000);
    expect(file).toBe(out);
    expect(readFileSync(out).equals(whole.bytes)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["o.csv", "whole.csv"]);
  });

  it("gives the same whatever the order of the symbols", async () => {
    const series = [...market.bySymbol.values()].slice(0, 3);
    const whole = await heldWhole({ timeframeMs: 900_000, bySymbol: new Map(series.map((of) => [of.symbol, of])) });
    const out = join(folder, "o.csv");
    expect(await scan({ candles: series.toReversed(), out })).toMatchObject(whole.answer);
    expect(readFileSync(out).equals(whole.bytes)).toBe(true);
  });

  it("that finds nothing writes a header", async () => {
    const [candles] = market.bySymbol.values() as Iterable<Candles> as [Candles];
    const few = { ...candles, count: 100 };
    const out = join(folder, "o.csv");
    const whole = await heldWhole({ timeframeMs: 900_000, bySymbol: new Map([[few.symbol, few]]) });
    expect(await scan({ candles: [few], out })).toMatchObject({
      opportunities: 0,
      phase1: { candles: 100, types: {} },
    });
    expect(readFileSync(out).equals(whole.bytes)).toBe(true);
  });

  it("that is refused half-way or stopped leaves what was there, and nothing else", async () => {
    const out = join(folder, "o.csv");
    writeFileSync(out, "old");
    const series = [...market.bySymbol.values()].slice(0, 2);
    const candles = join(folder, "candles");
    mkdirSync(candles);
    const [sound] = source.symbols;
    copyFileSync(new URL(`${sound}-15m.csv`, source.candles), join(candles, `${sound}-15m.csv`));
    writeFileSync(join(candles, "ZZZ-15m.csv"), "timestamp,open,high,low,close,volume\n1735689600000,1,1,1,0,1\n");
    await expect(scan({ candles, out, force: true })).rejects.toMatchObject({ code: "CANDLE_PRICE" });
    const controller = new AbortController();
    async function stopped(): Promise<unknown> {
      const running = scan({ candles: series, out, force: true }, { signal: controller.signal });
      controller.abort();
      return running;
    }
    await expect(stopped()).rejects.toMatchObject({ code: "ABORTED" });
    expect([readdirSync(folder).sort(), readFileSync(out, "utf8")]).toEqual([["candles", "o.csv"], "old"]);
  });

  it("refuses a file that it could not write before it reads a candle", async () => {
    const out = join(folder, "none", "o.csv");
    await expect(scan({ candles: join(folder, "nowhere"), out })).rejects.toMatchObject({ code: "TABLE_UNWRITABLE" });
  });
});
