import { count, counted } from "../../figures.ts";

/** What one purse made of a set's trades. */
export const portfolio = {
  label: "Portfolio",
  risk: "Risk",
  use: "Money",
  skippedLabel: "Skipped",
  made: (capital: string, equity: string, total: string, yearly: string, days: number) =>
    `${capital} became ${equity} in ${counted(days, "day")} (${total}; ${yearly} a year)`,
  deepest: (drawdown: string, days: number) =>
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
  /** Where averages per trade stand otherwise. */
  caption: (capital: string, days: string) => `Gain of a purse of ${capital} after costs, ${days}`,
  captionOfTrades: (capital: string) => `Gain of a purse of ${capital} after costs (trades taken)`,
  together: "together",
  fell: (now: string, proposed: string) => `in one purse; deepest fall ${now} now, ${proposed} proposed`,
  fellOf: (proposed: string) => `in one purse; deepest fall ${proposed}`,
  perDay: (gained: string) => `the 95% range starts at ${gained} of equity a day`,
  best: (sets: number, metric: string, total: string, yearly: string, trades: number) =>
    `BEST of ${counted(sets, "set")} by ${metric} of the purse: ${total}, ${yearly} a year over ${counted(trades, "trade")}`,
  noMoney: (sets: number, metric: string, total: string) =>
    `NO SET MAKES MONEY: best of ${counted(sets, "set")} by ${metric} of the purse, and it makes ${total}`,
  gateFigures: (own: string, perDay: string, days: number) =>
    `purse ${own}, ${perDay} of equity a day over ${counted(days, "day")}`,
  gateFiguresAgainst: (own: string, current: string, perDay: string, days: number) =>
    `purse ${own} against ${current}, ${perDay} of equity a day over ${counted(days, "day")}`,
  policyColumns: [
    "one purse",
    "equity",
    "return",
    "a year",
    "drawdown",
    "trades",
    "over never",
    "95% range",
  ] as readonly string[],
  policyNote: (capital: string) =>
    `A purse of ${capital} through all nights. Over never: what equity gained a day, added up, more than with the parameters never changed.`,
  unseen: (gained: string) => `, its purse ${gained} on unseen days`,
  against: (never: string, none: string) =>
    `${never}% of equity over never changing, ${none}% over not trading, daily gains added up`,
  nothingChanged: (nights: number, gained: string) =>
    `NOTHING CHANGED in ${counted(nights, "night")}: with the parameters as they are the purse made ${gained}`,
  skipped: {
    ruined: (signals: number) => `${counted(signals, "signal")} after ruin`,
    symbol_open: (signals: number) => `${counted(signals, "signal")} whose symbol was open`,
    max_open: (signals: number) => `${counted(signals, "signal")} beyond --max-open`,
    no_money: (signals: number) => `${counted(signals, "signal")} without enough free money`,
  },
  /** The report with pictures. */
  page: {
    equity: "Equity of one purse, in quote currency",
    curves: "Equity and drawdown of one purse, in quote currency",
    curve: "equity",
    under: "below its last peak, percent",
    caption: (capital: string) => `What a purse of ${capital} gained after costs on unseen days, and its deepest fall`,
    gained: (gained: string, fell: string) => `${gained} (fell ${fell})`,
    joint: "all types in one purse",
    oneSet: (capital: string) => `What a purse of ${capital} gained after costs`,
    oneSetColumns: ["", "return", "a year", "deepest fall", "trades taken"] as readonly string[],
    figures: (capital: string, stake: string, leverage: string) =>
      `The account: capital ${capital}, stake ${stake}, leverage ${leverage}`,
    figureColumns: ["", "figure"] as readonly string[],
    names: {
      equity: "equity at the end",
      gained: "return",
      yearly: "a year",
      fell: "deepest fall",
      ratios: "Sharpe / Sortino / Calmar",
      exposure: "time in the market",
      margin: "equity used as margin",
      turnover: "turnover, times equity",
      taken: "signals taken",
      liquidated: "liquidations",
    },
    fellFor: (drawdown: string, days: number) => `${drawdown}, ${counted(days, "day")}`,
    takenOf: (trades: number, wins: string) => `${count(trades)}, ${wins} win`,
    skipped: {
      ruined: "skipped: ruined",
      symbol_open: "skipped: symbol open",
      max_open: "skipped: too many open",
      no_money: "skipped: too little free money",
    },
    whose: (trades: number, set: string) => `${counted(trades, "trade")} of ${set}, taken from one purse, after costs.`,
    months: "Gain by month",
    monthColumns: ["month", "gain", "equity"] as readonly string[],
  },
};
