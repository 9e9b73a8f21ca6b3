import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { InputError } from "../../src/errors.ts";
import type { SearchRequest } from "../../src/run/request.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import { validate } from "../../src/run/validate.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const bars = 400;
const candles: readonly Candles[] = ["AAA", "BBB"].map((symbol, k) =>
  begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(k))),
);

/** Opportunities of two types on any bar, the last ones included; `more` columns stand behind `luck` and `skill`. */
function signals(name: string, types: readonly string[], more = "", cells = ""): string {
  const random = randomFrom(7);
  const seen = new Set<string>();
  const lines = Array.from({ length: 600 }, () => {
    const series = candles[random() < 0.5 ? 0 : 1]!;
    const time = openTimeMs(series, Math.floor(random() * bars));
    const type = random() < 0.5 ? "dip" : "surge";
    const row = [series.symbol, time, random() < 0.5 ? "long" : "short", type, "", 1, random(), random()];
    // A signal stands once.
    const isNew = seen.size < seen.add(row.slice(0, 4).join()).size;
    return isNew && types.includes(type) ? [`${row.join(",")}${cells}`] : [];
  });
  return file(name, `symbol,timestamp,direction,type,entry,atr,luck,skill${more}\n${lines.flat().join("\n")}\n`);
}

const space = { min_luck: [0, 0.5], atr_tp_multiplier: [2, 4], max_holding_hours: [2, 5] };
const request = (opportunities: string, more: Partial<SearchRequest> = {}): SearchRequest => ({
  candles,
  opportunities,
  spaceFile: file("space.json", JSON.stringify(space)),
  type: "dip",
  objective: "total",
  minTrades: 1,
  minProfit: 0.02,
  ...more,
});
const comparable = ({ engine: _, ...result }: SearchResult): unknown => result;

describe("a search", () => {
  it("does not look at a column that nobody asked for, whatever it holds", async () => {
    const plain = await search(request(signals("plain.csv", ["dip", "surge"])));
    const wide = await search(
      request(signals("wide.csv", ["dip", "surge"], ",note,activation_volume,label_mfe", ',bought "low",?,x')),
    );
    expect(comparable(wide)).toEqual(comparable(plain));
    expect(plain.top.length).toBeGreaterThan(4);
  });

  it("of one type is the search of a file of that type alone, and counts what its longest path leaves out", async () => {
    const both = await search(request(signals("both.csv", ["dip", "surge"])));
    const alone = await search(request(signals("alone.csv", ["dip"])));
    // Rows are counted, and overlap, in the file as it stands.
    const ofSearch = { engine: 0, fingerprint: 0, signals: 0, warnings: 0 };
    expect({ ...both, ...ofSearch }).toEqual({ ...alone, ...ofSearch });
    expect(both.left_out).toBeGreaterThan(3);
    expect(both.opportunities + both.left_out).toBeGreaterThan(250);
    expect(both.objective_opportunities).toBeGreaterThan(10);
    expect(both.objective_opportunities).toBeLessThan(both.opportunities);
  });

  it("has another fingerprint for another value of a feature it names, or another price, and no other", async () => {
    const path = signals("one.csv", ["dip"]);
    const fingerprint = async (change: (series: Candles) => Candles, text = path): Promise<string> =>
      (await search(request(text, { candles: candles.map(change) }))).fingerprint;
    const first = await fingerprint((series) => series);
    expect(await fingerprint((series) => ({ ...series, volume: series.open }))).toBe(first);
    expect(await fingerprint((series) => ({ ...series, high: series.high.map((price) => price + 1) }))).not.toBe(first);
    const named = await search(
      request(path, { spaceFile: file("other.json", JSON.stringify({ ...space, min_skill: [0] })) }),
    );
    expect(named.fingerprint).not.toBe(first);
  });

  it("names the features of the file where the space asks for another, though it reads none of them", async () => {
    const path = signals("plain.csv", ["dip"]);
    const error = await search(request(path, { spaceFile: file("bad.json", '{"min_charm":[1]}') })).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).details.expected).toContain("luck, skill");
  });
});

describe("one parameter set", () => {
  it("is simulated and judged alike whatever other columns there are", async () => {
    const paramsFile = file(
      "params.json",
      '{"min_luck":0.2,"max_skill":0.9,"atr_tp_multiplier":3,"max_holding_hours":3}',
    );
    const currentFile = file("current.json", '{"min_skill":0.1,"max_holding_hours":4}');
    const [plain, wide] = await Promise.all(
      [signals("p.csv", ["dip", "surge"]), signals("w.csv", ["dip", "surge"], ",note", ",?")].map(async (path) => {
        const asked = { ...request(path), paramsFile };
        return [await simulate(asked), await validate({ ...asked, currentFile })] as const;
      }),
    );
    expect(wide).toEqual(plain);
    expect(plain![0].metrics.n).toBeGreaterThan(100);
    expect(plain![1].left_out).toBeGreaterThan(3);
  });
});
