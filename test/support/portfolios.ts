import fc from "fast-check";
import type { Portfolio } from "../../src/portfolio/portfolio.ts";

/** Purses of every kind, poor ones and highly leveraged ones too. */
export const portfolioArbitrary: fc.Arbitrary<Portfolio> = fc.record({
  capital: fc.constantFrom(0.5, 100, 1000),
  stake: fc.oneof(
    fc.record({ kind: fc.constant("fixed" as const), amount: fc.constantFrom(10, 100, 400) }),
    fc.record({ kind: fc.constant("share" as const), share: fc.constantFrom(0.1, 1 / 3, 0.5, 1) }),
    fc.record({ kind: fc.constant("risk" as const), share: fc.constantFrom(0.01, 0.05) }),
  ),
  leverage: fc.constantFrom(1, 2, 7.5, 20, 50),
  maintenanceMargin: fc.constantFrom(0, 0.005, 0.015),
  maxOpen: fc.constantFrom(1, 2, Number.POSITIVE_INFINITY),
});
