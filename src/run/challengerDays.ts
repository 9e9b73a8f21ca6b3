import { type Market, openTimeMs } from "../candles/candles.ts";
import type { DaysSince, Freezing } from "../config/ledgerChallenger.ts";
import type { FrozenChallenger } from "../config/ledgerEntries.ts";
import { InputError } from "../errors.ts";
import { type Purse, purseOf } from "../portfolio/purse.ts";
import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";
import { checkParameters } from "../space/check.ts";
import type { Parameters } from "../space/parameters.ts";
import { accountDays, type DaySpan, dailyPoints, daySpanOf } from "../validation/days.ts";
import { DaysBetween } from "./daysBetween.ts";
import { firstOf, firstWholeDay, lastDayOver } from "./daysOver.ts";
import { exitsBySymbol } from "./groups/exitsBySymbol.ts";
import type { Traded } from "./groups/unit.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

const dayMs = 86_400_000;

/** What a challenger made on its days, one position per symbol, points. */
export interface ChallengerFigures {
  readonly trades: number;
  readonly avg_return: number;
  readonly total_return: number;
}

/**
 * A challenger and the current parameters day by day, one position per symbol or from one purse each, as `simulate` trades them: signal scores are as
 * read or scanned, since weights chosen tonight may have seen the days that are scored. Points of a purse are percent of its equity.
 */
export class ChallengerDays {
  constructor(
    private readonly settings: Settings,
    private readonly prepared: Prepared,
  ) {}

  /** The complete days since a challenger's freezing; null if the opportunities lack a feature that it filters by. */
  since(challenger: FrozenChallenger, traded: Traded): DaysSince | null {
    const { params, challenge } = challenger;
    if (!this.canTrade(params)) return null;
    const since = challenge.frozenDay + 1;
    const today = lastDayOver(
      [params, ...traded.currents.map((current) => current.params)],
      this.prepared,
      this.settings,
    );
    const first = Math.max(since, firstWholeDay(this.prepared));
    if (first > today) return { days: [], today };
    const { own, other } = this.points(traded, params, { first, count: today - first + 1 }, since);
    const days = own.map((points, k) => ({ day: first + k, current: points - other[k]!, nothing: points }));
    return { days: [...days], today };
  }

  /** What a challenger made on the days that it was scored on, as far as these candles go back. */
  figures({ params, challenge }: FrozenChallenger, { type, symbols }: Traded): ChallengerFigures {
    const since = challenge.frozenDay + 1;
    const isScored = (trade: Trade): boolean => dayOf(trade) <= challenge.lastDay;
    const sets = [{ symbols, params }];
    const trades = this.entered(type, sets, since);
    const purse = this.purse(sets, trades, { first: since, count: challenge.lastDay - since + 1 });
    const returns = (purse?.trades ?? this.taken(trades)).filter(isScored).map((trade) => 100 * trade.return);
    const total = returns.reduce((sum, points) => sum + points, 0);
    return {
      trades: returns.length,
      avg_return: returns.length === 0 ? 0 : total / returns.length,
      total_return: total,
    };
  }

  /** A candidate's daily differences known so far: from the first opportunity to the last candle. */
  known(traded: Traded, params: Parameters): Pick<Freezing, "frozenDay" | "known"> {
    const { market, table } = this.prepared;
    const span = daySpanOf(firstOf(table.timestampMs), lastOpenMs(market));
    const { own, other } = this.points(traded, params, span, span.first);
    const known = { current: own.map((points, k) => points - other[k]!), nothing: own };
    return { frozenDay: span.first + span.count - 1, known };
  }

  private canTrade(params: Parameters): boolean {
    try {
      checkParameters(params, this.prepared.table.featureNames, "the ledger");
      return true;
    } catch (cause) {
      if (cause instanceof InputError) return false;
      throw cause;
    }
  }

  /** Points of each day of a span, each set flat before the first day. */
  private points({ type, symbols, currents }: Traded, params: Parameters, span: DaySpan, fromDay: number) {
    const ofSets = (sets: Traded["currents"]) => {
      const trades = this.entered(type, sets, fromDay);
      const purse = this.purse(sets, trades, { first: fromDay, count: span.first + span.count - fromDay });
      if (purse) return { sums: purse.returns.slice(-span.count), weights: purse.entered.slice(-span.count) };
      const within = this.taken(trades).filter((trade) => isWithin(dayOf(trade), span));
      const { sums, counts } = dailyPoints(within, span);
      return { sums, weights: counts };
    };
    const { sums, weights } = ofSets([{ symbols, params }]);
    const own = Array.from(sums, (points, k) => points - this.settings.margin * weights[k]!);
    const other = currents.length > 0 ? Array.from(ofSets(currents).sums) : own.map(() => 0);
    return { own, other };
  }

  /** Every trade of sets, each for its symbols, that enter nothing before a day. */
  private entered(type: string, sets: Traded["currents"], fromDay: number): Trade[] {
    const { settings, prepared } = this;
    const fromMs = fromDay * dayMs;
    const days = new DaysBetween(settings, prepared, { night: 0, fromMs, untilMs: Number.POSITIVE_INFINITY });
    const trades = sets.flatMap(({ symbols, params }) =>
      days
        .trades(type, params)
        .filter((trade) => dayOf(trade) >= fromDay && (symbols === null || symbols.includes(trade.symbol))),
    );
    return sets.length > 1 ? trades.sort((a, b) => a.row - b.row) : trades;
  }

  private taken(trades: readonly Trade[]): Trade[] {
    return onePosition(trades, this.settings.limits);
  }

  /** What one purse makes of them on some days; null without a portfolio. */
  private purse(sets: Traded["currents"], trades: readonly Trade[], span: DaySpan): Purse | null {
    const { settings, prepared } = this;
    const { portfolio, rules } = settings;
    const { table, market } = prepared;
    const known = trades.filter((trade) => isWithin(dayOf(trade), span));
    return (
      portfolio && purseOf({ table, market, rules, portfolio, days: accountDays(span) }, exitsBySymbol(sets), known)
    );
  }
}

function dayOf({ entryTimeMs }: Pick<Trade, "entryTimeMs">): number {
  return Math.floor(entryTimeMs / dayMs);
}

function isWithin(day: number, { first, count }: DaySpan): boolean {
  return day >= first && day < first + count;
}

function lastOpenMs({ bySymbol }: Market): number {
  return Math.max(...[...bySymbol.values()].map((candles) => openTimeMs(candles, candles.count - 1)));
}
