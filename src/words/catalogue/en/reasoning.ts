import { count, counted, percent } from "../../figures.ts";

/** Why a set is applied, kept or paused, with every figure. */
export const reasoning = {
  /** Between two sentences. */
  space: " ",
  sets: {
    phase3: "phase 3's set",
    phase2: "phase 2's set",
    suggestion: "the suggestion",
    challenger: "the challenger",
    current: "the current set",
  },
  suggestionNumber: (number: number) => `suggestion ${number}`,
  resamples: {
    all: (resamples: number) => `all ${count(resamples)} resamples`,
    none: (resamples: number) => `none of ${count(resamples)} resamples`,
    nearlyAll: "more than 99.9% of resamples",
    hardlyAny: "fewer than 0.1% of resamples",
    some: (share: string) => `${share} of resamples`,
  },

  advice: { apply: "apply", keep: "keep", pause: "pause" },
  advised: (type: string) => `${type}: `,
  adviceAnd: (advice: string, why: string) => `${advice}. ${why}`,
  outcomeAnd: (outcome: string, why: string) => `${outcome}: ${why}`,
  wouldBeApplied: "would be applied",
  applied: "applied",
  kept: "kept",
  keptPause: "kept, pause advised",
  passedOver: (sets: string) => ` Passed over: ${sets}.`,
  better: (set: string, opponents: string, found: string) => `${set} is better than ${opponents} in ${found}.`,
  notTrading: "not trading",
  currentSet: "the current set",
  both: "both the current set and not trading",
  noneProposed: "no set could be proposed.",
  noneBetter: (sets: string) => `no other set is clearly better: ${sets}.`,
  loses: (found: string, average: number, trades: number) =>
    `the current parameters lose in ${found} (${percent(average)} per trade over ${counted(trades, "hold-out trade")}): ` +
    "consider pausing this type until a better set is found. Sluice does not stop the bot.",
  betterToo: (set: string) => `${set} is clearly better too, and is considered again next time`,
  judged: (set: string, verdict: string) => `${set} was judged ${verdict}`,
  has: (set: string, few: string) => `${set} has ${few}`,
  earlierLooks: (looks: number) => `after ${counted(looks, "earlier look")} at the same days`,
  oneOf: (decisions: number) => `as one of ${count(decisions)} simultaneous decisions`,
  notSure: (set: string, found: string, needed: string) => `${set} is better in ${found}, needed ${needed}`,
  notSureBecause: (set: string, found: string, needed: string, why: string) =>
    `${set} is better in ${found}, needed ${needed} ${why}`,
  looksSpent: (set: string, found: string, looks: number) =>
    `${set} is better in ${found}, but ${counted(looks, "earlier look")} at the same days left no doubt to spend: only new days can decide`,
  likeRandom: (set: string, p: string) =>
    `${set} is no better than the same trades entered at random times (permutation p ${p})`,
  notAbove: (set: string, opponent: string, found: string, needed: string) =>
    `${set} is better than ${opponent} in ${found}, needed ${needed}`,
  few: (trades: number, days: number) =>
    `${counted(trades, "trade")} on ${counted(days, "day")} of the hold-out, needed 30 on 15`,
  fewMore: (trades: number, days: number, more: number) =>
    `${counted(trades, "trade")} on ${counted(days, "day")} of the hold-out, needed 30 on 15 (about ${counted(more, "more day", "more days")} would be enough)`,

  gate: {
    open: "open",
    closed: "closed",
    figures: (own: string, perDay: string, days: number) =>
      `${own} per trade, ${perDay} per day over ${counted(days, "day")}`,
    figuresAgainst: (own: string, current: string, perDay: string, days: number) =>
      `${own} per trade against ${current}, ${perDay} per day over ${counted(days, "day")}`,
    better: (found: string, figures: string) => `clearly better, day by day, in ${found}: ${figures}`,
    nothing: "nothing was proposed",
    verdict: (figures: string) => `the verdict rules it out; on the hold-out: ${figures}`,
    few: (few: string, figures: string) => `the set has ${few}; so far ${figures}`,
    likeRandom: (p: string, figures: string) =>
      `the same trades entered at random times do as well (permutation p ${p}): ${figures}`,
    onlyIn: (opponent: string, found: string, figures: string) =>
      `better than ${opponent} in only ${found}: ${figures}`,
    saw: "the current parameters were updated after the split, so the comparison favours them",
  },

  challenger: {
    won: (since: string, days: number, current: string, nothing: string, needed: number) =>
      `the challenger since ${since} is better than the current set and than not trading, on ${counted(days, "day")} ` +
      `that no search had seen: evidence ${current} and ${nothing}, needed ${needed}.`,
    dropped: (since: string, days: number) =>
      `The challenger since ${since} is dropped after ${counted(days, "day")}: it does not look better.`,
    expired: (since: string, days: number) =>
      `The challenger since ${since} is dropped after ${counted(days, "day")} without enough evidence.`,
    withdrawn: (since: string, days: number) =>
      `The challenger since ${since} is withdrawn after ${counted(days, "day")}: its opponent's parameters have changed, or the opportunities lack a feature it filters by.`,
    is: (set: string, since: string, needed: number) =>
      `${set} is the challenger from ${since} on; it needs evidence of ${needed}.`,
    wouldBe: (set: string, since: string, needed: number) =>
      `${set} would become the challenger from ${since} on; it needs evidence of ${needed}.`,
    standing: (since: string, days: number, evidence: string, needed: number) =>
      `Challenger since ${since}: ${counted(days, "day")}, evidence ${evidence} of ${needed}.`,
  },
};
