import { statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordLook, recordOutcome } from "../../src/config/ledger.ts";
import { challengersOf } from "../../src/config/ledgerChallenger.ts";
import { compacted } from "../../src/config/ledgerCompact.ts";
import { type DaySpan, entriesOf, entryOf, type LedgerEntry } from "../../src/config/ledgerEntries.ts";
import { epochsOf, summed } from "../../src/config/ledgerEpochs.ts";
import { levelOf } from "../../src/config/ledgerLevel.ts";
import { chainOf, type Line, sealed } from "../../src/config/ledgerLine.ts";
import { readLedger } from "../../src/config/ledgerRead.ts";
import { awkward, ConfigFile } from "./configFile.ts";
import { firstNight, gapOf, holdoutOf, ledgerPath, lookedAt, lookOf, nightMs } from "./ledgerFixture.ts";

/** The lines of a ledger that has these entries. */
function linesOf(entries: readonly LedgerEntry[]): Line[] {
  const first = { ledger: "abc", seq: 1, timeMs: nightMs(firstNight), previous: "" };
  const lines = [sealed({ ...first, kind: "opened", body: { config: "bot.json" } })];
  for (const { kind, seq: _seq, timeMs, ...body } of entries) {
    const before = lines.at(-1)!;
    lines.push(sealed({ ledger: "abc", seq: before.seq + 1, timeMs, kind, body, previous: before.link }));
  }
  return lines;
}
const entriesIn = (lines: readonly Line[]): LedgerEntry[] =>
  lines.map(entryOf).filter((entry): entry is LedgerEntry => entry !== null);
const epochs = (lines: readonly Line[], type = "scalping") => epochsOf(entriesIn(lines), type, null).map(summed);
const nightly = (count: number) => lookedAt(Array.from({ length: count }, (_, k) => holdoutOf(firstNight + k)));
/** Looks of other runs at the first two of these hold-outs. */
const later = (holdouts: readonly DaySpan[]) =>
  lookedAt(holdouts.slice(0, 2)).map((look) => ({ ...look, fingerprint: `later ${look.fingerprint}` }));
const now = nightMs(firstNight + 500);

describe("a ledger that has grown", () => {
  it("stays as it is below its size", () => {
    const lines = linesOf(nightly(100));
    expect(compacted(lines, now)).toBe(lines);
  });

  it("puts the epochs that no look of today can fall into in one line, and keeps the lines of the others", () => {
    const lines = linesOf(nightly(100));
    const short = compacted(lines, now, 10_000);
    // Epochs began at nights 0, 30, 60 and 90; a hold-out like the last one has more than half of its days in the last two alone.
    const [summary, ...looks] = entriesIn(short);
    expect(summary).toMatchObject({ kind: "summary", config: "bot.json", openedMs: nightMs(firstNight) });
    expect(looks.length).toBeGreaterThanOrEqual(10);
    expect(looks.length).toBeLessThan(60);
    expect(epochs(short)).toEqual(epochs(lines));
    expect(chainOf(short.map(({ text }) => `${text}\n`).join("")).fault).toBeNull();
    expect(short.at(-1)!.text).toBe(lines.at(-1)!.text);
  });

  it("keeps what groups of symbols have spent of their type's account", () => {
    const byGroup = nightly(100).map((look) => {
      const { scalping } = look.types;
      const of = { ...scalping!, type: "scalping" };
      return { ...look, types: { "scalping of AAA": of, "scalping of BBB": of } };
    });
    const [groups, whole] = [linesOf(byGroup), linesOf(nightly(100))];
    expect(epochs(groups)).toEqual(epochs(whole));
    const short = compacted(groups, now, 10_000);
    expect(short.length).toBeLessThan(groups.length);
    expect(epochs(short)).toEqual(epochs(whole));
    // The names of the groups are no accounts.
    expect(epochs(short, "scalping of AAA")).toEqual([]);
  });

  it("gives the next look the same level as before, whatever was looked at, and again when it is put together again", () => {
    const span = fc
      .record({ firstDay: fc.integer({ min: 0, max: 300 }), days: fc.integer({ min: 1, max: 90 }) })
      .map(({ firstDay, days }) => ({ firstDay, lastDay: firstDay + days - 1 }));
    const asked = (type: string, lines: readonly Line[], holdout: DaySpan) =>
      levelOf(entriesIn(lines), type, { holdout, confidence: 0.95, nowMs: now });
    fc.assert(
      fc.property(fc.array(span, { minLength: 3, maxLength: 40 }), span, (holdouts, holdout) => {
        const gap = gapOf(100, 140, 60);
        const looks = lookedAt(holdouts);
        const lines = linesOf([...looks.slice(0, 2), gap, ...looks.slice(2)]);
        const once = compacted(lines, now, 1_000);
        const twice = compacted([...once, ...followers(once, later(holdouts))], now, 1_000);
        for (const type of ["scalping", "swing"])
          expect(asked(type, once, holdout)).toEqual(asked(type, lines, holdout));
        const all = [...lines, ...followers(lines, later(holdouts))];
        expect(asked("scalping", twice, holdout).look).toBe(asked("scalping", all, holdout).look);
      }),
    );
  });

  it("is bounded within one epoch, too: three hundred looks at one hold-out are a few lines and a count", () => {
    const lines = linesOf(lookedAt(Array(300).fill(holdoutOf(firstNight))));
    const short = compacted(lines, now, 5_000);
    expect(short.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(15_000);
    expect(epochs(short)[0]!.looks).toBe(300);
    expect(epochs(short)[0]!.spent).toBeCloseTo(epochs(lines)[0]!.spent, 12);
  });

  it("is bounded over three hundred epochs, and old days are never taken for new", () => {
    const holdouts = Array.from({ length: 300 }, (_, k) => ({ firstDay: 10 * k, lastDay: 10 * k + 9 }));
    const lines = linesOf(lookedAt(holdouts));
    const short = compacted(lines, now, 10_000);
    expect(short.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(40_000);
    const next = (k: number) =>
      levelOf(entriesIn(short), "scalping", { holdout: holdouts[k]!, confidence: 0.95, nowMs: now });
    expect(next(299).look).toBe(2);
    expect(next(290).look).toBe(2);
    expect(next(5).look).toBeGreaterThan(200);
  });

  it("keeps a challenger that stands and what its row has spent", () => {
    const evidence = { current: { value: 3, best: 4 }, nothing: { value: 2, best: 2 } };
    const challenge = {
      ...{ frozenDay: firstNight, threshold: 33, clips: { current: 1, nothing: 1 }, evidence },
      ...{ days: 5, lastDay: firstNight + 5, state: "running" as const },
    };
    const challenger = {
      type: "scalping",
      frozenSeq: 2,
      ...{ params: { min_signal_score: 65 }, verdict: "WARNING", opponent: "" },
      challenge,
    };
    const frozen = {
      kind: "challenger",
      seq: 2,
      timeMs: nightMs(firstNight),
      event: "frozen",
      challenger,
      outcome: null,
    };
    const lines = linesOf([frozen as LedgerEntry, ...nightly(100)]);
    const short = compacted(lines, now, 10_000);
    expect(short.length).toBeLessThan(lines.length);
    const then = nightMs(firstNight + 100);
    expect(challengersOf(entriesIn(short), "scalping", then)).toEqual({
      open: challenger,
      row: { startedMs: nightMs(firstNight), count: 1 },
    });
  });
});

/** Lines that go on from others. */
function followers(lines: readonly Line[], entries: readonly LedgerEntry[]): Line[] {
  const all = [...lines];
  for (const { kind, seq: _seq, timeMs, ...body } of entries) {
    const { seq, link } = all.at(-1)!;
    all.push(sealed({ ledger: "abc", seq: seq + 1, timeMs, kind, body, previous: link }));
  }
  return all.slice(lines.length);
}

const file = new ConfigFile();

describe("a ledger on disk", () => {
  it("stays whole and small over 400 nights", async () => {
    file.write(awkward);
    const looks: number[] = [];
    for (let night = firstNight; night < firstNight + 400; night++) {
      const options = { nowMs: nightMs(night), compactAboveBytes: 20_000 };
      const { seq, levels } = await recordLook(file.path, lookOf(night), options);
      looks.push(levels.get("scalping")!.look);
      if (night % 50 === 0) await recordOutcome(file.path, { look: seq, types: {} }, options);
    }
    expect(looks).toEqual(Array.from({ length: 400 }, (_, k) => 1 + (k % 30)));
    expect(statSync(ledgerPath(file.path)).size).toBeLessThan(45_000);
    const { state, entries } = await readLedger(file.path, nightMs(firstNight + 400));
    expect([state, entries[0]!.kind]).toEqual(["whole", "summary"]);
    expect(entriesOf(entries, "summary")[0]!.openedMs).toBe(nightMs(firstNight));
  });
});
