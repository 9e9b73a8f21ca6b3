import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../src/portfolio/walk.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { accountsOf, type Bar, handAccount } from "../support/accounts.ts";
import { portfolioArbitrary } from "../support/portfolios.ts";
import {
  begunAt,
  chargedAtRandom,
  holedCase,
  type RandomCase,
  randomCase,
  startMs,
  withExitSignals,
} from "../support/random.ts";

const setArbitrary: fc.Arbitrary<Parameters> = fc.record(
  {
    atr_tp_multiplier: fc.constantFrom(0.5, 1, 2, 4),
    stop_loss_percent: fc.constantFrom(1, 3, 4.5, 10),
    max_holding_hours: fc.constantFrom(0.5, 2, 8, 40),
    trailing_stop_enabled: fc.boolean(),
    trailing_stop_activation: fc.constantFrom(0, 0.5),
    trailing_stop_distance: fc.constantFrom(0.5, 1),
    partial_exit: fc.constantFrom("none", { share: 0.5, atr: 0.5, then: "break_even" } as const),
    use_exit_signal: fc.boolean(),
  },
  { requiredKeys: ["atr_tp_multiplier", "max_holding_hours"] },
) as fc.Arbitrary<Parameters>;

const rulesArbitrary: fc.Arbitrary<TradeRules> = fc.record({
  fee: fc.constantFrom(0, 0.0005),
  slippage: fc.constantFrom(0, 0.0002),
  fundingPer8h: fc.constantFrom(0, 0.0003, -0.001),
  intrabar: fc.constantFrom("stop-first", "target-first", "nearest-open"),
  summaryBars: fc.constant(null),
});

/** The table as it is, or with scores by which simultaneous signals are ordered, and with two types. */
function scored(one: RandomCase, isScored: boolean): RandomCase {
  if (!isScored) return one;
  const type = one.table.type.map((_, row) => row % 2);
  return { ...one, table: { ...one.table, types: ["b", "a"], type, featureNames: ["signal_score", "x", "y", "z"] } };
}

/** The same in 2025, some hours after midnight. */
function begun(one: RandomCase): RandomCase {
  const fromMs = startMs + 5 * 3_600_000;
  const moved = [...one.market.bySymbol].map(
    ([symbol, candles]) => [symbol, begunAt(fromMs + candles.firstOpenTimeMs, candles)] as const,
  );
  const timestampMs = one.table.timestampMs.map((timeMs) => fromMs + timeMs);
  return { ...one, market: { ...one.market, bySymbol: new Map(moved) }, table: { ...one.table, timestampMs } };
}

/** Rows in another order; with symbols and types in it too. */
function shuffled(one: RandomCase, seed: number): RandomCase {
  const { table } = one;
  const rows = Array.from({ length: table.count }, (_, row) => row);
  for (let k = rows.length - 1, state = seed >>> 0; k > 0; k--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (k + 1);
    [rows[k], rows[j]] = [rows[j]!, rows[k]!];
  }
  const of = <C extends { [k: number]: number; map: (f: (value: number, k: number) => number) => C }>(column: C): C =>
    column.map((_, k) => column[rows[k]!]!);
  return {
    ...one,
    table: {
      ...table,
      types: [...table.types].reverse(),
      symbols: [...table.symbols].reverse(),
      symbol: of(table.symbol).map((code) => table.symbols.length - 1 - code),
      timestampMs: of(table.timestampMs),
      bar: of(table.bar),
      direction: of(table.direction),
      type: of(table.type).map((code) => table.types.length - 1 - code),
      entry: of(table.entry),
      atr: of(table.atr),
      ...(table.exitBars && { exitBars: of(table.exitBars) }),
      features: table.features.map((feature) => of(feature)),
    },
  };
}

/** What two accounts may not differ in where only the order of rows does. */
const seenOf = ({ sums, days, equity, trades }: Account) => ({
  sums,
  days,
  equity,
  trades: trades.map(({ trade: { row: _, objective: __, ...trade }, taken, skipped }) => ({ trade, taken, skipped })),
});

describe("a portfolio in the core equals the plain walk to the bit", () => {
  it("on random candles, whatever the purse, the exits and the costs, also where candles are missing", () => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.integer(),
        fc.constantFrom(randomCase, holedCase),
        fc.record({ isScored: fc.boolean(), bars: fc.constantFrom(90, 150, 500, 500) }),
        portfolioArbitrary,
        rulesArbitrary,
        setArbitrary,
        (seed, caseOf, { isScored, bars }, portfolio, rules, params) => {
          const made = begun(withExitSignals(caseOf(seed, 80, bars), seed));
          const one = scored(rules.fundingPer8h > 0 ? chargedAtRandom(made, seed) : made, isScored);
          const [account] = accountsOf(one, rules, portfolio, [params]);
          const again = accountsOf(shuffled(one, seed), rules, portfolio, [params])[0]!;
          expect(seenOf(again)).toEqual(seenOf(account!));
          for (const { taken, skipped } of account!.trades) {
            const name = skipped ?? taken!.reason;
            met.set(name, (met.get(name) ?? 0) + 1);
          }
        },
      ),
      { numRuns: 400, seed: 7 },
    );
    // The cases reach every way to end and to be skipped: else the property would prove little.
    const reasons = [
      "take_profit",
      "stop_loss",
      "trailing_stop",
      "timeout",
      "end_of_data",
      "exit_signal",
      "liquidation",
    ];
    for (const name of [...reasons, "break_even", "symbol_open", "max_open", "no_money", "ruined"])
      expect(met.get(name) ?? 0, name).toBeGreaterThan(20);
  });

  it("over no day, over one, and where equity stands still or falls as deep again", () => {
    const set = { take_profit_percent: 10, stop_loss_percent: 10, max_holding_hours: 6 };
    const portfolio = { stake: { kind: "fixed", amount: 500 } } as const;
    const up: Bar = [100, 110, 100, 100];
    const down: Bar = [100, 100, 90, 100];
    const flat: Bar = [100, 100, 100, 100];
    const over = (bars: readonly Bar[], at: readonly number[]) => {
      const signals = at.map((bar) => ({ symbol: "AAA", bar }));
      const { meanReturn, variance, maxDrawdown, drawdownDays } = handAccount({ AAA: bars }, signals, {
        set,
        portfolio,
      }).sums;
      return { meanReturn, variance, fall: [maxDrawdown, drawdownDays] };
    };
    expect(over([flat], [])).toEqual({ meanReturn: 0, variance: 0, fall: [0, 0] });
    expect(over([flat, down], [0])).toEqual({ meanReturn: 950 / 1000 - 1, variance: 0, fall: [0.05, 1] });
    // Two days without a trade, one that loses a twentieth, and it is never made good: the peak is the end of the second day.
    const late = [flat, flat, flat, flat, flat, flat, flat, flat, flat, down, flat, flat, flat];
    expect(over(late, [0, 8]).fall).toEqual([0.05, 2]);
    // A twentieth lost on the first day, made good on the second, and lost again to the end: the first of equal falls counts.
    const twice = [flat, down, flat, flat, flat, up, flat, flat, flat, down, flat, flat, ...Array<Bar>(8).fill(flat)];
    expect(over(twice, [0, 4, 8]).fall).toEqual([0.05, 2]);
  });
});
