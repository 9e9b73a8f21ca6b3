import { count, counted } from "../../figures.ts";

const opportunities = (found: number): string => counted(found, "opportunity", "opportunities");

/** Every figure of a run, a search or a set: what `--verbose` and `report.txt` have below the summary. */
export const details = {
  noConfig: "no config",
  none: "none",
  config: "Config",
  saved: "Saved",
  notSaved: "Not saved",
  wouldHaveChanged: (values: string) => `; ${values} would have changed`,
  haveChanged: (values: string) => `; ${values} changed`,
  changes: "Changes",
  changed: (changed: number, tested: number) => `${changed} of ${counted(tested, "tested parameter")}`,
  changedOf: (values: string) => `${values} changed`,
  wouldChangeOf: (values: string) => `${values} would have changed`,
  looks: "Looks",
  look: (look: string, since: string, again: string, level: string, left: string) =>
    `the ${look} look at the hold-out that began on ${since}${again}; it may spend ${level} of doubt, leaving ${left} for later looks`,
  again: ", a repeat of this same run",
  ordinal: (k: number) => {
    const tens = k % 100;
    if (tens >= 11 && tens <= 13) return `${k}th`;
    return `${k}${["th", "st", "nd", "rd"][k % 10] ?? "th"}`;
  },
  ofTypes: (types: string, look: string) => `${types}: ${look}`,
  tested: "Tested",
  split: "Split",
  memory: "Memory",
  peak: (size: string) => `peak ${size}`,
  core: (size: string) => `core ${size}`,
  market: (symbols: number, days: string, from: string, to: string, candles: string) =>
    `${counted(symbols, "symbol")} over ${days} days (${from} to ${to}), ${candles}`,
  candles: (candles: number) => counted(candles, "candle"),
  noted: (notes: string) => ` (${notes})`,
  found: (found: number, objective: number) => `, ${opportunities(found)} (${count(objective)} objective)`,
  withoutAtr: (found: number) => `, ${count(found)} more without an ATR left out`,
  sets: (sets: number) => counted(sets, "parameter set"),
  setsIn: (sets: number, time: string) => `${counted(sets, "parameter set")} in ${time}`,
  parts: (training: number, holdout: string) => `training ${count(training)}, hold-out ${holdout}, `,
  holdoutFrom: (holdout: number, time: string) => `${count(holdout)} from ${time} UTC`,
  leftOut: (purged: number, leftOut: number, crossing: string) =>
    `purged ${count(purged)}, left out ${count(leftOut)}${crossing}`,
  savedFile: (file: string, bytes: number, loads: number, backup: string) =>
    `${file} (${counted(bytes, "byte")}, ${counted(loads, "load")}), backup ${backup}`,
  undo: "Undo",
  report: "Report",
  reportIn: (out: string) => `${out}: result.json, report.txt, report.html`,
  sameDays: "Note     the hold-out is the same days every night: another look is not independent evidence",

  currentStays: "the current parameters stay",
  isApplied: (set: string) => `${set} is applied`,
  why: "Why",
  other: "Other",
  otherSet: (set: string, verdict: string, why: string) => `${set} ${verdict}: ${why}`,
  proposed: "Proposed",
  nothingProposed: "nothing: no set of this type could be ranked in phase 3",
  applied: "Applied",
  appliedSet: (set: string, params: string) => `${set}: ${params}`,
  importance: "Importance",
  importanceOf: (shares: string) => `${shares} (share of the scores' variance that each explains alone)`,
  gate: "Gate",
  gateIs: (word: string, why: string) => `${word}: ${why}`,
  missed: "Not taken",
  missedOf: (missed: number, objective: number) => `${count(missed)} of ${counted(objective, "big move")}`,
  others: (times: number) => `others ${count(times)}`,
  rejectedBy: (filters: string) => `rejected first by ${filters}`,
  largest: (symbol: string, side: string, time: string, move: string, filter: string) =>
    `largest ${symbol} ${side} ${time} ${move} (${filter})`,
  consensus: (level: string) => `consensus ${level}`,
  averageAndTrades: "avg, n",
  score: (score: string) => `score ${score}`,
  outcomes: { failed: "Failed", warning: "Warning", passed: "Passed", "not run": "Not run" },

  training: "training",
  holdout: "hold-out",
  setPart: (set: string, part: string) => `${set} ${part}`,
  everyTrade: "every trade",
  onePosition: "one position per symbol",
  replayColumns: [
    "",
    "n",
    "wins",
    "avg",
    "total",
    "drawdown",
    "capture",
    "|",
    "n",
    "avg",
    "total",
    "drawdown",
  ] as readonly string[],
};
