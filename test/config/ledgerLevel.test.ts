import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DaySpan } from "../../src/config/ledgerEntries.ts";
import { epochAt, epochsOf, newDays, shareOf } from "../../src/config/ledgerEpochs.ts";
import { levelOf } from "../../src/config/ledgerLevel.ts";
import { firstNight, gapOf, holdoutOf, lookedAt, nextLook, nightMs } from "./ledgerFixture.ts";

const nights = (count: number): DaySpan[] => Array.from({ length: count }, (_, k) => holdoutOf(firstNight + k));
const ask = (holdout: DaySpan, confidence = 0.95) => ({ holdout, confidence, nowMs: nightMs(holdout.lastDay + 1) });

describe("the doubt of a hold-out", () => {
  it("is spent as 6/(pi k)^2 of it at the k-th look: 0.0304, 0.0076, 0.0034 of 0.05", () => {
    const holdout = holdoutOf(firstNight);
    const levels = lookedAt([holdout, holdout, holdout]).map(({ types }) => types["scalping"]!);
    expect(levels.map(({ look }) => look)).toEqual([1, 2, 3]);
    expect(levels.map(({ level }) => level.toFixed(4))).toEqual(["0.0304", "0.0076", "0.0034"]);
  });

  it("is what is left to 1 of the confidence that is asked: at 0.9 the first look may spend 0.0608", () => {
    const first = levelOf([], "scalping", ask(holdoutOf(firstNight), 0.9));
    expect([first.look, first.level.toFixed(4), first.left.toFixed(4)]).toEqual([1, "0.0608", "0.0392"]);
  });

  it("begins anew when half of sixty days are new: the 31st of nightly looks is a first one again", () => {
    const looks = lookedAt(nights(62)).map(({ types }) => types["scalping"]!.look);
    expect(looks.slice(28, 32)).toEqual([29, 30, 1, 2]);
    expect(looks.slice(58, 62)).toEqual([29, 30, 1, 2]);
  });

  it("stays spent for days that were looked at long ago: going back finds their epoch", () => {
    const january = { firstDay: 20_100, lastDay: 20_159 };
    const june = { firstDay: 20_250, lastDay: 20_309 };
    expect(lookedAt([january, june, january, june]).map(({ types }) => types["scalping"]!.look)).toEqual([1, 1, 2, 2]);
  });

  it("is not fresh for a part of the days, nor for the same days with a few more", () => {
    const days = { firstDay: 100, lastDay: 159 };
    const part = { firstDay: 150, lastDay: 159 };
    const more = { firstDay: 100, lastDay: 218 };
    const twice = { firstDay: 100, lastDay: 219 };
    expect(lookedAt([days, part, more]).map(({ types }) => types["scalping"]!.look)).toEqual([1, 2, 3]);
    expect(lookedAt([days, twice]).map(({ types }) => types["scalping"]!.look)).toEqual([1, 1]);
  });

  it("of one type is not that of another", () => {
    const entries = lookedAt(nights(5), "swing");
    expect([nextLook(entries, firstNight + 5, "swing"), nextLook(entries, firstNight + 5, "scalping")]).toEqual([6, 1]);
  });

  it("is not spent twice by the same run on the same days, and is by another run on them", () => {
    const holdout = holdoutOf(firstNight);
    const entries = lookedAt([holdout, holdout]);
    const again = levelOf(entries, "scalping", { ...ask(holdout), fingerprint: "run 0" });
    expect([again.look, again.level.toFixed(4), again.isRepeat]).toEqual([1, "0.0304", true]);
    expect(levelOf([...entries, { ...entries[0]!, seq: 9 }], "scalping", ask(holdout)).look).toBe(3);
    const other = levelOf(entries, "scalping", { ...ask(holdout), fingerprint: "another" });
    expect([other.look, other.isRepeat]).toEqual([3, false]);
    // The same options a day later see another day.
    const later = levelOf(entries, "scalping", { ...ask(holdoutOf(firstNight + 1)), fingerprint: "run 0" });
    expect(later.isRepeat).toBe(false);
  });

  it("is gone where more was spent at a lower confidence than is asked for now", () => {
    const holdout = holdoutOf(firstNight);
    const entries = lookedAt([holdout], "scalping", [0.8]);
    const next = levelOf(entries, "scalping", ask(holdout, 0.95));
    expect([next.look, next.level, next.left]).toEqual([2, 0, 0]);
  });
});

describe("nights of which nothing is on record", () => {
  it("count as looks of every type: ten lost nights, the eleventh look", () => {
    const gap = gapOf(firstNight, firstNight + 9, 60);
    expect([nextLook([gap], firstNight + 10, "scalping"), nextLook([gap], firstNight + 10, "swing")]).toEqual([11, 11]);
    expect(levelOf([gap], "swing", ask(holdoutOf(firstNight + 10))).level).toBeCloseTo(0.05 * shareOf(11), 12);
  });

  it("count no day twice on which a look is on record", () => {
    const entries = lookedAt(nights(5));
    expect(nextLook([...entries, gapOf(firstNight, firstNight + 9)], firstNight + 10)).toBe(11);
  });

  it("begin new epochs as they go by: after 300 lost nights no look is later than the 31st", () => {
    const gap = gapOf(firstNight, firstNight + 299, 60);
    const looks = Array.from({ length: 60 }, (_, k) => nextLook([gap], firstNight + 300 + k));
    expect(Math.max(...looks)).toBeLessThanOrEqual(31);
    expect(looks).toContain(1);
  });

  it("have a hold-out like the asker's where they know none", () => {
    expect(nextLook([gapOf(firstNight, firstNight + 9)], firstNight + 10)).toBe(11);
  });
});

const span = fc
  .record({ firstDay: fc.integer({ min: 0, max: 400 }), days: fc.integer({ min: 1, max: 120 }) })
  .map(({ firstDay, days }) => ({ firstDay, lastDay: firstDay + days - 1 }));
const confidence = fc.constantFrom(0.8, 0.9, 0.95, 0.99);

describe("the levels of one epoch", () => {
  it("never sum above the doubt, whatever is looked at in whatever order", () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 60 }), confidence, (holdouts, asked) => {
        const entries = lookedAt(holdouts, "scalping", Array(holdouts.length).fill(asked));
        for (const { spent } of epochsOf(entries, "scalping", null))
          expect(spent).toBeLessThanOrEqual(1 - asked + 1e-12);
      }),
    );
  });

  it("never sum above the largest doubt that was asked for, where each run asks for its own", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(span, confidence), { maxLength: 60 }), (runs) => {
        const entries = lookedAt(
          runs.map(([holdout]) => holdout),
          "scalping",
          runs.map(([, asked]) => asked),
        );
        const most = Math.max(0, ...runs.map(([, asked]) => 1 - asked));
        for (const { spent } of epochsOf(entries, "scalping", null)) expect(spent).toBeLessThanOrEqual(most + 1e-12);
      }),
    );
  });

  it("sum to the doubt in the end: 10,000 looks leave less than a ten-thousandth of it", () => {
    const sum = Array.from({ length: 10_000 }, (_, k) => shareOf(k + 1)).reduce((a, b) => a + b, 0);
    expect(sum).toBeLessThan(1);
    expect(sum).toBeGreaterThan(0.9999);
  });

  it("fall with looks that overlap, and with none that share no day", () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 40 }), span, (holdouts, holdout) => {
        const entries = lookedAt(holdouts);
        const { look } = levelOf(entries, "scalping", ask(holdout));
        const sharing = holdouts.filter((other) => newDays(holdout, other) < holdout.lastDay - holdout.firstDay + 1);
        const alone = levelOf(lookedAt(sharing), "scalping", ask(holdout));
        if (sharing.length === 0) expect(look).toBe(1);
        expect(look).toBeLessThanOrEqual(1 + holdouts.length);
        expect(alone.look).toBeLessThanOrEqual(1 + sharing.length);
        // Looking once more never makes the next look at the same days an earlier one.
        expect(levelOf(lookedAt([...holdouts, holdout]), "scalping", ask(holdout)).look).toBeGreaterThanOrEqual(
          look + 1,
        );
      }),
    );
  });

  it("put a look into an epoch of whose first days it has more than half", () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 40 }), span, (holdouts, holdout) => {
        const epoch = epochAt(epochsOf(lookedAt(holdouts), "scalping", null), holdout);
        if (epoch) expect(2 * newDays(holdout, epoch.anchor)).toBeLessThan(holdout.lastDay - holdout.firstDay + 1);
      }),
    );
  });
});
