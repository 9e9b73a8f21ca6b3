import { count, counted, percent } from "../figures.ts";
import { candleFiles } from "./en/candleFiles.ts";
import { data } from "./en/data.ts";
import { details } from "./en/details.ts";
import { drawn } from "./en/drawn.ts";
import { evidence } from "./en/evidence.ts";
import { news } from "./en/news.ts";
import { page } from "./en/page.ts";
import { parts } from "./en/parts.ts";
import { pastRuns } from "./en/pastRuns.ts";
import { portfolio } from "./en/portfolio.ts";
import { reasoning } from "./en/reasoning.ts";
import { rehearse } from "./en/rehearse.ts";
import { sentences } from "./en/sentences.ts";
import { tests } from "./en/tests.ts";
import { tools } from "./en/tools.ts";

/** A day in UTC: its month counts from 0. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly date: number;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;

/** The English words of summaries. What a summary says stands here once, so that another language can say it. */
export const en = {
  /** The tag of the language, as in `--lang`. */
  language: "en",
  /** The tag for programs that choose fonts and voices by it. */
  locale: "en",
  list: ", ",
  comma: ", ",
  and: "; ",

  labels: {
    data: "Data",
    candles: "Candles",
    report: "Report",
    undo: "Undo",
    best: "Best",
    allSets: "All sets",
    exits: "Exits",
    inSample: "In-sample",
    engine: "Engine",
    set: "Set",
    made: "Made",
    trades: "Trades",
    written: "Written",
    moves: "Moves",
    ambiguous: "Ambiguous",
    holes: "Holes",
    decision: "Decision",
    failed: "FAIL",
    weak: "weak",
    passed: "ok  ",
  },

  dates: {
    /** `30 Jun 2025`. */
    day: ({ year, month, date }: Day) => `${date} ${months[month]} ${year}`,
    /** Without the year where another day says it. */
    dayOfYear: ({ month, date }: Day) => `${date} ${months[month]}`,
    /** Two days, with what they share said once: `10 May to 30 Jun 2025`. */
    span: (from: Day, to: Day) => {
      const { year, month, date } = to;
      const whole = `${date} ${months[month]} ${year}`;
      if (from.year !== year) return `${from.date} ${months[from.month]} ${from.year} to ${whole}`;
      if (from.month !== month) return `${from.date} ${months[from.month]} to ${whole}`;
      return from.date === date ? whole : `${from.date} to ${whole}`;
    },
    ago: (hours: number) => `${hours < 48 ? counted(hours, "hour") : counted(Math.floor(hours / 24), "day")} ago`,
    ahead: (hours: number) =>
      `${hours < 48 ? counted(hours, "hour") : counted(Math.floor(hours / 24), "day")} after now`,
  },

  outcome: {
    changed: (what: string) => `CHANGED ${what}`,
    changedDoubtfully: (what: string) => `CHANGED, WITH WARNINGS: ${what}`,
    nothing: (why: string) => `NOTHING CHANGED: ${why}`,
    dryRun: (what: string) => `DRY RUN: would change ${what}`,
    noConfigWould: (types: string) => `NO CONFIG GIVEN: would change ${types}`,
    noConfig: (why: string) => `NO CONFIG GIVEN: ${why}`,
    stale: (age: string) => `NOT SAVED: candles end ${age}`,
    strict: (verdict: string) => `NOT SAVED: --strict, and the verdict is ${verdict}`,
    hindsight: "NOT SAVED: --universe objective uses the future",
    notSaved: (why: string) => `NOT SAVED: ${why}`,
    pauseLosing: (types: string) => `pause ${types}? the current parameters lose`,
    pauseHopeless: (types: string) => `pause ${types}? every set, yours included, loses`,
    pause: (types: string) => `pause ${types}?`,
    notBetter: "no set is clearly better than the current one",
    notBetterThanNothing: "no set is clearly better than not trading",
    notTrusted: "no better parameters could be trusted",
    values: (type: string, values: number) => `${type} (${counted(values, "value")})`,
    someValues: (values: number) => counted(values, "value"),
    asBefore: (types: string) => `${types} as before`,
    /** Of symbols whose parameters are their own. */
    coinsAsBefore: (coins: number) => `${counted(coins, "coin")} as before`,
    groupsAsBefore: (groups: number) => `${counted(groups, "other")} as before: nothing clearly better`,
    more: (others: number) => `${count(others)} more`,
    configsChanged: (changed: number, all: number) => `CHANGED ${changed} of ${counted(all, "config")}`,
    configsPause: (configs: number) => `pause a type in ${configs}?`,
    configsUnsaved: (why: string, configs: number, all: number) =>
      `${why}: ${configs} of ${counted(all, "config")} would have changed`,
    configsNothing: (all: number) => `NOTHING CHANGED in ${counted(all, "config")}`,
    dryRunName: "DRY RUN",
    strictName: "NOT SAVED, --strict",
    staleName: (age: string) => `NOT SAVED, candles end ${age}`,
    notSavedName: "NOT SAVED",
  },

  table: {
    now: "now",
    proposed: "proposed",
    decision: "decision",
    nothingFound: "No opportunities: nothing was proposed and nothing judged.",
    caption: (days: string) => `Net average per trade, one position per symbol, ${days}`,
    unseen: (days: string) => `${days} (unseen)`,
    unseenDays: "unseen days",
  },

  decision: {
    applied: (set: string, sure: string) => `applied${set}: better in ${sure}`,
    wouldBeApplied: (set: string, sure: string) => `would be applied${set}: better in ${sure}`,
    set: (name: string) => ` (${name})`,
    paused: (why: string) => `${why}; pause?`,
    nothing: "kept: nothing to propose",
    rejected: (why: string) => `rejected: ${why}`,
    tooFew: (trades: number) => `kept: only ${count(trades)} trades on unseen days`,
    notSure: (found: string, level: string) => `not sure: better in ${found}, needs ${level}`,
    looksSpent: "kept: these days were looked at too often to decide anything",
    randomEntries: "kept: random entries do as well",
    notAboveCurrent: (found: string, needed: string) => `not sure: beats now in ${found}, needs ${needed}`,
    notAboveNothing: (found: string, needed: string) => `not sure: beats not trading in ${found}, needs ${needed}`,
    testsFailed: (failed: number, ran: number) => `${failed} of ${ran} tests failed`,
    loses: "loses on unseen days",
    verdict: (verdict: string) => `verdict ${verdict}`,
    sameAsNow: "the proposed set is the current one",
  },

  tests,
  /** Of a set that no test rejects, but the unseen days do. */
  unseen: { name: "unseen days", found: (points: number) => `${percent(points)} per trade`, needs: "a gain" },
  needs: (needs: string) => ` (needs: ${needs})`,
  data,
  news,
  reasoning,
  details,
  evidence,
  rehearse,
  pastRuns,
  parts,
  portfolio,
  tools,
  candleFiles,
  page,
  drawn,
  sentences,
  /** A reason of an exit: a code that English has as it is. */
  exitName: (code: string): string => code,
  /** What a result says in English, in this language. */
  sentence: (english: string): string => english,

  brief: {
    identity: (version: string, candlesTo: string, where: string) =>
      `Sluice ${version}, candles to ${candlesTo} UTC, ${where}`,
    configs: (configs: number) => counted(configs, "config"),
    noConfig: "no config",
    symbols: (symbols: number) => counted(symbols, "symbol"),
    searchedTo: (day: string) => `; searched to ${day}, checked after`,
    looks: (runs: number) => `; the same days as in ${counted(runs, "earlier run")}`,
    stale: (why: string) => `${why}; is the download running?`,
    moreNotes: (notes: number) => ` (and ${counted(notes, "more note")}: --verbose)`,
    moreValues: (values: number) => `and ${values} more`,
    nothingToUndo: "nothing to undo",
  },

  /** A run on a phone's lock screen. */
  phone: {
    row: (label: string, now: string, proposed: string, decision: string) =>
      `${label}: now ${now}, proposed ${proposed}; ${decision}`,
    labelled: (label: string, text: string) => `${label}: ${text}`,
    note: "Note",
    caption: "Net average per trade on unseen days",
  },

  search: {
    best: (sets: number, objective: string, average: number, trades: number) =>
      `BEST of ${counted(sets, "set")} by ${objective}: ${percent(average)} net per trade over ${counted(trades, "trade")}`,
    noMoney: (sets: number, made: string) =>
      `NO SET MAKES MONEY: the best of ${counted(sets, "set")} ${made} per trade`,
    loses: (size: string) => `loses ${size}`,
    makesNothing: "makes nothing",
    none: (sets: number) =>
      `NO RESULT: none of ${counted(sets, "set")} meets the constraints (too few trades, or another limit exceeded)`,
    searched: (type: string, opportunities: number, moves: number, data: string) =>
      `${type}: ${counted(opportunities, "opportunity", "opportunities")} (${count(moves)} big moves), ${data}`,
    next: (command: string) => `these days chose the set, so they cannot prove it: ${command}`,
    nextSaving: "--save-best FILE, then sluice validate --params FILE",
    allSets: (file: string, rows: number, size: string) => `${file} (${counted(rows, "row")}, ${size})`,
    speed: (time: string, threads: number, memory: string) =>
      `${time}, ${counted(threads, "thread")}, ${memory} of memory`,
    board: ["rank", "score", "n", "wins", "avg", "total", "drawdown", "capture"] as readonly string[],
    differs: "other than the best",
    moreSets: (sets: number) => `and ${count(sets)} more (--json has them all)`,
  },

  simulate: {
    gains: (average: string, trades: number) => `GAINS: ${average} net per trade over ${counted(trades, "trade")}`,
    loses: (average: string, trades: number) => `LOSES: ${average} net per trade over ${counted(trades, "trade")}`,
    nothing: (average: string, trades: number) =>
      `MAKES NOTHING: ${average} net per trade over ${counted(trades, "trade")}`,
    noTrades: (opportunities: number) =>
      `NO TRADES: the filters reject all ${counted(opportunities, "opportunity", "opportunities")}`,
    simulated: (type: string, opportunities: number, leftOut: number, data: string) =>
      `${type}: ${counted(opportunities, "opportunity", "opportunities")}${leftOut > 0 ? `, ${count(leftOut)} left out` : ""}, ${data}`,
    made: (total: string, drawdown: string) =>
      `${total} in all, at its deepest ${drawdown} below its peak (percent of one stake, every trade with the same)`,
    trades: (wins: string, win: string, loss: string, factor: string, hours: string) =>
      `${wins} win; average win ${win}, loss ${loss}; profit factor ${factor}; held ${hours} h on average`,
    moves: (captured: string, precision: string) =>
      `${captured} of the big moves captured, ${precision} of trades were one`,
    ambiguous: (ambiguous: number, trades: number, other: string) =>
      `${count(ambiguous)} of ${counted(trades, "trade")} ended in a bar that touched both stop and target (under the other rule ${other} per trade)`,
    holes: (trades: number) => `${counted(trades, "trade")} ended in a hole of the candles, at the next open`,
  },

  validate: {
    skipped: (type: string, reason: string) => `NOT JUDGED: ${type}: ${reason}`,
    fails: (type: string, failed: number, ran: number, unseen: string) =>
      `NOT BELIEVABLE: ${type} fails ${failed} of ${counted(ran, "test")}${unseen}`,
    loses: (type: string, average: string) => `NOT BELIEVABLE: ${type} makes ${average} net per trade on unseen days`,
    notBelievable: (type: string, verdict: string, reason: string) => `NOT BELIEVABLE: ${type}: ${verdict}, ${reason}`,
    passes: (type: string, ran: number, unseen: string) =>
      `BELIEVABLE: ${type} passes ${counted(ran, "test")}${unseen}`,
    weak: (type: string, weak: number, ran: number, unseen: string) =>
      `BELIEVABLE, WITH WARNINGS: ${type} is weak in ${weak} of ${counted(ran, "test")}${unseen}`,
    unseen: (average: string) => `, ${average} net per trade on unseen days`,
    validated: (type: string, opportunities: number, data: string) =>
      `${type}: ${counted(opportunities, "opportunity", "opportunities")}, ${data}`,
    thisSet: "this set",
    currentSet: "current set",
    searchedDays: "searched days",
    unseenDays: "unseen days",
    noTrades: "no trades",
    caption: "Net average per trade (trades), one position per symbol",
    split: (searched: string, unseen: string) => `; searched to ${searched}, unseen ${unseen}`,
    purged: (opportunities: number) =>
      `${counted(opportunities, "opportunity", "opportunities")} whose trades may cross the split excluded`,
  },
};

/** Every text of a summary, in some language. */
export type Texts = typeof en;
