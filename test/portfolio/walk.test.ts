import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { portfolioMetricsOf } from "../../src/portfolio/metrics.ts";
import type { Portfolio } from "../../src/portfolio/portfolio.ts";
import { type Bar, fatesOf, freeRules, type HandRules, handAccount, plainPortfolio } from "../support/accounts.ts";

/** So many bars at one price. */
const flat = (price: number, count: number): Bar[] => Array.from({ length: count }, () => [price, price, price, price]);
const quiet: Bar = [100, 100, 100, 100];
/** Out of the way unless a test says otherwise. */
const far = { take_profit_percent: 50, stop_loss_percent: 50, max_holding_hours: 12 };

describe("the account of three coins on the page", () => {
  const bars: Record<string, Bar[]> = {
    AAA: [quiet, quiet, [100, 111, 100, 108], ...flat(108, 9)],
    BBB: [
      quiet,
      quiet,
      quiet,
      [100, 103, 100, 103],
      quiet,
      [100, 109.5, 100, 100],
      quiet,
      [100, 105, 100, 105],
      ...[quiet],
      [105, 112, 104, 111],
      ...flat(111, 2),
    ],
    CCC: [quiet, quiet, quiet, [100, 101, 100, 101], quiet, quiet, [85, 86, 84, 85], ...flat(85, 5)],
  };
  const signals = [
    { symbol: "AAA", bar: 0 },
    { symbol: "BBB", bar: 0, direction: -1 },
    { symbol: "CCC", bar: 0 },
    { symbol: "AAA", bar: 1 },
    { symbol: "CCC", bar: 2 },
    { symbol: "BBB", bar: 5 },
  ] as const;
  const portfolio: Portfolio = { ...plainPortfolio, stake: { kind: "share", share: 0.2 }, leverage: 10, maxOpen: 2 };
  const account = handAccount(bars, signals, {
    set: { take_profit_percent: 10, stop_loss_percent: 12, max_holding_hours: 48 },
    portfolio,
    rules: { ...freeRules, fee: 0.0005 },
  });

  it("takes four of six signals", () => {
    expect(fatesOf(account)).toEqual([
      "AAA take_profit",
      "BBB liquidation",
      "CCC (max_open)",
      "AAA (symbol_open)",
      "CCC liquidation",
      "BBB take_profit",
    ]);
    const taken = account.trades.flatMap((trade) => (trade.taken ? [trade.taken] : []));
    const figures = taken.map(({ stake, profit, equity }) => [stake, profit, equity]);
    const expected = [
      [200, 198, 1198],
      [200, -200, 998],
      [239.6, -239.6, 758.4],
      [199.6, 197.604, 956.004],
    ];
    for (const [k, row] of expected.entries())
      for (const [j, value] of row.entries()) expect(figures[k]![j]).toBeCloseTo(value, 9);
  });

  it("ends its three days at these equities", () => {
    expect(Array.from(account.equity, (value) => Number(value.toFixed(9)))).toEqual([1157.564, 856.204, 956.004]);
  });

  it("has these metrics", () => {
    const metrics = portfolioMetricsOf(account.sums, portfolio, account.days);
    expect(metrics.total_return).toBeCloseTo(-4.3996, 9);
    expect(metrics.max_drawdown).toBeCloseTo(100 * (1 - 856.204 / 1157.564), 9);
    expect(metrics.max_drawdown_days).toBe(2);
    // AAA is held for two bars, the first BBB for five, CCC for four and the second BBB for four, from bar 0 to bar 9 without a pause.
    expect(metrics.exposure).toBe(9 / 12);
    const meanEquity = (1157.564 + 856.204 + 956.004) / 3;
    expect(metrics.margin_used).toBeCloseTo((200 * 2 + 200 * 5 + 239.6 * 4 + 199.6 * 4) / 12 / meanEquity, 12);
    expect(metrics.turnover).toBeCloseTo((2000 + 2000 + 2396 + 1996) / meanEquity, 12);
    expect([metrics.trades, metrics.win_rate, metrics.liquidations, metrics.days]).toEqual([4, 0.5, 2, 3]);
  });

  it("stands there with the same figures", () => {
    const page = readFileSync(new URL("../../docs/portfolio.md", import.meta.url), "utf8");
    for (const { taken } of account.trades)
      if (taken)
        for (const figure of [taken.stake, taken.profit, taken.equity])
          expect(page).toContain(` ${Number(figure.toFixed(3))} |`);
    for (const equity of account.equity) expect(page).toContain(` ${Number(equity.toFixed(3))} |`);
    const { total_return, max_drawdown, sharpe, sortino } = portfolioMetricsOf(account.sums, portfolio, account.days);
    for (const figure of [total_return, max_drawdown, sharpe, sortino]) expect(page).toContain(figure.toFixed(2));
  });
});

describe("liquidation", () => {
  /** One long, or short, of 100 at 10 times: liquidated at 90.5, or 109.5. */
  const ended = (path: readonly Bar[], rules: Partial<HandRules> = {}, direction: 1 | -1 = 1): string[] => {
    const { set = far, portfolio } = rules;
    const held = { portfolio: { leverage: 10, ...portfolio }, set };
    const account = handAccount({ AAA: [quiet, ...path] }, [{ symbol: "AAA", bar: 0, direction }], held);
    const { reason, profit, bars, exit } = account.trades[0]!.taken!;
    return [reason, profit.toFixed(2), String(bars), exit.toFixed(2)];
  };

  it("takes the stake of a long whose price falls by 1 / leverage less the maintenance margin", () => {
    expect(ended([[100, 101, 90.5, 100], quiet])).toEqual(["liquidation", "-100.00", "1", "90.50"]);
    expect(ended([[100, 101, 90.6, 100], quiet])).toEqual(["timeout", "0.00", "2", "100.00"]);
  });

  it("takes that of a short whose price rises as much", () => {
    expect(ended([[100, 109.5, 99, 100], quiet], {}, -1)).toEqual(["liquidation", "-100.00", "1", "109.50"]);
    expect(ended([[100, 109.4, 99, 100], quiet], {}, -1)).toEqual(["timeout", "0.00", "2", "100.00"]);
  });

  it("takes no more than the stake where the price gaps through it", () => {
    expect(ended([quiet, [70, 72, 65, 70]])).toEqual(["liquidation", "-100.00", "2", "90.50"]);
    // Without leverage the same gap costs what it costs.
    const set = { ...far, stop_loss_percent: 10 };
    expect(ended([quiet, [70, 72, 65, 70]], { set, portfolio: { leverage: 1 } })).toEqual([
      "stop_loss",
      "-30.00",
      "2",
      "70.00",
    ]);
  });

  it("does not come where a stop stands nearer, even in the same bar", () => {
    const set = { ...far, stop_loss_percent: 9 };
    expect(ended([[100, 101, 80, 85]], { set })).toEqual(["stop_loss", "-90.00", "1", "91.00"]);
  });

  it("comes first where the stop stands beyond it, or at it, in the same bar", () => {
    for (const stop_loss_percent of [9.5, 12])
      expect(ended([[100, 101, 80, 85]], { set: { ...far, stop_loss_percent } })[0]).toBe("liquidation");
  });

  it("comes where a bar opens beyond both it and a nearer stop", () => {
    expect(ended([[85, 86, 84, 85]], { set: { ...far, stop_loss_percent: 9 } })[0]).toBe("liquidation");
  });

  it("counts in a bar that also touches the target, and before the close at which the holding time ends", () => {
    const set = { ...far, take_profit_percent: 5 };
    expect(ended([[100, 106, 90, 100]], { set })[0]).toBe("liquidation");
    expect(ended([[106, 107, 80, 85]], { set })).toEqual(["take_profit", "60.00", "1", "106.00"]);
    expect(ended([quiet, [100, 101, 90, 100]])[0]).toBe("liquidation");
  });

  it("needs the price to fall to the maintenance margin where there is no leverage", () => {
    const set = { ...far, stop_loss_percent: 99.8 };
    expect(ended([[100, 101, 0.5, 1]], { set, portfolio: { leverage: 1 } })[0]).toBe("liquidation");
    expect(ended([[100, 101, 0.6, 1], flat(1, 1)[0]!], { set, portfolio: { leverage: 1 } })[0]).toBe("timeout");
  });

  it("frees the symbol and what is left of the money in its bar", () => {
    const account = handAccount(
      { AAA: [quiet, [100, 101, 90, 100], ...flat(100, 4)] },
      [
        { symbol: "AAA", bar: 0 },
        { symbol: "AAA", bar: 1 },
      ],
      { set: far, portfolio: { leverage: 10 } },
    );
    expect(fatesOf(account)).toEqual(["AAA liquidation", "AAA timeout"]);
    expect(account.trades[1]!.taken!.stake).toBe(90);
  });
});

describe("an account of few days", () => {
  it("has no spread on one day, and no days without opportunities", () => {
    const one = handAccount({ AAA: flat(100, 3) }, [{ symbol: "AAA", bar: 0 }], { set: far });
    expect([one.days.count, one.sums.variance, one.sums.meanEquity]).toEqual([1, 0, 1000]);
    const two = handAccount({ AAA: [...flat(100, 4), [100, 111, 100, 108]] }, [{ symbol: "AAA", bar: 2 }], {
      set: { ...far, take_profit_percent: 10 },
    });
    // 0 and 1 %: their sample variance is half the square of the difference.
    expect(two.days.count).toBe(2);
    expect(two.sums.variance).toBeCloseTo(0.00005, 15);
    const none = handAccount({ AAA: flat(100, 3) }, [], { set: far });
    expect([none.days.count, none.sums.finalEquity, none.sums.meanReturn]).toEqual([0, 1000, 0]);
    const metrics = portfolioMetricsOf(none.sums, plainPortfolio, none.days);
    expect(Object.entries(metrics).filter(([, value]) => value !== 0)).toEqual([["final_equity", 1000]]);
  });
});

describe("funding", () => {
  const rules = { ...freeRules, fundingPer8h: 0.004 };
  // Two bars of six hours are one and a half times eight hours.
  it("is in what a trade makes: longs pay, shorts receive, on the notional", () => {
    for (const direction of [1, -1] as const) {
      const account = handAccount({ AAA: flat(100, 4) }, [{ symbol: "AAA", bar: 0, direction }], {
        set: far,
        portfolio: { leverage: 3 },
        rules,
      });
      expect(account.trades[0]!.taken!.profit).toBeCloseTo(-direction * 300 * 0.006, 12);
    }
  });

  it("is charged to open positions at the end of each day until then", () => {
    const account = handAccount({ AAA: flat(100, 9) }, [{ symbol: "AAA", bar: 0 }], {
      set: { ...far, max_holding_hours: 48 },
      portfolio: { leverage: 3 },
      rules,
    });
    // 18 hours after the first signal's bar, then a day later.
    const charged = Array.from(account.equity, (equity) => Number((1000 - equity).toFixed(9)));
    expect(charged).toEqual([300 * 0.009, 300 * 0.021, 300 * 0.024].map((value) => Number(value.toFixed(9))));
  });
});

describe("money", () => {
  const four = { AAA: flat(100, 4), BBB: flat(100, 4), CCC: flat(100, 4), DDD: flat(100, 4) };
  const all = Object.keys(four).map((symbol) => ({ symbol, bar: 0 }));

  it("is refused to a signal whose stake is above what is free", () => {
    const stake = { kind: "fixed", amount: 400 } as const;
    const account = handAccount(four, all, { set: far, portfolio: { stake } });
    expect(fatesOf(account)).toEqual(["AAA timeout", "BBB timeout", "CCC (no_money)", "DDD (no_money)"]);
    expect(account.sums.skipped).toEqual({ ruined: 0, symbol_open: 0, max_open: 0, no_money: 2 });
  });

  it("is enough for three positions of a third, whatever rounding leaves of it", () => {
    for (const capital of [1000, 999.99, 0.1, 7]) {
      const stake = { kind: "share", share: 1 / 3 } as const;
      const account = handAccount(four, all, { set: far, portfolio: { capital, stake } });
      expect(account.sums.trades).toBe(3);
      expect(account.sums.skipped.no_money).toBe(1);
    }
  });

  it("compounds as a share of equity, and does not as an amount", () => {
    // Each of three trades in a row makes 10 % of its stake.
    const bars = { AAA: [quiet, [100, 111, 100, 100], [100, 111, 100, 100], [100, 111, 100, 100]] satisfies Bar[] };
    const signals = [0, 1, 2].map((bar) => ({ symbol: "AAA", bar }));
    const set = { ...far, take_profit_percent: 10 };
    const finals = (["share", "fixed"] as const).map((kind) => {
      const stake = kind === "share" ? { kind, share: 1 } : { kind, amount: 1000 };
      return handAccount(bars, signals, { set, portfolio: { stake } }).sums.finalEquity;
    });
    expect(finals[0]).toBeCloseTo(1331, 9);
    expect(finals[1]).toBeCloseTo(1300, 9);
  });

  it("as a risk is what loses that share of equity at the stop", () => {
    // The stop stands 2 ATRs of 2.5 below 100: 5 %. A loss of 10 of 1,000 there is a notional of 200.
    const bars = { AAA: [quiet, [100, 100, 94, 95]] satisfies Bar[] };
    const set = { take_profit_percent: 50, atr_stop_multiplier: 2, max_holding_hours: 12 };
    const stake = { kind: "risk", share: 0.01 } as const;
    for (const [leverage, margin] of [
      [1, 200],
      [4, 50],
    ] as const) {
      const account = handAccount(bars, [{ symbol: "AAA", bar: 0, atr: 2.5 }], { set, portfolio: { stake, leverage } });
      expect(account.trades[0]!.taken).toMatchObject({ reason: "stop_loss", stake: margin, profit: -10 });
    }
    // At 50 times the position is gone before its stop: the stake is what is at risk.
    const { trades } = handAccount(bars, [{ symbol: "AAA", bar: 0, atr: 2.5 }], {
      set,
      portfolio: { stake, leverage: 50 },
    });
    expect(trades[0]!.taken).toMatchObject({ reason: "liquidation", stake: 10, profit: -10 });
  });

  it("is gone once equity is 0: nothing more is traded, and the days stay at 0", () => {
    const bars = { AAA: [quiet, [100, 100, 80, 90], ...flat(90, 8)] satisfies Bar[] };
    const signals = [0, 2, 5].map((bar) => ({ symbol: "AAA", bar }));
    const portfolio = { stake: { kind: "share", share: 1 }, leverage: 10 } as const;
    const account = handAccount(bars, signals, { set: far, portfolio });
    expect(fatesOf(account)).toEqual(["AAA liquidation", "AAA (ruined)", "AAA (ruined)"]);
    expect(Array.from(account.equity)).toEqual([0, 0, 0]);
    const metrics = portfolioMetricsOf(account.sums, { ...plainPortfolio, ...portfolio }, account.days);
    expect([metrics.total_return, metrics.cagr, metrics.max_drawdown, metrics.calmar]).toEqual([-100, -100, 100, -1]);
  });

  it("never falls by more than the stake, whatever the costs", () => {
    const bars = { AAA: [quiet, ...flat(91, 3)] };
    const account = handAccount(bars, [{ symbol: "AAA", bar: 0 }], {
      set: far,
      portfolio: { leverage: 10 },
      rules: { ...freeRules, fee: 0.01 },
    });
    // It lost 9 % and 2 % of ten times the stake, and is no liquidation.
    expect(account.trades[0]!.taken).toMatchObject({ reason: "timeout", profit: -100 });
    expect(account.equity[0]).toBe(900);
  });

  it("is freed by a partial exit only when the rest leaves", () => {
    const bars = { AAA: [quiet, [100, 106, 100, 105], ...flat(105, 4)], BBB: flat(100, 6) } satisfies Record<
      string,
      Bar[]
    >;
    const set = { ...far, max_holding_hours: 18, partial_exit: { share: 0.5, percent: 5 } };
    const stake = { kind: "share", share: 1 } as const;
    const account = handAccount(
      bars,
      [
        { symbol: "AAA", bar: 0 },
        { symbol: "BBB", bar: 2 },
        { symbol: "BBB", bar: 3 },
      ],
      { set, portfolio: { stake } },
    );
    expect(fatesOf(account)).toEqual(["AAA timeout", "BBB (no_money)", "BBB end_of_data"]);
  });
});

describe("signals of one bar", () => {
  const bars = { BBB: flat(100, 3), AAA: flat(100, 3) };
  const first = (signals: Parameters<typeof handAccount>[1]): string => {
    const { trade } = handAccount(bars, signals, { set: far, portfolio: { maxOpen: 1 } }).trades[0]!;
    return `${trade.symbol} ${trade.direction === 1 ? "long" : "short"} ${trade.type}`;
  };

  it("are taken by score, then symbol, then side, then type, whatever their rows", () => {
    const cases: readonly (readonly [string, Parameters<typeof handAccount>[1]])[] = [
      [
        "BBB long all",
        [
          { symbol: "AAA", bar: 0, score: 50 },
          { symbol: "BBB", bar: 0, score: 70 },
        ],
      ],
      // A signal without a score comes after all that have one.
      [
        "BBB long all",
        [
          { symbol: "AAA", bar: 0 },
          { symbol: "BBB", bar: 0, score: -5 },
        ],
      ],
      [
        "AAA long all",
        [
          { symbol: "BBB", bar: 0 },
          { symbol: "AAA", bar: 0 },
        ],
      ],
      [
        "AAA long all",
        [
          { symbol: "AAA", bar: 0, direction: -1 },
          { symbol: "AAA", bar: 0 },
        ],
      ],
      [
        "AAA long dip",
        [
          { symbol: "AAA", bar: 0, type: "swing" },
          { symbol: "AAA", bar: 0, type: "dip" },
        ],
      ],
    ];
    for (const [expected, signals] of cases)
      for (const order of [signals, [...signals].reverse()]) expect(first(order)).toBe(expected);
  });

  it("find the money and the symbol of what left inside that bar", () => {
    const path = { AAA: [quiet, [100, 111, 100, 100], quiet, quiet] satisfies Bar[], BBB: flat(100, 4) };
    const account = handAccount(
      path,
      [
        { symbol: "AAA", bar: 0 },
        { symbol: "AAA", bar: 1 },
        { symbol: "BBB", bar: 0 },
      ],
      { set: { ...far, take_profit_percent: 10 }, portfolio: { stake: { kind: "share", share: 1 } } },
    );
    expect(fatesOf(account)).toEqual(["AAA take_profit", "BBB (no_money)", "AAA timeout"]);
    expect(account.trades[2]!.taken!.stake).toBe(1100);
  });
});
