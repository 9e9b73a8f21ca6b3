import { count, counted } from "../../figures.ts";

const opportunities = (found: number): string => counted(found, "opportunity", "opportunities");

/** The evidence about a set, and one set or search in every figure. */
export const evidence = {
  ambiguous: "Ambiguous",
  holes: "Holes",
  windows: "Windows",
  shrunk: "Shrunk",
  baselines: "Baselines",
  sides: "Sides",
  symbols: "Symbols",
  months: "Months",
  set: "Set",
  figures: "Figures",
  exits: "Exits",
  trades: "Trades",
  ofTrades: (set: string, part: string, some: number, all: number) => `${set} ${part} ${count(some)} of ${count(all)}`,
  eitherRule: (where: string, average: string) => `${where}, avg ${average} under either rule`,
  otherRule: (where: string, average: string, other: string) =>
    `${where}, avg ${average}, under the other rule ${other}`,
  ambiguousEnded: (parts: string) => `bars that touched both stop and target ended: ${parts}`,
  holesEnded: (parts: string) => `trades whose holding time ended in a hole, so they exited at the next open: ${parts}`,
  windowsOf: (windows: string, winning: string, average: string, inSample: string, mode: string) =>
    `${windows} per trade out of sample (trades), ${winning} of windows gain; overall ${average} against ${inSample} in sample, ${mode}`,
  modes: { anchored: "anchored", rolling: "rolling" } as Readonly<Record<string, string>>,
  shrunkOf: (training: string, holdout: string) =>
    `avg_return adjusted for luck: training ${training}, hold-out ${holdout}`,
  noFilters: (average: string, trades: number) => `no filters ${average} (${counted(trades, "trade")})`,
  randomEntries: (average: string) => `random entries ${average}`,
  buyAndHold: (long: string, short: string, symbols: number) =>
    `buy and hold ${long} long and ${short} short over ${counted(symbols, "symbol")}`,
  onHoldout: (parts: string) => `on the hold-out: ${parts}`,
  sideNames: { long: "long", short: "short" } as Readonly<Record<string, string>>,
  averageAndTrades: "; average and trades, training / hold-out",
  more: (rows: number) => `, and ${count(rows)} more`,
  earlier: (rows: number) => `, and ${count(rows)} earlier`,

  n: (trades: string) => `n ${trades}`,
  winRate: (share: string) => `win rate ${share}`,
  average: (average: string) => `avg_return ${average}`,
  total: (total: string) => `total ${total}`,
  drawdown: (drawdown: string) => `drawdown ${drawdown}`,
  capture: (share: string) => `capture ${share}`,
  precision: (share: string) => `precision ${share}`,
  payoff: (payoff: string) => `payoff ${payoff}`,
  profitFactor: (factor: string) => `profit factor ${factor}`,
  sqn: (sqn: string) => `sqn ${sqn}`,
  sortino: (sortino: string) => `sortino ${sortino}`,
  held: (hours: string) => `held ${hours} h`,
  noneAmbiguous: "no trade ended in a bar that touched both stop and target",
  someAmbiguous: (some: number, all: number, other: string) =>
    `${count(some)} of ${count(all)} trades ended in a bar that touched both stop and target; under the other rule avg_return would be ${other}`,
  someInHoles: (some: number, all: number) =>
    `${count(some)} of ${count(all)} trades reached their maximum holding time in a hole, and exited at the next open`,
  simulated: (trades: number, found: number) => `${counted(trades, "trade")} of ${opportunities(found)}`,
  acrossUnits: (found: number) => `, ${count(found)} left out across a change of unit`,
  notEntered: (found: number) => `, ${count(found)} left out without a next candle to enter at`,

  bestBy: (objective: string) => `best by ${objective}`,
  tested: "Tested",
  engine: "Engine",
  allSets: "All sets",
  result: "Result",
  over: (sets: number, found: number) => `${counted(sets, "set")} over ${opportunities(found)} `,
  ofThem: (objective: number, leftOut: number, crossing: string, ranked: number) =>
    `(${count(objective)} objective, ${count(leftOut)} left out${crossing}), ${count(ranked)} ranked`,
  machine: (time: string, threads: number, passes: number) =>
    `${time}, ${counted(threads, "thread")}, ${counted(passes, "pass", "passes")}, `,
  work: (memory: string, replays: number) => `linear memory ${memory}, ${counted(replays, "replay")}`,
  rowsIn: (file: string, rows: number, size: string) => `${file} (${counted(rows, "row")}, ${size})`,
  noSet: "no set meets the constraints: too few trades (--min-trades), or another limit exceeded",
  bestScore: (score: string) => `Best  score ${score}`,
};
