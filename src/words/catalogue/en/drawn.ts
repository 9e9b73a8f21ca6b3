/** A count with its thousands grouped, without Intl's tables. */
const grouped = (value: number): string => value.toLocaleString("en-US");

/** The words of the script that draws a report with pictures. Nothing is imported here: every page carries it. */
export const drawn = {
  /** How uPlot writes dates: a year, a month, a day of a month, and one in full. */
  dates: { year: "{YYYY}", month: "{MMM}", day: "{D} {MMM}", full: "{D} {MMM} {YYYY}" },
  cannotDraw: (why: string) => `This part cannot be drawn: ${why}`,
  parts: "Parts of this report",
  moreSubjects: (more: number) => `and ${more} more: report.txt and result.json have them all`,
  more: (more: number) => `and ${grouped(more)} more`,
  none: "none",
  list: ", ",
  clauses: "; ",
  labelled: (label: string, text: string) => `${label}: ${text}`,
  all: "all",
  day: "day",
  /** Reasons of exits by their codes; one that a user's own rule brings stands as it is. */
  exits: {
    take_profit: "take profit",
    stop_loss: "stop loss",
    trailing_stop: "trailing stop",
    break_even: "break even",
    roi: "roi",
    exit_signal: "exit signal",
    timeout: "timeout",
    end_of_data: "end of data",
  } as Readonly<Record<string, string>>,

  overview: {
    undo: "Undo: ",
    points: "Points: percent of the money in one trade, added up. Buy and hold: percent, before costs.",
    held: "buy and hold",
    equity: (name: string, isUnseen: boolean, ends: string) =>
      `Equity of ${name}${isUnseen ? " on unseen days" : ""}: ${ends}`,
  },

  changes: {
    isCurrent: "The proposed set is the current one.",
    same: (parameters: number) => `${parameters} the same in both`,
    legend: "Ticks are the values that were tried; the ring is the current value and the dot the proposed one.",
    tried: (values: string) => `tried: ${values}`,
    scale: (parameter: string, least: number, most: number) => `${parameter}: tried from ${least} to ${most}`,
    at: (label: string, value: number) => `, ${label} ${value}`,
  },

  trust: {
    passed: "passed",
    warning: "weak",
    failed: "FAILED",
    notRun: "not run",
    needs: (needs: string) => `needs: ${needs}`,
    bestScore: "best score",
    shuffled: (hits: number, total: number) => `${hits} of ${total} shuffled searches found as good a set`,
  },

  surface: {
    mean: "mean score",
    best: "best score",
    count: "ranked sets",
    point: "Point at a cell, or open the table below.",
    twoDifferent: "Choose two different parameters.",
    notShown: "This pair is not part of the report.",
    down: "Down",
    across: "Across",
    show: "Show",
    label: (name: string, figure: string, rows: string, columns: string) =>
      `${name}: ${figure} by ${rows} and ${columns}; the table below has the same figures`,
    pointed: (row: string, column: string, text: string) => `${row}, ${column}: ${text}`,
    map: (name: string) => `Map of ${name}`,
    noSet: "no ranked set",
    cell: (mean: string, best: string, sets: string) => `mean ${mean}, best ${best}, ${sets} ranked sets`,
    chosen: (value: string) => `${value} (chosen)`,
    asTable: "The same as a table",
    caption: (figure: string, rows: string, columns: string) => `${figure}: ${rows} down, ${columns} across`,
    importance: (name: string) => `Importance of the parameters of ${name}`,
    explains:
      "How much of the scores' variance each parameter explains alone; shares do not add up to 100% where parameters interact",
    slice: (parameter: string, values: string) => `Scores by ${parameter}: ${values}`,
    sliceLegend: "line: mean score; dashed: best; large dot: chosen",
    legend: "ring: the chosen set; outline: the plateau around it",
  },

  sliders: {
    said: (trades: string, average: string, total: string, wins: string) =>
      `${trades} trades, average ${average}, total ${total}, ${wins} win`,
    back: "Back to the chosen values",
    filters: (name: string) => `Filters of ${name}`,
    figures: (name: string) => `Figures of ${name}`,
    columns: ["", "chosen", "as moved", "change"] as readonly string[],
    caption: "Per trade after costs; the sums of all trades, exactly",
    trades: "trades",
    average: "average",
    total: "total, points",
    winRate: "win rate",
  },

  trades: {
    excursions: (trades: number, won: number) =>
      `Each trade's run-up and adverse excursion: of ${trades} trades ${won} won`,
    whose: (trades: number, set: string) =>
      `${grouped(trades)} trades of ${set}, one position per symbol, after costs.`,
    curves: "Equity and drawdown, points",
    equity: "equity",
    drawdown: "drawdown",
    curvesOf: (name: string, end: string, deepest: string) =>
      `Equity and drawdown of ${name}: ends at ${end}, deepest drawdown ${deepest} points`,
    howFar: "How far trades went for and against",
    howFarLegend:
      "Rings won, crosses lost. Winners far to the left nearly hit a stop; losers high up gave back a gain. The farthest 1% stand at the edge.",
    against: "against (MAE)",
    inFavour: "in favour (MFE)",
    calendar: "Points by symbol and month",
    calendarCaption: "Points by symbol and month of the exit, searched days included",
    ofMonth: (trades: number) => `${trades} trades`,
    best: "Best trades",
    worst: "Worst trades",
    candlesOf: (trade: string) => `Candles of ${trade}`,
    long: "long",
    short: "short",
    trade: (points: string, symbol: string, side: string, time: string, reason: string) =>
      `${points} ${symbol} ${side}, ${time}, ${reason}`,
    all: "All trades",
    show: "show",
    showMore: (more: number) => `Show ${more} more`,
    showCandles: (symbol: string, time: string) => `Show candles of ${symbol}, ${time}`,
    caption: (name: string) => `Trades of ${name}, the latest first. A column's name sorts by it.`,
    captionOfSome: (name: string, rest: number) =>
      `Trades of ${name}, the latest first, and ${grouped(rest)} more that are not listed. A column's name sorts by it.`,
    tradesOf: (name: string) => `Trades of ${name}`,
    columns: {
      entry: "entry, UTC",
      symbol: "symbol",
      side: "side",
      points: "return",
      exit: "exit",
      hours: "hours",
      runUp: "run-up",
      against: "against",
      candles: "candles",
    },
  },

  funnel: {
    missed: "The largest big moves that no trade caught",
    missedColumns: ["symbol", "time, UTC", "side", "went", "rejected by (its value)"] as readonly string[],
    columns: ["step", "left", "of all", "", "big moves lost"] as readonly string[],
    filters: (name: string) => `Filters of ${name}`,
    caption:
      "Signals that are left after each filter, searched and unseen days; big moves count at the first filter that rejects them",
  },

  leaderboard: {
    copyLabel: (rank: string) => `Copy the parameters of rank ${rank} as JSON`,
    copy: "copy",
    of: (name: string) => `Leaderboard of ${name}`,
    caption: "Sets by score on searched days: these figures flatter them",
    parameters: "parameters",
    more: (more: number) => `and ${grouped(more)} more in result.json`,
    copied: "Copied.",
    copyHere: "Copy it from here:",
    json: "Parameters as JSON",
  },

  nights: {
    caption: (label: string) => `${label}, after costs. Upright lines: nights that changed parameters.`,
  },

  method: {
    command: "Command",
    memory: "Memory",
    words: "What the words mean",
    noLimit: "no limit was set",
    limit: (limit: number) => `the limit is ${limit} MiB`,
    peak: (peak: number, limited: string) =>
      `The process took ${peak} MiB at most; ${limited}. Darker: the engine's fixed memory.`,
    byPhase: (peak: number, limited: string) => `Memory by phase, at most ${peak} MiB; ${limited}`,
  },
};

/** Every word of the script, in some language. */
export type DrawnTexts = typeof drawn;
