import { describe, expect, it } from "vitest";
import { ambiguousLines, evidenceLines } from "../../src/report/evidenceLines.ts";
import type { BreakdownRow } from "../../src/validation/breakdown.ts";
import { metrics, phase3Type, validation } from "./fixtures.ts";

const flat = (lines: readonly string[]): string => lines.join(" ").replace(/\s+/g, " ");
const slice = (n: number, average: number) => ({
  n,
  win_rate: 0.5,
  avg_return: average,
  total_return: n * average,
});
const row = (name: string, training: number, holdout: number): BreakdownRow => ({
  name,
  training: slice(training, 0.5),
  holdout: slice(holdout, -0.25),
});

describe("what stands behind a verdict", () => {
  it("is left away where nothing was done", () => {
    expect(evidenceLines(validation())).toEqual([]);
    expect(ambiguousLines([])).toEqual([]);
  });

  it("shows every window, those without a winner too, and both sides of the efficiency", () => {
    const window = {
      from: 0,
      training: 100,
      traded: 20,
      params: { atr_tp_multiplier: 2 },
      in_sample_avg_return: 1,
      metrics: metrics(17, 0.5),
    };
    const text = flat(
      evidenceLines(
        validation({
          walk_forward: {
            mode: "anchored",
            windows: [{ ...window, params: null, metrics: metrics(0, 0) }, window],
            metrics: metrics(17, 0.5),
            in_sample_avg_return: 1,
            efficiency: 0.5,
            winning_windows: 0.5,
          },
        }),
      ),
    );
    expect(text).toContain("Windows - +0.50% (17) per trade out of sample");
    expect(text).toContain("overall +0.50% against +1.00% in sample, anchored");
  });

  it("shows what doing less would have given", () => {
    const text = flat(
      evidenceLines(
        validation({
          baselines: {
            no_filters: { n: 1193, avg_return: 0.05, total_return: 59.65 },
            random_entries: null,
            buy_and_hold: { symbols: 1, return: -3.4, short_return: 3.12 },
          },
        }),
      ),
    );
    expect(text).toContain("no filters +0.05% (1,193 trades), buy and hold -3.40% long and +3.12% short over 1 symbol");
  });

  it("shows sides, the symbols with the most trades and the last months, within the width", () => {
    const symbols = Array.from({ length: 9 }, (_, k) => row(`COIN${k}USDT`, k, 1));
    const lines = evidenceLines(
      validation({
        breakdown: { sides: [row("long", 8, 0), row("short", 0, 3)], symbols, months: [row("2026-01", 8, 3)] },
      }),
    );
    const text = flat(lines);
    expect(text).toContain(
      "long +0.50% / - (8 / 0), short - / -0.25% (0 / 3); average and trades, training / hold-out",
    );
    expect(text).toContain("Symbols COIN8USDT");
    expect(text).toContain("and 3 more");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("says how many trades the rule for ambiguous bars decided", () => {
    expect(flat(ambiguousLines(phase3Type().replays))).toContain(
      "phase 3 training 12 of 1,412, avg +0.62%, under the other rule +0.50%; phase 3 hold-out 12 of 601",
    );
  });

  it("says so of each compared set, and where the rule makes no difference that shows", () => {
    const [first] = phase3Type().replays;
    const same = { ...first!, avg_return_other_rule: first!.plain.avg_return + 0.0001 };
    const sets = (["current", "phase2"] as const).map((set) => ({ ...same, set }));
    const text = flat(ambiguousLines([...sets, { ...same, ambiguous: 0 }]));
    expect(text).toContain("current training 12 of 1,412, avg +0.62% under either rule; phase 2 training 12 of 1,412");
    expect(text).not.toContain("phase 3");
  });
});
