/** What one of freqtrade's cases tests, and whether Sluice comes to the same trades. */
export interface Verdict {
  readonly name: string;
  /** In a few words. */
  readonly about: string;
  /** Where Sluice differs: its trades as `outcomeText` writes them, and the reason. */
  readonly differs?: { readonly ours: string; readonly why: string };
}

const agrees = (name: string, about: string): Verdict => ({ name, about });
const differs = (name: string, about: string, ours: string, why: string): Verdict => ({
  ...{ name, about },
  differs: { ours, why },
});

const nextOpen = "an exit signal exits at the next bar's open; Sluice exits at the close of the signal's bar";
const samePrice = `${nextOpen}, here at the same price`;
const otherPrice = `${nextOpen}, here at another price`;
const inside = "the stop follows the high of the bar in which it is hit; Sluice's follows finished bars only";
const ownStop =
  "not modelled: the strategy's own stop. Sluice takes a ROI that is touched; freqtrade's must be exceeded";
const limitEntry = "not modelled: a limit entry. Sluice enters every signal at the open";
const limitExit = "not modelled: a limit exit. Sluice exits at the close of the signal's bar";
const touched = "; here a ROI that is touched but not exceeded comes first";

export const verdicts: readonly Verdict[] = [
  differs("tc0", "exit signal", "exit_signal 1-3: 0.2 %", samePrice),
  agrees("tc1", "stop, deep bar"),
  agrees("tc2", "stop in a later bar"),
  agrees("tc3", "two trades, both stopped"),
  agrees("tc4", "stop and ROI in one bar: the stop"),
  agrees("tc5", "ROI in a later bar"),
  agrees("tc6", "stop and ROI in one bar: the stop"),
  agrees("tc7", "ROI before the stop"),
  differs(
    "tc8",
    "trailing from the start",
    "trailing_stop 1-3: -5.0 %",
    "the stop is 10 % below the best price; Sluice's is 10 % of the entry below it",
  ),
  differs("tc9", "trailing, high and low in one bar", "trailing_stop 1-3: -9.0 %", inside),
  agrees("tc10", "trailing offset not reached: the stop"),
  differs(
    "tc11",
    "trailing offset reached, next bar gaps through the stop and comes back",
    "trailing_stop 1-3: 0.0 %",
    "a bar that opens beyond the stop exits at the stop if its range reaches it; Sluice exits at its open",
  ),
  differs("tc12", "trailing offset reached and stop hit in one bar", "trailing_stop 1-3: -3.0 %", inside),
  agrees("tc13", "ROI in the entry bar"),
  agrees("tc14", "stop in the entry bar"),
  agrees("tc15", "two trades in a row: ROI, then stop, each in its entry bar"),
  differs(
    "tc16",
    "ROI of -1 after 65 minutes, inside a bar",
    "roi 1-3: -0.5 %",
    "a step inside a bar exits at the next bar's low; Sluice exits at its open",
  ),
  agrees("tc17", "ROI of -1 after 120 minutes, at an open"),
  agrees("tc18", "ROI falls below the open"),
  agrees("tc19", "ROI falls, but not below the open"),
  differs(
    "tc20",
    "ROI falls after 119 minutes, inside a bar",
    "roi 1-3: 4.0 %",
    "a step inside a bar exits at its own price in the next bar; Sluice exits at that bar's open, which is above it",
  ),
  agrees("tc21", "ROI, and a trailing stop that starts at the same bar's high"),
  agrees("tc22", "ROI in the bar that would start the trailing stop"),
  agrees("tc23", "the same, short"),
  differs(
    "tc24",
    "ROI and trailing stop in one bar that opens below the stop",
    "trailing_stop 1-3: -3.0 %",
    "a ROI comes before a trailing stop, wherever the bar opens; Sluice exits at an open beyond the stop",
  ),
  agrees("tc25", "stop in the bar of the exit signal"),
  differs("tc26", "exit signal, and stop in the bar after", "exit_signal 1-3: 0.2 %", samePrice),
  differs("tc27", "the same with leverage 5", "exit_signal 1-3: 1.0 %", samePrice),
  differs("tc28", "the same with leverage 5, short", "short exit_signal 1-3: -1.0 %", otherPrice),
  agrees("tc29", "ROI in the bar of the exit signal"),
  differs("tc30", "exit signal, and ROI in the bar after", "exit_signal 1-3: 0.2 %", samePrice),
  agrees("tc31", "trailing offset reached, next bar gaps through the stop"),
  agrees("tc32", "the same, short"),
  agrees("tc33", "trailing without an offset"),
  agrees("tc34", "trailing without an offset, hit in the entry bar"),
  differs("tc35", "trailing offset reached and stop hit in the entry bar", "roi 1-1: 10.0 %", `${inside}${touched}`),
  differs("tc36", "custom stop in the entry bar", "roi 1-1: 10.0 %", ownStop),
  differs("tc37", "the same with a tag on the entry", "roi 1-1: 10.0 %", ownStop),
  differs("tc38", "the same, short", "short roi 1-1: 10.0 %", ownStop),
  differs("tc39", "limit entry, never filled", "roi 1-1: 10.0 %", limitEntry),
  differs("tc40", "limit entry above every price", "roi 1-1: 10.0 %", limitEntry),
  differs(
    "tc41",
    "limit entry below every price, short",
    "short stop_loss 1-1: -1.0 %",
    `${limitEntry}; equal by chance`,
  ),
  differs("tc42", "limit entry near the low, ROI one bar late", "roi 1-1: 1.0 %", limitEntry),
  differs("tc43", "limit entry near the low, ROI at once", "roi 1-1: 1.0 %", `${limitEntry}; equal by chance`),
  differs("tc44", "limit exit below every price", "roi 1-1: 10.0 %", `${limitExit}${touched}`),
  differs("tc45", "limit exit, never filled", "roi 1-1: 10.0 %", `${limitExit}${touched}`),
  differs("tc46", "limit exit, never filled, short", "short exit_signal 1-2: -2.0 %", limitExit),
  differs(
    "tc47",
    "long and short signal in one bar",
    "roi 1-1: 10.0 %",
    "two conflicting signals make no trade; Sluice counts both, and takes the first if only one position is allowed",
  ),
  differs("tc48", "limit entry, moved", "roi 1-1: 10.0 %", limitEntry),
  differs("tc49", "limit entry, moved, short", "short exit_signal 1-3: 5.0 %", limitEntry),
  differs("tc50", "limit entry, cancelled", "roi 1-1: 10.0 %", limitEntry),
  differs("tc51", "limit entry, moved, then timed out", "roi 1-1: 10.0 %", limitEntry),
  differs("tc52", "limit entry, moved, then stopped", "stop_loss 1-2: -3.0 %", `${limitEntry}; equal by chance`),
  differs("tc53", "limit entry, moved, then stopped, short", "short stop_loss 1-1: -3.0 %", limitEntry),
  differs(
    "tc54",
    "long, then short in its place",
    "exit_signal 1-3, short exit_signal 4-4: 0.0 %",
    `${nextOpen}, here at other prices that cancel out`,
  ),
  differs("tc55", "short, then long in its place", "short exit_signal 1-2, exit_signal 3-4: -4.9 %", otherPrice),
  differs(
    "tc56",
    "long stopped, short in its place",
    "stop_loss 1-3: -2.0 %",
    "the short enters at the open of the bar in which the long is stopped; in Sluice the symbol is busy until that bar is over",
  ),
  differs(
    "tc57",
    "position increased and reduced",
    "exit_signal 1-5: 3.3 %",
    "not modelled: limit entries and position adjustment",
  ),
  differs("tc58", "limit exit, moved, short", "short exit_signal 1-2: -2.0 %", limitExit),
  differs("tc59", "limit exit, moved", "roi 1-1: 10.0 %", `${limitExit}${touched}`),
];
