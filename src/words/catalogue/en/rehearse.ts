import { counted } from "../../figures.ts";

/** The summary of a rehearsal. */
export const rehearse = {
  nights: "Nights",
  changes: "Changes",
  nothingChanged: (nights: number, made: string) =>
    `NOTHING CHANGED in ${counted(nights, "night")}: the parameters as they are made ${made}% of one stake`,
  yes: (against: string) => `YES: the decisions would have beaten both: ${against}`,
  no: (against: string) => `NO: the decisions would not have beaten both: ${against}`,
  unsure: (against: string) => `NOT SURE: ahead, but within chance: ${against}`,
  against: (never: string, none: string) => `${never}% over never changing, ${none}% over not trading`,
  nightsOf: (nights: number, from: string, to: string) =>
    `${counted(nights, "night")} from ${from}, traded to ${to}, one position per symbol, percent after costs`,
  policies: {
    as_configured: "as decided",
    never_change: "never change",
    not_trading: "not trading",
    phase3_always: "phase 3 always",
    phase2_always: "phase 2 always",
    passed_only: "PASSED only",
  },
  policyColumns: [
    "policy",
    "changes",
    "trades",
    "per trade",
    "total",
    "95% range",
    "drawdown",
    "over never",
    "95% range",
  ] as readonly string[],
  policyNote: (days: number) =>
    `Percent of one stake, every trade with the same; over never: gain over never changing. 95% range: days resampled in blocks of ${days} on average.`,
  range: (low: string, high: string) => `${low} to ${high}`,
  shuffled: (copies: number, changed: string) =>
    `On ${counted(copies, "copy", "copies")} of the history with its days shuffled, so that no day predicts the next; the config changed in ${changed}:`,
  shuffledColumns: ["policy", "total here", "90% of copies", "over never", "90% of copies"] as readonly string[],
  noChanges: (decisions: number) => `none in ${counted(decisions, "decision")}`,
  changeColumns: [
    "change",
    "type",
    "verdict",
    "set",
    "claimed",
    "earned",
    "trades",
    "until",
    "claimed - earned",
  ] as readonly string[],
  verdictColumns: ["verdict", "decisions", "trades", "proposed", "trades", "set before"] as readonly string[],
  /** Sets by their origin. */
  origins: {
    phase3: "phase 3",
    phase2: "phase 2",
    suggestion: "suggestion",
    challenger: "challenger",
    current: "current",
  },
};
