import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniformFrom } from "../../src/random.ts";
import type { Trade } from "../../src/search/trades.ts";
import { compareByDays } from "../../src/validation/dailyBootstrap.ts";
import { blockDaysOf, type DailyPoints, dailyPoints, daySpanOf } from "../../src/validation/days.ts";
import { type GateRules, gateOf } from "../../src/validation/gate.ts";
import { shrunkAverage } from "../../src/validation/shrunk.ts";

const dayMs = 86_400_000;
const hourMs = 3_600_000;

/** A trade of so many points, entered on a day at an hour and held for an hour. */
function trade(day: number, hour: number, points: number, more: Partial<Trade> = {}): Trade {
  const entryTimeMs = day * dayMs + hour * hourMs;
  return {
    row: day * 24 + hour,
    symbol: "X",
    type: "all",
    direction: 1,
    entryTimeMs,
    exitTimeMs: entryTimeMs + hourMs,
    entry: 100,
    exit: 100 + points,
    reason: "timeout",
    bars: 4,
    halfBars: 8,
    return: points / 100,
    ambiguous: false,
    otherReturn: points / 100,
    objective: false,
    ...more,
  };
}

/** So many trades a day around a mean, wins and losses of a point in turn. */
const daily = (days: number, perDay: number, mean: number): Trade[] =>
  Array.from({ length: days * perDay }, (_, k) =>
    trade(Math.floor(k / perDay), k % perDay, mean + (k % 2 === 0 ? 1 : -1)),
  );

const rulesOf = (current: readonly Trade[] | null, more: Partial<GateRules> = {}): GateRules => ({
  current,
  span: { first: 0, count: 40 },
  objectiveTotal: 0,
  hoursPerBar: 0.25,
  margin: 0,
  confidence: 0.95,
  seed: 1,
  limits: {},
  currentSawHoldout: false,
  ...more,
});
const gate = (holdout: readonly Trade[], current: readonly Trade[] | null, more: Partial<GateRules> = {}) =>
  gateOf({ name: "phase3", holdout, verdict: "PASSED", entryP: null }, rulesOf(current, more));

describe("days", () => {
  it("run from the split's to the last candle's, those without a trade with them", () => {
    expect(daySpanOf(10 * dayMs + hourMs, 12 * dayMs)).toEqual({ first: 10, count: 3 });
    expect(daySpanOf(10 * dayMs, 10 * dayMs)).toEqual({ first: 10, count: 1 });
    expect(daySpanOf(Number.POSITIVE_INFINITY, 12 * dayMs)).toEqual({ first: 12, count: 1 });
  });
  it("count a trade on the day that it is entered on", () => {
    const late = trade(1, 23, 2, { exitTimeMs: 3 * dayMs });
    const { sums, counts } = dailyPoints([late, trade(1, 2, 1)], { first: 0, count: 4 });
    expect([...sums]).toEqual([0, 3, 0, 0]);
    expect([...counts]).toEqual([0, 2, 0, 0]);
  });
  it("are drawn in blocks of five, or of twice the longest holding", () => {
    expect(blockDaysOf(daily(4, 2, 0))).toBe(5);
    expect(blockDaysOf(daily(4, 2, 0), [trade(0, 0, 1, { exitTimeMs: 4 * dayMs })])).toBe(8);
    expect(blockDaysOf()).toBe(5);
  });
});

describe("the comparison by days", () => {
  /** The same figures the long way: lists of days, and averages from the trades of each resample. */
  function slowly(candidate: DailyPoints, current: DailyPoints | null, block: number, margin: number, seed: number) {
    const uniform = uniformFrom(seed);
    const days = candidate.sums.length;
    const add = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);
    const shares = { day0: 0, trade0: 0, day: 0, trade: 0, loses: 0 };
    const above = (a: number, b: number): number => (a - b > 1e-9 ? 1 : 0);
    for (let run = 0; run < 10_000; run++) {
      const drawn: number[] = [];
      while (drawn.length < days) {
        const isNew = drawn.length === 0 || uniform() < 1 / block;
        drawn.push(isNew ? Math.floor(uniform() * days) : (drawn.at(-1)! + 1) % days);
      }
      const figures = ({ sums, counts }: DailyPoints): [number, number, number] => {
        const [total, n] = [add(drawn.map((day) => sums[day]!)), add(drawn.map((day) => counts[day]!))];
        return [total, n, n === 0 ? 0 : total / n];
      };
      const [total, n, average] = figures(candidate);
      const [otherTotal, , otherAverage] = current ? figures(current) : [0, 0, 0];
      shares.day0 += above(total, margin * n);
      shares.trade0 += above(average, margin);
      shares.day += above(total - margin * n, otherTotal);
      shares.trade += above(average - margin, otherAverage);
      shares.loses += above(0, otherTotal);
    }
    return {
      nothing: { per_day: shares.day0 / 10_000, per_trade: shares.trade0 / 10_000 },
      current: current && { per_day: shares.day / 10_000, per_trade: shares.trade / 10_000 },
      currentLoses: shares.loses / 10_000,
    };
  }

  it("is what a slow and obvious one says", () => {
    const points = fc.array(fc.tuple(fc.nat(9), fc.nat(23), fc.integer({ min: -30, max: 30 })), { maxLength: 40 });
    fc.assert(
      fc.property(points, fc.option(points), fc.constantFrom(0, 0.5), fc.nat(1000), (own, others, margin, seed) => {
        const span = { first: 0, count: 10 };
        const of = (drawn: typeof own): DailyPoints =>
          dailyPoints(
            drawn.map(([day, hour, tenths]) => trade(day, hour, tenths / 10)),
            span,
          );
        const [candidate, current] = [of(own), others && of(others)];
        expect(compareByDays({ candidate, current, blockDays: 5, margin, seed })).toEqual(
          slowly(candidate, current, 5, margin, seed),
        );
      }),
      { numRuns: 8 },
    );
  });
  it("of a set with itself is never better, and of one that gains a point more on every trade always", () => {
    const span = { first: 0, count: 40 };
    const [low, high] = [daily(40, 2, 0), daily(40, 2, 1)].map((trades) => dailyPoints(trades, span));
    const against = (candidate: DailyPoints, current: DailyPoints) =>
      compareByDays({ candidate, current, blockDays: 5, margin: 0, seed: 1 }).current;
    expect(against(low!, low!)).toEqual({ per_day: 0, per_trade: 0 });
    expect(against(high!, low!)).toEqual({ per_day: 1, per_trade: 1 });
  });
});

describe("the gate", () => {
  it("opens for a set that is surely better than not trading and than the current one", () => {
    expect(gate(daily(40, 2, 0.8), daily(40, 2, 0.1))).toMatchObject({ open: true, code: "OPEN", more_days: null });
    expect(gate(daily(40, 2, 0.8), null)).toMatchObject({ open: true, against_current: null, current_metrics: null });
  });
  it("stays closed to a set that loses less than the current one: not trading is better than both", () => {
    const { open, code, against_current } = gate(daily(40, 2, -0.2), daily(40, 2, -1.5));
    expect([open, code]).toEqual([false, "NOT_ABOVE_NOTHING"]);
    expect(against_current!.better_per_day).toBeGreaterThan(0.95);
  });
  it("stays closed to a set that gains a tenth a trade of what the current one gains, and to the current one itself", () => {
    expect(gate(daily(40, 2, 0.3), daily(40, 2, 3)).code).toBe("NOT_ABOVE_CURRENT");
    expect(gate(daily(40, 2, 0.8), daily(40, 2, 0.8))).toMatchObject({ code: "NOT_ABOVE_CURRENT", better_share: 0 });
  });
  it("asks for points a day too: one fine trade a day is not better than ten good ones", () => {
    const { code, against_current } = gate(daily(40, 1, 1.5), daily(40, 10, 1));
    expect(code).toBe("NOT_ABOVE_CURRENT");
    expect(against_current!.points_per_trade).toBeCloseTo(0.5, 9);
    expect(against_current!.points_per_day).toBeCloseTo(1.5 - 10, 9);
    expect(against_current!.better_per_trade).toBeGreaterThan(0.95);
  });
  it("stays closed to a set whose trades make as much when entered at other times, and says so after everything else", () => {
    const asked = (entryP: number | null, holdout = daily(40, 2, 0.8)) =>
      gateOf({ name: "phase3", holdout, verdict: "WARNING", entryP }, rulesOf(daily(40, 2, 0.1)));
    expect([asked(null).code, asked(0.05).code]).toEqual(["OPEN", "OPEN"]);
    expect(asked(0.5)).toMatchObject({ open: false, code: "NOT_ABOVE_RANDOM_ENTRIES", random_entries_p: 0.5 });
    expect(asked(0.5).better_share).toBe(asked(0.05).better_share);
    expect(asked(0.5, daily(40, 2, 0.05)).code).toBe("NOT_ABOVE_CURRENT");
  });
  it("takes the margin off every trade of the candidate, against either opponent", () => {
    const [good, current] = [daily(40, 2, 0.8), daily(40, 2, 0.1)];
    expect(gate(good, current, { margin: 0.5 }).open).toBe(true);
    expect(gate(good, current, { margin: 0.7 }).code).toBe("NOT_ABOVE_CURRENT");
    expect(gate(good, current, { margin: 0.8 }).code).toBe("NOT_ABOVE_NOTHING");
  });
  it("opens at a confidence that the share of resamples reaches, and not above", () => {
    const rising = Array.from({ length: 80 }, (_, k) => trade(Math.floor(k / 2), k % 2, 0.3 + 3 * Math.sin(k * k)));
    const { better_share: share, p } = gate(rising, null);
    expect(share).toBeGreaterThan(0.5);
    expect(share).toBeLessThan(1);
    expect(p).toBeCloseTo(1 - share, 12);
    expect(gate(rising, null, { confidence: share }).open).toBe(true);
    expect(gate(rising, null, { confidence: share + 0.0001 }).open).toBe(false);
  });
  it("needs 30 trades on 15 days, and says how many days more would do at that rate", () => {
    // 20 trades on 20 of 40 days: ten trades more take twenty days more.
    const few = Array.from({ length: 20 }, (_, k) => trade(2 * k, 0, 1 + (k % 2)));
    expect(gate(few, null)).toMatchObject({ open: false, code: "TOO_FEW", traded_days: 20, more_days: 20 });
    // 40 trades on 4 of 40 days: eleven days with a trade more take 110.
    const bunched = daily(4, 10, 1.5);
    expect(gate(bunched, null)).toMatchObject({ code: "TOO_FEW", traded_days: 4, more_days: 110 });
    expect(gate(daily(15, 2, 1.5), null).open).toBe(true);
  });
  it("knows edges: no trade at all, one day, a current set that does not trade", () => {
    expect(gate([], daily(40, 2, 1))).toMatchObject({ open: false, code: "TOO_FEW", more_days: null, traded_days: 0 });
    const oneDay = daily(1, 20, 1);
    const closed = gate(oneDay, null, { span: { first: 0, count: 1 } });
    expect(closed).toMatchObject({ open: false, code: "TOO_FEW", days: 1, better_share: 1, more_days: 14 });
    expect(gate(daily(40, 2, 0.8), []).open).toBe(true);
    expect(gate(daily(40, 2, -0.8), []).open).toBe(false);
  });
  it("replays with one position per symbol: what enters while another is open is not traded", () => {
    const twice = daily(40, 2, 0.8).flatMap((one) => [one, { ...one, row: one.row + 10_000 }]);
    expect(gate(twice, null).candidate_metrics!.n).toBe(80);
  });
  it("stays closed to any verdict but PASSED and WARNING, and gives the figures all the same", () => {
    for (const verdict of ["FAILED", "OVERFITTED", "UNSTABLE", "SKIPPED", "HINDSIGHT"] as const) {
      const closed = gateOf({ name: "phase2", holdout: daily(40, 2, 0.8), verdict, entryP: null }, rulesOf(null));
      expect(closed).toMatchObject({ open: false, code: "VERDICT", candidate: "phase2" });
      expect(closed.better_share).toBeGreaterThan(0.95);
    }
    expect(
      gateOf({ name: "phase2", holdout: daily(40, 2, 0.8), verdict: "WARNING", entryP: null }, rulesOf(null)).open,
    ).toBe(true);
  });
});

describe("the shrunk average", () => {
  it("is half of the average where sd^2/tau^2 is as large as the number of trades that stand alone", () => {
    // 50 pairs of +1.5 and -0.5, a mean of 0.5 and a variance of 100/99: against tau 0.2 these weigh 25.25 trades.
    const hundred = daily(50, 2, 0.5);
    expect(shrunkAverage(hundred, 900_000)).toBeCloseTo((0.5 * 100) / (100 + 100 / 99 / 0.04), 9);
  });
  it("counts trades that are open together as one", () => {
    const alone = daily(50, 1, 0.5);
    const together = alone.flatMap((one) => [one, { ...one, symbol: "Y" }]);
    expect(shrunkAverage(together, 900_000)).toBeCloseTo(shrunkAverage(alone, 900_000), 2);
  });
  it("is 0 without trades or with one, and the average itself where all are equal", () => {
    expect([shrunkAverage([], 900_000), shrunkAverage([trade(0, 0, 5)], 900_000)]).toEqual([0, 0]);
    expect(shrunkAverage([trade(0, 0, 2), trade(1, 0, 2)], 900_000)).toBeCloseTo(2, 9);
  });
});
