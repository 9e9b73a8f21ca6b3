import { type Market, openTimeMs } from "../candles/candles.ts";
import type { DaysSince, Freezing } from "../config/ledgerChallenger.ts";
import type { FrozenChallenger } from "../config/ledgerEntries.ts";
import { InputError } from "../errors.ts";
import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";
import { checkParameters } from "../space/check.ts";
import type { Parameters } from "../space/parameters.ts";
import { type DaySpan, dailyPoints, daySpanOf } from "../validation/days.ts";
import { DaysBetween } from "./daysBetween.ts";
import { firstOf, firstWholeDay, lastDayOver } from "./daysOver.ts";
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
 * A challenger and the current parameters day by day, one position per symbol, as `simulate` trades them: signal scores are as read or scanned, since
 * weights chosen tonight may have seen the days that are scored.
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
    const returns = this.taken(type, [{ symbols, params }], since)
      .filter(isScored)
      .map((trade) => 100 * trade.return);
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
    const ofSets = (sets: Traded["currents"]) =>
      dailyPoints(
        this.taken(type, sets, fromDay).filter((trade) => isWithin(dayOf(trade), span)),
        span,
      );
    const { sums, counts } = ofSets([{ symbols, params }]);
    const own = Array.from(sums, (points, k) => points - this.settings.margin * counts[k]!);
    const other = currents.length > 0 ? Array.from(ofSets(currents).sums) : own.map(() => 0);
    return { own, other };
  }

  /** The trades of sets, each for its symbols, that enter nothing before a day. */
  private taken(type: string, sets: Traded["currents"], fromDay: number): Trade[] {
    const { settings, prepared } = this;
    const fromMs = fromDay * dayMs;
    const days = new DaysBetween(settings, prepared, { night: 0, fromMs, untilMs: Number.POSITIVE_INFINITY });
    const trades = sets.flatMap(({ symbols, params }) =>
      days
        .trades(type, params)
        .filter((trade) => dayOf(trade) >= fromDay && (symbols === null || symbols.includes(trade.symbol))),
    );
    if (sets.length > 1) trades.sort((a, b) => a.row - b.row);
    return onePosition(trades, settings.limits);
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
