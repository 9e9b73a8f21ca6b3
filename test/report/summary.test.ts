import { describe, expect, it } from "vitest";
import { paintFor } from "../../src/report/paint.ts";
import { optimizeSummary } from "../../src/report/summary.ts";
import type { ConfigRun, OptimizeResult } from "../../src/run/results.ts";
import type { ChallengedDecision } from "../../src/validation/result.ts";
import { configRun, decisions, gate, metrics, optimizeResult, phase3Type, validation } from "./fixtures.ts";

const linesOf = (result: OptimizeResult, out?: string): string[] =>
  optimizeSummary(result, paintFor(false), out).trimEnd().split("\n");
const withRun = (changes: Partial<ConfigRun>): OptimizeResult => optimizeResult({ runs: [configRun(changes)] });
/** Lines joined so that a sentence may be looked for wherever it was broken. */
const flat = (lines: readonly string[]): string => lines.join(" ").replace(/ +/g, " ");

describe("the summary of a run", () => {
  it("begins with what became of each type and why, then what was saved", () => {
    const head = linesOf(optimizeResult()).slice(0, 8);
    expect(head[0]).toBe("Sluice 0.1.0");
    expect(head[1]).toMatch(
      /^scalping {2}applied: phase 3's set is better than both the current set and not trading in/,
    );
    expect(flat(head)).toContain(
      "96.2% of resamples. swing kept: no other set is clearly better: phase 3's set was judged",
    );
    expect(flat(head)).toContain(
      "phase 2's set has 6 trades on 5 days of the hold-out, needed 30 on 15 (about 60 more days would be enough)",
    );
    expect(flat(head)).toContain("Saved bot/learning_config.json; 3 of 18 tested parameters changed");
  });

  it("gives a run whose types differ no verdict of its own beside theirs", () => {
    const head = linesOf(optimizeResult()).slice(0, linesOf(optimizeResult()).indexOf(""));
    expect(flat(head)).not.toContain("Verdict");
    expect(flat(head)).toMatch(/applied: phase 3's set .*swing kept: .*phase 3's set was judged OVERFITTED/);
  });

  it("says in the headline that a stale market was not saved, and claims no change", () => {
    const reason = "the candles end 39 h before now, more than 24 h; --allow-stale saves anyway";
    const head = flat(linesOf(withRun({ saved: null, not_saved_because: reason })).slice(0, 8));
    expect(head).toContain(`Not saved ${reason}; 3 of 18 tested parameters would have changed`);
    expect(head).toContain("scalping would be applied: phase 3's set is better");
  });

  it("puts first the type that should pause, and says that nothing acts on it", () => {
    const pause: ChallengedDecision = {
      advice: "pause",
      applied: null,
      reasons: [
        { code: "VERDICT", candidate: "phase3", verdict: "FAILED" },
        { code: "CURRENT_LOSES", trades: 117, avg_return: -0.15, losing_share: 1 },
      ],
      confidence: 0.95,
      challenger: null,
    };
    const head = flat(linesOf(withRun({ decision: { scalping: decisions["scalping"]!, swing: pause } })).slice(1, 6));
    expect(head).toMatch(
      /^swing kept, pause advised: the current parameters lose in all 10,000 resamples \(-0\.15% per trade over 117 hold-out trades\): /,
    );
    expect(head).toContain(
      "Sluice does not stop the bot. No other set is clearly better: phase 3's set was judged FAILED.",
    );
    expect(head).toContain("scalping applied: ");
  });

  it("tells the looks of several types once where they are the same", () => {
    const look = { look: 2, level: 0.02, left: 0.015, epoch: ["2025-11-20", "2025-12-31"], repeated: false } as const;
    const ledger = { earlier_looks: 1, state: "whole", problem: null, types: { scalping: look, swing: look } } as never;
    const told = (types: object): string =>
      flat(linesOf(withRun({ ledger: { ...(ledger as object), types } as never })).slice(0, 12));
    const words =
      "the 2nd look at the hold-out that began on 2025-11-20; it may spend 2.00% of doubt, leaving 1.50% for later looks";
    expect(told({ scalping: look, swing: look })).toContain(`Looks scalping, swing: ${words}`);
    expect(told({ scalping: look, swing: { ...look, repeated: true } })).toMatch(
      /Looks scalping: the 2nd .*; swing: the 2nd .* on 2025-11-20, a repeat of this same run; /,
    );
  });

  it("says so where there was no config", () => {
    expect(flat(linesOf(withRun({ config: null, saved: null, diff: null })))).toContain(
      "Not saved no config was given",
    );
  });

  it("tells what was tested and how long it took", () => {
    const text = flat(linesOf(optimizeResult()));
    expect(text).toContain("7 symbols over 14.0 days (2026-01-01 to 2026-01-15)");
    expect(text).toContain("4,000 opportunities (812 objective); 3,030,912 parameter sets in 12.3 s");
    expect(text).toContain("training 2,780, hold-out 1,169 from 2026-01-10 19:12 UTC, purged 20, left out 31");
  });

  it("names what won in the words of the space, and why it is believed or not", () => {
    const text = flat(linesOf(optimizeResult()));
    expect(text).toContain("Proposed min_signal_score 50, min_indicator_consensus 2,");
    expect(text).toContain("atr_tp_multiplier 3.3, ");
    expect(text).toContain("Why probability of backtest overfitting 0.71 is above 0.5");
  });

  it("sets training beside hold-out for phase 3, phase 2 and the current set", () => {
    const rows = linesOf(optimizeResult()).filter((line) => /^ {2}(phase [23]|current) (training|hold-out)/.test(line));
    expect(rows).toHaveLength(12);
    expect(rows[1]).toMatch(
      /phase 3 hold-out +601 54\.3% \+0\.41% +\+246\.41% +18\.25% +31\.2% \| 171 \+0\.37% +\+63\.10% +18\.25%/,
    );
    expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  });

  it("puts tests that speak against a set before those that passed", () => {
    const lines = linesOf(optimizeResult());
    const warning = lines.findIndex((line) =>
      line.startsWith("  Warning    deflated_sharpe 0.912 (needs at least 0.95)"),
    );
    const passed = lines.findIndex((line) => line.startsWith("  Passed     trades 1,412 (at least 20)"));
    expect(warning).toBeGreaterThan(0);
    expect(passed).toBeGreaterThan(warning);
    expect(flat(lines)).toContain("Not run selection (at most 0.05)");
    const alone = {
      name: "pbo",
      outcome: "not run",
      reason: "one set",
      figure: null,
      threshold: "0.5",
      figures: {},
    } as const;
    expect(
      flat(linesOf(withRun({ phase4: { types: { scalping: validation({ tests: [alone] }) }, overall: "PASSED" } }))),
    ).toContain("Not run pbo (one set)");
  });

  it("says why the gate is closed, and when the comparison favours the current parameters", () => {
    const closed = validation({ gate: { ...gate(false), current_saw_holdout: true }, applied: "current" });
    const text = flat(linesOf(withRun({ phase4: { types: { scalping: closed }, overall: "PASSED" } })));
    expect(text).toContain(
      "Gate closed: the set has 6 trades on 5 days of the hold-out, needed 30 on 15 (about 60 more days would be enough)",
    );
    expect(text).toContain("the current parameters were updated after the split");
  });

  it("shows the filter matrix, the missed opportunities and the changes", () => {
    const text = flat(linesOf(optimizeResult()));
    expect(text).toContain("consensus 2 -0.30% 900");
    expect(text).toContain(
      "279 of 406 big moves; rejected first by min_signal_score 120, min_risk_reward 80, min_kline_ratio 50",
    );
    expect(text).toContain("SOLUSDT long 2026-01-03 14:15 +23.10% (min_risk_reward)");
    expect(text).toContain("scalping_params.min_signal_score 60 -> 50");
    expect(text).toContain("scalping_params.require_mkt_struct none -> true");
  });

  it("ends in memory, where things are, and the command that takes the save back", () => {
    const text = flat(linesOf(optimizeResult(), "runs/today"));
    expect(text).toContain("phase 1 91 MB");
    expect(text).toContain("peak 107 MB, core 16 MB");
    expect(text).toContain("(8,123,456 bytes, 1 load)");
    expect(text).toContain("sluice rollback --config bot/learning_config.json");
    expect(text).toContain("Report runs/today: result.json, report.txt, report.html");
  });

  it("quotes a path for the shell where it has to", () => {
    const backup = "/srv/my bot's/config.json.bak-20260116T031500Z-2";
    const saved = { file: "config.json", backup, bytes_written: 1 };
    expect(flat(linesOf(withRun({ saved })))).toContain("sluice rollback --config '/srv/my bot'\\''s/config.json'");
  });

  it("has a headline and a section a config where there are several", () => {
    const runs = [
      configRun({ config: "a.json" }),
      configRun({ config: "b.json", saved: null, not_saved_because: "dry run" }),
    ];
    const lines = linesOf(optimizeResult({ runs }));
    expect(flat(lines.slice(0, 18))).toMatch(
      /a\.json scalping applied: .* Saved .*b\.json scalping would be applied: .* Not saved dry run/,
    );
    expect(lines).toContain("Config a.json");
    expect(lines).toContain("Config b.json");
  });

  it("says so where no set could be ranked", () => {
    const text = flat(
      linesOf(
        withRun({
          phase3: { scalping: null },
          phase4: {
            types: { scalping: validation({ verdict: "SKIPPED", tests: [], applied: "current" }) },
            overall: "SKIPPED",
          },
        }),
      ),
    );
    expect(text).toContain("nothing: no set of this type could be ranked");
  });

  it("fits two types with everything on 100 lines", () => {
    expect(linesOf(optimizeResult(), "runs").length).toBeLessThanOrEqual(100);
  });
});

describe("every line of the summary", () => {
  const long = "x".repeat(150);
  const extreme = withRun({
    config: `${long}.json`,
    saved: { file: `${long}.json`, backup: `${long}.bak`, bytes_written: 8_123_456 },
    phase3: {
      scalping: {
        ...phase3Type(),
        params: { [`min_${long}`]: 1, allowed_regime: Array.from({ length: 80 }, (_, index) => index) },
        replays: (["phase3", "phase2", "current"] as const).flatMap((set) =>
          (["training", "holdout"] as const).map((part) => ({
            set,
            part,
            plain: { ...metrics(400_000, -12.34), max_drawdown: 123_456.7, win_rate: 1, capture_rate: 1 },
            one_position: { ...metrics(40_000, -12.34), max_drawdown: 123_456.7 },
            ambiguous: 400_000,
            hole_exits: 400_000,
            avg_return_other_rule: -12.34,
          })),
        ),
        matrix: Array.from({ length: 400 }, (_, index) => ({
          consensus: index % 20,
          signal_score: Math.floor(index / 20),
          n: 400_000,
          avg_return: -12.345,
          total_return: 1,
        })),
      },
    },
    phase4: {
      types: {
        scalping: validation({
          reason: long.repeat(3),
          tests: [{ name: long, outcome: "failed", figure: 1e300, threshold: long, figures: {} }],
        }),
      },
      overall: "FAILED",
    },
    diff: {
      tested: 30,
      changed: 30,
      entries: Array.from({ length: 30 }, () => ({ path: long, old: long, new: [1, 2, 3] })),
    },
  });

  it.each([
    ["an ordinary run", optimizeResult()],
    ["a run of extremes", extreme],
    ["several configs", optimizeResult({ runs: [configRun(), configRun({ config: `${long}.json` })] })],
  ])("of %s has at most 100 columns, colours or not", (_, result) => {
    for (const line of linesOf(result, long)) expect(line.length).toBeLessThanOrEqual(100);
    const coloured = optimizeSummary(result, paintFor(true), long);
    expect(coloured).toContain("\u001b[");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(optimizeSummary(result, paintFor(false), long));
  });

  it("has no escape codes where colours are off, not even from the data", () => {
    const result = withRun({ not_saved_because: "\u001b[31mred\u0007", saved: null, config: "a\u001b[2Jb.json" });
    expect(linesOf(result).join("\n")).not.toMatch(/\p{Cc}(?<!\n)/u);
    expect(linesOf(result).join("")).toContain("\\u001b[31mred\\u0007");
  });
});
