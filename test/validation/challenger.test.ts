import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  beginChallenge,
  type Challenge,
  challengeDays,
  clipOf,
  continueChallenge,
  type ScoredDay,
  thresholdOf,
} from "../../src/validation/challenger.ts";
import { type DayKind, dayKinds, livesOf } from "./challengerMarkets.ts";

/** A first challenger with a clip of 1 point against both, frozen on day 100. */
const begun = beginChallenge(1, 100, { current: [-2, 0, 0, 0, 2], nothing: [-2, 0, 0, 0, 2] })!;
const clipped: Challenge = { ...begun, clips: { current: 1, nothing: 1 } };
const daysOf = (points: readonly number[], nothing = points): ScoredDay[] =>
  points.map((current, k) => ({ day: 101 + k, current, nothing: nothing[k]! }));

describe("a challenger", () => {
  it("bets half of what the clip allows: days of +1, +1 and -1 point make 1.5 * 1.5 * 0.5 = 1.125 of 1", () => {
    const { evidence, days, lastDay, state } = continueChallenge(clipped, daysOf([1, 1, -1]), 103);
    expect([evidence.current, evidence.nothing]).toEqual([
      { value: 1.125, best: 2.25 },
      { value: 1.125, best: 2.25 },
    ]);
    expect([days, lastDay, state]).toEqual([3, 103, "running"]);
  });

  it("counts a gain as one clip at most, and a loss in full down to two clips, which take everything", () => {
    expect(continueChallenge(clipped, daysOf([9]), 101).evidence.current.value).toBe(1.5);
    expect(continueChallenge(clipped, daysOf([-1.5]), 101).evidence.current.value).toBe(0.25);
    expect(continueChallenge(clipped, daysOf([-9]), 101)).toMatchObject({
      state: "dropped",
      evidence: { current: { value: 0 } },
    });
  });

  it("wins on the day by which both have reached 32.9: nine days of a clip each, 1.5^9 = 38.4", () => {
    expect(thresholdOf(1)).toBeCloseTo(32.9, 1);
    expect(continueChallenge(clipped, daysOf(Array(8).fill(1)), 108).state).toBe("running");
    const won = continueChallenge(clipped, daysOf(Array(12).fill(1)), 112);
    expect([won.state, won.days]).toEqual(["won", 9]);
  });

  it("does not win against one opponent alone, and keeps what it reached against one while it waits for the other", () => {
    const alone = continueChallenge(clipped, daysOf(Array(20).fill(1), Array(20).fill(0)), 120);
    expect([alone.state, alone.evidence.nothing.best]).toEqual(["running", 1]);
    const later = daysOf([...Array(20).fill(1), ...Array(10).fill(-0.5)], [...Array(20).fill(0), ...Array(10).fill(1)]);
    expect(continueChallenge(clipped, later, 130)).toMatchObject({ state: "won", days: 29 });
  });

  it("is dropped below 1/5 against either, and expires 90 days after its freezing", () => {
    expect(continueChallenge(clipped, daysOf([-1, -1, -1], [0, 0, 0]), 103)).toMatchObject({
      state: "dropped",
      days: 3,
    });
    expect(continueChallenge(clipped, [], 100 + challengeDays - 1).state).toBe("running");
    expect(continueChallenge(clipped, [], 100 + challengeDays)).toMatchObject({ state: "expired", days: 0 });
    const late = [{ day: 100 + challengeDays + 1, current: 1, nothing: 1 }];
    expect(continueChallenge(clipped, late, 200)).toMatchObject({ state: "expired", days: 0 });
  });

  it("is scored on no day before its freezing and on none twice, however the days are handed in", () => {
    const days = daysOf([0.3, -0.2, 0.5, 0.1, -0.4, 0.2]);
    const early = { day: 100, current: 1, nothing: 1 };
    const whole = continueChallenge(clipped, [early, ...days], 106);
    expect(whole.days).toBe(6);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 6 })), (cuts) => {
        let challenge = clipped;
        for (const cut of cuts) challenge = continueChallenge(challenge, days.slice(0, cut), 106);
        expect(continueChallenge(challenge, days, 106)).toEqual(whole);
      }),
    );
  });

  it("has a clip of two standard deviations, or half of the worst day ever seen where that is more", () => {
    expect(clipOf([1, -1, 1, -1])).toBeCloseTo(2 * Math.sqrt(4 / 3), 12);
    expect(clipOf([...Array(99).fill(0), -50])).toBe(25);
    expect(clipOf([...Array(99).fill(0), 50])).toBeCloseTo(10, 9);
  });

  it("needs something to differ by: a set that trades as the current one is none", () => {
    expect(beginChallenge(1, 100, { current: [0, 0], nothing: [1, -1] })).toBeNull();
    expect(beginChallenge(1, 100, { current: [], nothing: [] })).toBeNull();
  });

  it("needs more the more came before it in its row: together they err once in twenty at most", () => {
    expect(thresholdOf(2) / thresholdOf(1)).toBeCloseTo(4, 12);
    const spent = Array.from({ length: 10_000 }, (_, k) => 1 / thresholdOf(k + 1)).reduce((a, b) => a + b, 0);
    expect(spent).toBeLessThan(1 / 20);
    expect(spent).toBeGreaterThan(0.0499);
  });
});

/** How often more of `count` would win by luck than this, of things that win once in twenty: 3.1 standard errors. */
const atMost = (count: number): number => 0.05 + 3.1 * Math.sqrt((0.05 * 0.95) / count);

describe("challengers that are no better", () => {
  const kinds = Object.keys(dayKinds) as DayKind[];

  it.each(kinds)("are applied once in twenty at most on %s days, against the bare 20", (kind) => {
    const count = 300;
    const lives = livesOf(kind, { mean: 0, count, seed: 1, threshold: 20 });
    expect(lives.filter(({ state }) => state === "won").length / count).toBeLessThanOrEqual(atMost(count));
  });

  it("that are better than one opponent and no better than the other are not applied more often", () => {
    const count = 300;
    const lives = livesOf("normal", { mean: 0, meanOfOther: 1, count, seed: 2, threshold: 20 });
    expect(lives.filter(({ state }) => state === "won").length / count).toBeLessThanOrEqual(atMost(count));
  });
});

describe("challengers that are better by half of a daily standard deviation", () => {
  it("are applied nine times in ten, half of them within 50 days", () => {
    const lives = livesOf("normal", { mean: 0.5, count: 200, seed: 3, threshold: thresholdOf(1) });
    const won = lives.filter(({ state }) => state === "won").map(({ days }) => days);
    expect(won.length).toBeGreaterThanOrEqual(180);
    expect(won.sort((a, b) => a - b)[100]).toBeLessThanOrEqual(50);
  });
});
