import { formatTimeframe } from "../candles/timeframe.ts";
import { defaults } from "../run/defaults.ts";
import { objectives } from "../search/objectives.ts";
import { type FlagGroup, required } from "./flag.ts";
import { flags } from "./flags.ts";

const percent = (fraction: number): number => Math.round(fraction * 1e6) / 1e4;

/** What is no move of the market. */
export const breakRow = {
  flags: [flags.breakRatio],
  help: `a price R times the one before is a change of unit, no move (${defaults.breakRatio})`,
} as const;

/** Which candles count. */
export const marketRows = [
  { flags: [flags.timeframe], help: `candle length (${formatTimeframe(defaults.timeframeMs)})` },
  { flags: [flags.symbols], help: "these symbols alone (all in the folder)" },
  { flags: [flags.from], help: "from this ISO date, time or epoch ms on" },
  { flags: [flags.to], help: "up to this ISO date, time or epoch ms" },
  { flags: [flags.days], help: "the last N days" },
  breakRow,
] as const;

/** Opportunities of a file, and the candles that they are on. */
export const tableRows = [
  { flags: [flags.opportunities], help: "opportunities or your own signals, CSV or JSON" },
  { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
] as const;

/** What counts as an objective opportunity. */
export const labelRows = [
  { flags: [flags.lookahead], help: `hours in which an objective opportunity gains (${defaults.lookaheadHours})` },
  { flags: [flags.minProfit], help: `percent that an objective opportunity gains (${percent(defaults.minProfit)})` },
] as const;

/** Repair of input. */
export const lenientRow = {
  flags: [flags.lenient],
  help: "drop and count impossible rows instead of refusing them",
} as const;

/** Which candles of a market count, and what is an objective opportunity on them. */
export const marketGroup = { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] } as const;

/** The older system's way of counting. */
export const legacyRow = {
  flags: [flags.legacyActivations],
  help: "activations in either direction, as the older system",
} as const;

/** Signals that were made on longer bars. */
export const signalTimeframeRow = {
  flags: [flags.signalTimeframe],
  help: "length of the bars that the signals were made on (the candles')",
} as const;

/** Which type of a table. */
export const typeRow = { flags: [flags.type], help: "signal type (the only one there is)" } as const;

/** What sets are ranked by. */
export const objectiveRow = {
  flags: [flags.objective],
  help: `what sets are ranked by (${defaults.objective})`,
  choices: Object.fromEntries(Object.entries(objectives).map(([name, { description }]) => [name, description])),
} as const;

/** Where signals are entered. */
export const entryRow = {
  flags: [flags.entry],
  help: `signal-close, or next-open: the open of the next candle (${defaults.entry})`,
} as const;

/** Where a trade is entered, what it costs and how its bars are read. */
export const tradeGroup = {
  title: "Trades",
  rows: [
    entryRow,
    { flags: [flags.fee], help: `fee per side, a fraction of entry (${defaults.fee})` },
    { flags: [flags.slippage], help: `slippage per side, a fraction of entry (${defaults.slippage})` },
    { flags: [flags.funding], help: `funding rate that a long pays every 8 hours (${defaults.fundingPer8h})` },
    { flags: [flags.intrabar], help: `stop-first, target-first or nearest-open (${defaults.intrabar})` },
    { flags: [flags.exitModel], help: `path: bar by bar; summary: the older 24 hours (${defaults.exitModel})` },
  ],
} as const;

/** What a set must keep to be ranked. */
export const constraintRows = [
  { flags: [flags.minTrades], help: `fewest trades of a ranked set (${defaults.minTrades})` },
  { flags: [flags.maxDrawdown], help: "largest drawdown of a ranked set, percentage points (none)" },
  { flags: [flags.minCapture], help: "least capture rate of a ranked set, a share from 0 to 1 (none)" },
  {
    flags: [flags.drawdownLimit],
    help: `drawdown from which \`balanced\` takes points off (${defaults.drawdownLimit})`,
  },
] as const;

/** How much phase 3 tries. */
export const stageRows = [
  { flags: [flags.coarseCombos], help: "sets that a start may test in the coarse stage (all)" },
  { flags: [flags.fineCombos], help: "sets that a start may test in the fine stage (all)" },
] as const;

/** How a verdict is come to. */
export const verdictRows = [
  { flags: [flags.margin], help: `percentage points per trade by which new must beat current (${defaults.margin})` },
  {
    flags: [flags.confidence],
    help: `share of resamples in which new must be better, all decisions together (${defaults.confidence})`,
  },
  { flags: [flags.maxOpen], help: "open positions over all symbols in replays (no limit)" },
  { flags: [flags.rolling], help: "walk-forward windows train on the span before alone" },
  { flags: [flags.seed], help: `seed of all sampling (${defaults.seed})` },
] as const;

/** When new parameters are applied. */
export const policyRow = {
  flags: [flags.policy],
  help: `gate: where surely better; shadow: also once proved on days to come (${defaults.policy})`,
} as const;

/** What the whole process may use. */
export const ceilingRow = {
  flags: [flags.maxRss],
  help: "most that the process may take: refused or ended beyond it",
} as const;

/** What the engine may use. */
export const engineRows = [
  { flags: [flags.memory], help: `fixed linear memory of the engine (${defaults.memoryBytes / 2 ** 20}mb)` },
  { flags: [flags.threads], help: `threads of a search; auto leaves one core free (${defaults.threads})` },
  ceilingRow,
] as const;

/** One search over a table; `top` is how long its leaderboard is by default. */
export const searchGroups = (top: number) =>
  [
    {
      title: "Files",
      rows: [...tableRows, { flags: [required(flags.space)], help: "parameter space, JSON" }, signalTimeframeRow],
    },
    {
      title: "Search",
      rows: [
        typeRow,
        objectiveRow,
        { flags: [flags.top], help: `length of the leaderboard (${top})` },
        ...constraintRows,
        ...engineRows,
      ],
    },
    tradeGroup,
    marketGroup,
  ] as const;

/** How a run of `optimize` searches and judges. */
export const runGroup = {
  title: "Search and verdict",
  rows: [objectiveRow, ...constraintRows, ...stageRows, policyRow, ...verdictRows, ...engineRows],
} as const;

/** What is replaced. */
export const forceRow = {
  flags: [flags.force],
  help: "replace an output file that Sluice did not write",
} as const;

export const strictRow = {
  flags: [flags.strict],
  help: "exit code 5 unless the verdict is PASSED or WARNING",
} as const;

/** Flags of every verb; they never reach a request. */
export const outputGroup = {
  title: "Output",
  rows: [
    { flags: [flags.json], help: "the result as one JSON document" },
    { flags: [flags.quiet], help: "no progress" },
    { flags: [flags.noColor], help: "no colours" },
    { flags: [flags.logLevel], help: "error, info or debug" },
  ],
} as const satisfies FlagGroup;
