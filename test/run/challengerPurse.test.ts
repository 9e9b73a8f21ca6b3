import { describe, expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { purseOf } from "../../src/portfolio/purse.ts";
import { ChallengerDays } from "../../src/run/challengerDays.ts";
import type { Traded } from "../../src/run/groups/unit.ts";
import type { Prepared } from "../../src/run/prepare.ts";
import { settingsOf } from "../../src/run/request.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import { accountDays, daySpanOf } from "../../src/validation/days.ts";
import { randomCase } from "../support/random.ts";

const challenger = { atr_tp_multiplier: 2, atr_stop_multiplier: 1, max_holding_hours: 4 };
const current = { atr_tp_multiplier: 0.5, atr_stop_multiplier: 1, max_holding_hours: 2 };

describe("a challenger with a portfolio", () => {
  it("is known by what its purse gained by day, and by how much more than the current set's", () => {
    const { market, table, labels } = randomCase(11, 200, 2000);
    const portfolio = { capital: 1000, stake: "25%", leverage: 2 };
    const settings = settingsOf({ portfolio, maxOpen: 2, margin: 0, timeframeMs: market.timeframeMs });
    const prepared = { market, table, labels } as unknown as Prepared;
    const { rules, memoryBytes } = settings;
    const replayer = new SetReplayer({ table, labels, market, rules, longestBars: 64, memoryBytes });
    const last = Math.max(...[...market.bySymbol.values()].map((candles) => openTimeMs(candles, candles.count - 1)));
    const span = daySpanOf(Math.min(...table.timestampMs), last);
    const task = { table, market, rules, portfolio: settings.portfolio!, days: accountDays(span) };
    const gained = (set: typeof challenger) => purseOf(task, set, replayer.trades(set));
    const [own, other] = [gained(challenger), gained(current)];
    expect(own.trades.length).toBeGreaterThan(20);
    const days = new ChallengerDays(settings, prepared);
    const traded = (currents: Traded["currents"]): Traded => ({ type: table.types[0]!, symbols: null, currents });
    const { known, frozenDay } = days.known(traded([{ symbols: null, params: current }]), challenger);
    expect(frozenDay).toBe(span.first + span.count - 1);
    expect([...known.nothing]).toEqual([...own.returns]);
    expect(known.current).toEqual(Array.from(own.returns, (points, day) => points - other.returns[day]!));
    // A margin counts for as much of equity as was entered with.
    const strict = new ChallengerDays({ ...settings, margin: 0.5 }, prepared);
    const less = strict.known(traded([]), challenger).known.nothing;
    expect([...less]).toEqual(Array.from(own.returns, (points, day) => points - 0.5 * own.entered[day]!));
    replayer.release();
  });
});
