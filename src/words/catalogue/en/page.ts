import type { TestName } from "../../../validation/finding.ts";
import { count, counted } from "../../figures.ts";
import { glossary } from "./glossary.ts";

/** What each test asks, for somebody who has not read a book on it. */
const asks: Readonly<Record<TestName, string>> = {
  early_late: "Within the searched days: did it earn as much later as earlier, or did it wear off?",
  bootstrap: "The unseen days drawn again 2,000 times in blocks: what else might they have made?",
  pbo: "If half of the searched days had chosen the set, where would it rank in the other half? Left of the middle, the choice was noise.",
  deflated_sharpe: "Is its Sharpe ratio above what the best of so many tries reaches by luck alone?",
  walk_forward:
    "Had the search been repeated again and again over time, what would each of its sets have made afterwards?",
  plateau: "Do settings next to it do nearly as well? A lonely peak is luck.",
  permutation: "Do its moments of entry matter, or would the same trades at random moments have made as much?",
  selection:
    "Does the whole search find something as good in outcomes that were shuffled, where nothing is to be found?",
};

/** The words of the report with pictures that are known when it is written; those of its script are in `drawn.ts`. */
export const page = {
  title: "Sluice report",
  noScript:
    "This report draws itself with a script of its own, which this browser does not run. The same figures are in report.txt and result.json.",
  none: "none",
  newest: (time: string) => `The newest candle opened ${time}`,
  searchedTo: (time: string) => `; searched to ${time}, checked after`,
  stop: ".",
  bracketed: (text: string) => ` (${text})`,
  identity: (version: string, symbols: number, days: string) =>
    `Sluice ${version}, ${counted(symbols, "symbol")}, candles of ${days}`,
  inSample: "These figures are in-sample: judge the set with sluice validate before you use it.",
  sets: { now: "now", proposed: "proposed", best: "best", set: "set", challenger: "challenger" },
  validated: (verdict: string, applies: boolean) =>
    `${verdict.toLowerCase()}; ${applies ? "would replace the current set" : "would not replace the current set"}`,

  overview: {
    heading: "At a glance",
    oneSet: "Average per trade after costs, every signal taken; curves have one position per symbol",
    oneSetColumns: ["", "average", "trades", "total, points"] as readonly string[],
    caption: "Average per trade after costs, one position per symbol, on unseen days",
    columns: ["", "now", "proposed", "decision"] as readonly string[],
  },

  changes: { heading: "What changed", bestSet: "The best set", theSet: "The set" },

  trust: {
    heading: "Can I trust it?",
    decided: (test: string, found: string, needs: string) => `${test}: ${found} (needs: ${needs})`,
    notRun: (why: string) => `not run: ${why}`,
    nothing: "nothing to run on",
    incomputable: "cannot be computed from so few trades",
    asks,
    earlier: "earlier",
    later: "later",
    middleRank: "middle rank",
    median: "median",
    thisSet: "this set",
    bestByLuck: "best by luck",
    mean: "mean",
    needs: "needs",
  },

  surface: {
    heading: "The surface (in-sample)",
    tooMany: (sets: number) =>
      `The last search had ${count(sets)} sets, too many to count them all for a report. In the library, search({ surface: true }) counts any number.`,
    counted: (sets: number, gaining: string) =>
      `Scores of all ${count(sets)} ranked sets of the last search, on searched days; ${gaining} of them make money.`,
    countedUndrawn: (sets: number, gaining: string) =>
      `Scores as if there were no drawdown of all ${count(sets)} ranked sets of the last search, on searched days; ${gaining} of them make money.`,
    leftOut: (pairs: number) =>
      `${count(pairs)} pairs of parameters that matter least are left out: result.surface of the library has them all.`,
  },

  sliders: {
    heading: "Move the filters (in-sample)",
    exit: (exit: string) =>
      `The best set of the last search, on searched days, one trade per signal. Its exit stays: ${exit}.`,
    defaultExit: "the default",
    fixed: (filters: string) => `Fixed: ${filters}.`,
    again: "Choosing by these figures is searching once more: judge what you choose with sluice validate.",
  },

  trades: {
    heading: "Trades",
    currentSet: "the current set",
    theSet: "the set",
    bestSet: "the best set",
    proposedSet: "the proposed set",
    unseen: (whose: string) => `${whose} on unseen days`,
    exits: "Exits by reason",
    exitColumns: ["reason", "trades", "share", "average", "total"] as readonly string[],
  },

  funnel: {
    heading: "Filters: from signals to trades",
    signals: "signals",
    trades: "trades",
    onePosition: "with one position per symbol",
    empty: "empty",
  },

  leaderboard: {
    heading: "Leaderboard (in-sample)",
    columns: [
      "rank",
      "score",
      "trades",
      "wins",
      "average",
      "total, points",
      "drawdown, points",
      "other than the best",
    ] as readonly string[],
  },

  nights: {
    heading: "Nights",
    rehearsed: "Nights",
    earlier: "Earlier runs, the newest first",
    earlierColumns: ["run, UTC", "type", "verdict", "advice", "applied", "config", "candles to"] as readonly string[],
    advice: { apply: "apply", keep: "keep", pause: "pause" } as Readonly<Record<string, string>>,
    saved: "saved",
    notSaved: "not saved",
    policies: {
      as_configured: "as configured",
      never_change: "never change",
      not_trading: "not trading",
      phase3_always: "always phase 3's set",
      phase2_always: "always phase 2's set",
      passed_only: "only if PASSED",
    },
    policy: "What each policy made after costs, points; intervals hold 95% of resamples of the days",
    policyColumns: [
      "policy",
      "trades",
      "average",
      "total",
      "drawdown",
      "nights changed",
      "over never changing",
    ] as readonly string[],
    interval: (total: string, low: string, high: string) => `${total} (${low} to ${high})`,
    shuffled: (copies: number) =>
      `The same over ${count(copies)} copies of the history with its days shuffled, where nothing can be learnt: total points`,
    shuffledColumns: ["policy", "5th percentile", "median", "95th percentile"] as readonly string[],
    decided: "What each night decided, and what followed: averages per trade",
    decidedColumns: [
      "night",
      "type",
      "verdict",
      "applied",
      "claimed",
      "realised",
      "proposed set, next days",
      "set before, next days",
    ] as readonly string[],
    points: "Points by policy",
  },

  method: {
    heading: "Data and method",
    thisRun: "This run",
    split: "Split",
    splitAt: (day: string) => `searched before ${day}, checked from then on`,
    candles: "Candles",
    symbols: "Symbols",
    span: "From, to",
    spanOf: (from: string, to: string) => `${from} to ${to}`,
    holes: "Holes",
    holesOf: (holes: number, missing: number) =>
      `${count(holes)}, ${count(missing)} candles missing; nothing is filled in`,
    breaks: "Breaks (changes of unit)",
    breaksOf: (breaks: number) => `${count(breaks)}; no trade crosses one`,
    duplicates: "Duplicates dropped",
    repaired: "Repaired by rounding",
    dropped: "Invalid rows dropped",
    unfinished: "Unfinished, left out",
    closed: "Closed",
    closedOf: (when: string, symbols: number) => `${when} (${count(symbols)} symbols)`,
    readAs: "Read as",
    leftOut: "No candles in the span",
    funding: "Funding payments",
    breakCaption: "Breaks: prices change their unit there, as after a split",
    breakColumns: ["symbol", "first candle after it", "open over the close before"] as readonly string[],
    notSet: "not set",
    options: "Options that the result depends on, by their names in the library",
    optionColumns: ["option", "value"] as readonly string[],
    glossary,
  },

  /** Facts about a run: names, and what is said of them. */
  facts: {
    objective: "Objective",
    signals: "Signals",
    costs: "Costs",
    fingerprint: "Fingerprint",
    tested: "Tested",
    bestScore: "Best score",
    opportunities: "Opportunities",
    engine: "Engine",
    ambiguous: "Ambiguous trades",
    verdict: "Verdict",
    foundBy: "Found by",
    nights: "Nights",
    signalsOf: (searched: number, unseen: number, purged: number, leftOut: number) =>
      `${count(searched)} searched, ${count(unseen)} unseen; left out: ${count(purged)} whose trades might span the split, ${count(leftOut)} that the data cannot finish`,
    costsOf: (fee: string, slippage: string, funding: string) =>
      `fee ${fee} and slippage ${slippage} per side, ${funding}`,
    fundingOfData: "funding at the exchange's rates",
    fundingRate: (rate: string) => `funding ${rate} per 8 hours`,
    testedOf: (sets: number, ranked: number) => `${count(sets)} sets, ${count(ranked)} ranked`,
    searchedOf: (opportunities: number, objective: number, leftOut: number) =>
      `${count(opportunities)}, of which ${count(objective)} are objective; ${count(leftOut)} left out`,
    engineOf: (time: string, threads: number, memory: string) =>
      `${time}, ${counted(threads, "thread")}, linear memory ${memory}`,
    simulatedOf: (opportunities: number, leftOut: number) => `${count(opportunities)}; ${count(leftOut)} left out`,
    ambiguousOf: (trades: number) => `${count(trades)} ended in a bar that touched both stop and target`,
    verdictOf: (verdict: string, reason: string) => `${verdict}: ${reason}`,
    validatedOf: (searched: number, unseen: number, leftOut: number) =>
      `${count(searched)} searched, ${count(unseen)} unseen, ${count(leftOut)} left out`,
    nightsOf: (nights: number, every: string, window: string) =>
      `${nights}, every ${every}, each looking back ${window}`,
  },
};
