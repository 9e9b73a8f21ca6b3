import { describe, expect, it } from "vitest";
import type { InspectedFile } from "../../src/candles/inspect.ts";
import { diffSummary } from "../../src/report/diffSummary.ts";
import { inspectSummary } from "../../src/report/inspectSummary.ts";
import { paintFor } from "../../src/report/paint.ts";
import { rollbackSummary } from "../../src/report/rollbackSummary.ts";
import { scanSummary } from "../../src/report/scanSummary.ts";
import { searchSummary } from "../../src/report/searchSummary.ts";
import { simulateSummary } from "../../src/report/simulateSummary.ts";
import { validateSummary } from "../../src/report/validateSummary.ts";
import type { RankedSet, SearchResult } from "../../src/search/result.ts";
import { candleCounts, decisions, metrics, optimizeResult, phase3Type, validation } from "./fixtures.ts";
import { lineWidths, widths } from "./widths.ts";

const plain = paintFor(false);
const widest = (text: string): number => Math.max(...text.split("\n").map((line) => line.length));
const flat = (text: string): string => text.replace(/\s+/g, " ");

function ranked(rank: number, minSignalScore: number): RankedSet {
  const { params } = phase3Type();
  return {
    rank,
    index: 100 - rank,
    score: 1 / rank,
    params: { ...params, min_signal_score: minSignalScore },
    metrics: metrics(412, 0.6),
    ambiguous: 31,
    avg_return_other_rule: 0.7,
    hole_exits: 0,
  };
}

const search: SearchResult = {
  type: "scalping",
  objective: "balanced",
  opportunities: 4000,
  left_out: 31,
  crossing_breaks: 0,
  candles: candleCounts,
  signals: { rows: 4000, dropped: 0, in_holes: 0, duplicates: 0, overlapping: 0 },
  objective_opportunities: 812,
  sets: 3_732_480,
  ranked: 3_100_021,
  saved_best: null,
  top: [ranked(1, 50), ranked(2, 60), ranked(3, 40)],
  fingerprint: "f",
  warnings: [],
  engine: { linear_memory_bytes: 2 ** 24, passes: 1, threads: 1, replays: 42, milliseconds: 93.1 },
};

describe("a search's summary", () => {
  const text = searchSummary(search, plain);
  it("shows the best set in full and how the others differ", () => {
    expect(flat(text)).toContain(
      "3,732,480 sets over 4,000 opportunities (812 objective, 31 left out), 3,100,021 ranked",
    );
    expect(flat(text)).toContain(
      "31 of 412 trades ended in a bar that touched both stop and target; under the other rule avg_return would be +0.70%",
    );
    expect(text).toMatch(/ 2 +0\.5 .*min_signal_score 60$/m);
    expect(widest(text)).toBeLessThanOrEqual(100);
  });
  it("says what became of the file's rows where some are no opportunity of their own, and nothing else", () => {
    expect(text).not.toContain("Signals");
    const signals = { rows: 4100, dropped: 7, in_holes: 3, duplicates: 62, overlapping: 12 };
    expect(flat(searchSummary({ ...search, signals }, plain))).toContain(
      "Signals 4,100 rows: 7 dropped (3 in holes), 62 duplicates dropped, 12 overlapping",
    );
  });
  it("says why a leaderboard is empty", () => {
    expect(flat(searchSummary({ ...search, ranked: 0, top: [] }, plain))).toContain("no set meets the constraints");
  });
  it("stops after 20 lines and says how many more there are", () => {
    const top = Array.from({ length: 50 }, (_, index) => ranked(index + 1, index));
    expect(searchSummary({ ...search, top }, plain)).toContain("and 31 more");
  });
});

describe("the other summaries", () => {
  it("of a simulation tells trades, exits and the file", () => {
    const { params } = phase3Type();
    const set = { params, metrics: metrics(2, 0.5), ambiguous: 0, avg_return_other_rule: 0.5, hole_exits: 0 };
    const text = simulateSummary(
      {
        ...set,
        type: "swing",
        opportunities: 10,
        left_out: 0,
        signals: search.signals,
        saved: "t.csv",
        fingerprint: "f",
        warnings: [],
        candles: candleCounts,
      },
      plain,
    );
    expect(flat(text)).toContain("swing 2 trades of 10 opportunities");
    expect(flat(text)).toContain("Exits take_profit 40.0%, stop_loss 35.0%");
    expect(text).toContain("t.csv");
    expect(widest(text)).toBeLessThanOrEqual(100);
  });

  it("of a scan has a row a type", () => {
    const text = scanSummary(
      { opportunities: 4000, file: "o.csv", phase1: optimizeResult().phase1, warnings: [] },
      plain,
    );
    expect(text).toMatch(/ {2}swing +2,000 +406 +\+3\.10%/);
    expect(text).toContain("o.csv (4,000 opportunities)");
    expect(widest(text)).toBeLessThanOrEqual(100);
    const narrow = scanSummary(
      { opportunities: 4000, file: "o.csv", phase1: optimizeResult().phase1, warnings: [] },
      plain,
      72,
    );
    expect(widest(narrow)).toBeLessThanOrEqual(72);
    expect(narrow).toContain("not shown: MFE in ATRs (--verbose)");
  });

  it("says once what is wrong with several files, with their names", () => {
    const refused = (count: number): string => {
      const files = Array.from(
        { length: count },
        (_, k): InspectedFile => ({
          symbol: `f${k}`,
          timeframe: "",
          kind: "candles",
          file: `data/f${k}.csv`,
          files: [`data/f${k}.csv`],
          contents: null,
          defect: {
            where: `data/f${k}.csv`,
            rule: "the name must give a symbol",
            found: `"f${k}.csv"`,
            remedy: "rename it",
          } as never,
        }),
      );
      return flat(inspectSummary(files, plain, 100));
    };
    expect(refused(2)).toContain('Refused data/f1.csv: the name must give a symbol; found "f1.csv"; rename it');
    expect(refused(7)).toContain(
      "Refused 7 files (f0.csv, f1.csv, f2.csv, f3.csv, f4.csv and 2 more): the name must give a symbol; rename it",
    );
  });

  it("of candles has spans, gaps and defects", () => {
    const file: InspectedFile = {
      file: "d/BTCUSDT-15m.csv",
      files: ["d/BTCUSDT-15m.csv"],
      symbol: "BTCUSDT",
      timeframe: "15m",
      kind: "candles",
      contents: {
        first: Date.UTC(2026, 0, 1),
        last: Date.UTC(2026, 0, 2),
        candles: 97,
        gaps: 1,
        filled: 3,
        longest_gap: { time: Date.UTC(2026, 0, 1), candles: 3 },
        duplicates: 1,
        dropped: 0,
        zero_volume: 2,
        repaired: 0,
        unfinished: 0,
        closed: null,
        closed_candles: 0,
        breaks: [],
        age: 3 * 3_600_000,
        read_as: null,
        largest_move: { time: Date.UTC(2026, 0, 1), move: -0.85 },
      },
      defect: null,
    };
    const defect = {
      code: "CANDLE_PRICE",
      rule: "a price is above 0",
      where: "d/X-15m.csv:7",
      found: "open -1",
      remedy: "",
    };
    const text = inspectSummary([file, { ...file, symbol: "\u001b[31m".repeat(20), contents: null, defect }], plain);
    for (const width of widths)
      expect(Math.max(...lineWidths(inspectSummary([file], plain, width)))).toBeLessThanOrEqual(width);
    expect(inspectSummary([file], plain, 72)).toMatch(/BTCUSDT +15m +2026-01-01 +2026-01-02 +97 +1 +3 .*check|sound/);
    expect(text).toMatch(/BTCUSDT +15m +2026-01-01 +2026-01-02 +97 +1 +3 +1 +2 +-85\.00% +3 h +sound/);
    expect(text).toContain("d/X-15m.csv:7");
    expect(text).not.toContain("\u001b");
    expect(widest(text)).toBeLessThanOrEqual(100);
    // A note says which of a symbol's timeframes it is about, where there are several.
    expect(text).toMatch(/^BTCUSDT {2}longest hole 3 candles/m);
    const notes = inspectSummary([file, { ...file, timeframe: "1h" }], plain).match(
      /^BTCUSDT .*(?= {2}longest hole)/gm,
    );
    expect(notes).toEqual(["BTCUSDT 15m", "BTCUSDT 1h"]);
  });

  it("of a difference lists it all, or says that there is none", () => {
    expect(diffSummary({ tested: 0, changed: 0, entries: [] }, plain)).toBe("no differences\n");
    const entries = Array.from({ length: 40 }, (_, index) => ({
      path: `global.key_${index}`,
      old: index,
      new: index + 1,
    }));
    expect(diffSummary({ tested: 0, changed: 40, entries }, plain).match(/->/g)).toHaveLength(40);
  });

  it("of a rollback says whether it was to the byte", () => {
    const result = { file: "c.json", backup: "c.json.bak", keys: ["scalping_params.min_signal_score"] };
    expect(rollbackSummary({ ...result, restored: "bytes" }, plain)).toContain("is byte for byte what it was");
    expect(flat(rollbackSummary({ ...result, restored: "keys" }, plain))).toContain(
      "changes by others since the save were kept",
    );
  });

  it("of a validation gives the decision first, and then the verdict", () => {
    const text = validateSummary(
      {
        ...validation(),
        type: "scalping",
        objective: "evidence",
        found_by: "phase3",
        decision: decisions["swing"]!,
        opportunities: 10,
        left_out: 0,
        crossing_breaks: 0,
        candles: candleCounts,
        signals: search.signals,
        split: { time: 0, training: 6, holdout: 4, purged: 0 },
        weights: null,
        replays: [],
        fingerprint: "f",
        warnings: [],
      },
      plain,
    );
    expect(flat(text)).toMatch(
      /^scalping: keep\. No other set is clearly better: phase 3's set was judged OVERFITTED; /,
    );
    expect(text).toMatch(/^scalping {2}WARNING/m);
    expect(text).toContain("Gate       open");
  });
});
