import { count, counted } from "../../figures.ts";

/** What one purse made of a set's trades. */
export const portfolio = {
  label: "Portfolio",
  risk: "Risk",
  use: "Money",
  skippedLabel: "Skipped",
  made: (capital: string, equity: string, total: string, yearly: string, days: number) =>
    `${capital} became ${equity} in ${counted(days, "day")} (${total}; ${yearly} a year)`,
  fell: (drawdown: string, days: number) =>
    `largest fall ${drawdown} from a peak (${counted(days, "day")} until made good, or the end)`,
  ratios: (sharpe: string, sortino: string, calmar: string) => `Sharpe ${sharpe}, Sortino ${sortino}, Calmar ${calmar}`,
  traded: (trades: number, wins: string, liquidated: number) =>
    `${counted(trades, "trade")}, ${wins} win${liquidated > 0 ? `, ${count(liquidated)} liquidated` : ""}`,
  used: (exposure: string, margin: string, turnover: string) =>
    `in the market ${exposure} of the time, ${margin} of equity as margin, turnover ${turnover} times equity`,
  terms: (stake: string, leverage: string) => `stake ${stake}, leverage ${leverage}`,
  rankedLabel: "Ranked by",
  metrics: {
    calmar: "Calmar",
    sharpe: "Sharpe",
    sortino: "Sortino",
    cagr: "yearly return",
    return: "return",
    drawdown: "smallest drawdown",
  },
  ranked: (metric: string, traded: number, place: number | null) =>
    `portfolio, ${metric}: ${traded === 1 ? "the best set" : `the best ${count(traded)} sets`} by the objective traded from one purse; the winner stands ${
      place === null ? "below them" : `at place ${count(place)}`
    } by the objective`,
  planned: (sets: number, time: string) =>
    `portfolio: the best ${counted(sets, "set")} by the objective traded from one purse, about ${time} more`,
  rankedExact: "; proven: no other set of the space does better",
  rankedNotExact: "; the rest of the space was not ranked so",
  tiesCut: "; more sets tie at the end of the list than were traded",
  winner: (total: string, yearly: string, drawdown: string) =>
    `the best set's purse: ${total}, ${yearly} a year, deepest fall ${drawdown}, in-sample`,
  plan: (memory: string, days: number) =>
    `accounts over ${counted(days, "day")} take ${memory} of linear memory beside the search`,
  skipped: {
    ruined: (signals: number) => `${counted(signals, "signal")} after ruin`,
    symbol_open: (signals: number) => `${counted(signals, "signal")} whose symbol was open`,
    max_open: (signals: number) => `${counted(signals, "signal")} beyond --max-open`,
    no_money: (signals: number) => `${counted(signals, "signal")} without enough free money`,
  },
};
