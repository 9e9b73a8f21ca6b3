import fc from "fast-check";
import { expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { knownAt, rowsBetween } from "../../src/run/knownAt.ts";
import type { Prepared } from "../../src/run/prepare.ts";
import { settingsOf } from "../../src/run/request.ts";
import { holedCase } from "../support/random.ts";

const barMs = 900_000;

it("what is known at a time is what had closed by then: every row within the window, on its own candle, and no other", () => {
  const settings = settingsOf({ minProfit: 0.02, lookaheadHours: 2 });
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 1, max: 60 }),
      (seed, from, length) => {
        const whole: Prepared = { ...holedCase(seed, 80, 100), gates: null, signals: null };
        const { fromMs, untilMs } = { fromMs: from * barMs, untilMs: (from + length) * barMs };
        const known = knownAt(whole, { fromMs, untilMs }, settings);
        const { table, market } = whole;
        const openOf = (row: number): number =>
          openTimeMs(market.bySymbol.get(table.symbols[table.symbol[row]!]!)!, table.bar[row]!);
        const expected = [...table.bar.keys()].filter((row) => openOf(row) >= fromMs && openOf(row) + barMs <= untilMs);
        expect(known?.table.count ?? 0).toBe(expected.length);
        if (!known) return;
        for (const candles of known.market.bySymbol.values()) {
          expect(openTimeMs(candles, 0)).toBeGreaterThanOrEqual(fromMs);
          expect(openTimeMs(candles, candles.count - 1) + barMs).toBeLessThanOrEqual(untilMs);
        }
        for (const [k, row] of expected.entries()) {
          const symbol = known.table.symbols[known.table.symbol[k]!]!;
          expect(symbol).toBe(table.symbols[table.symbol[row]!]!);
          expect(openTimeMs(known.market.bySymbol.get(symbol)!, known.table.bar[k]!)).toBe(openOf(row));
          expect(known.table.types[known.table.type[k]!]).toBe(table.types[table.type[row]!]);
        }
        // A row is traded after one night or known by it, never both.
        const later = new Set(rowsBetween(table, market.bySymbol, untilMs, Number.POSITIVE_INFINITY));
        expect(expected.filter((row) => later.has(row))).toEqual([]);
      },
    ),
  );
});
