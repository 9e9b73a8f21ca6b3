import { formatTimeframe } from "../candles/timeframe.ts";
import { defaultNotifyOn, notifyWhen } from "../notify/when.ts";
import { defaults } from "../run/defaults.ts";
import { objectives } from "../search/objectives.ts";
import { commandLineOnly, type FlagGroup, repeatable, required } from "./flag.ts";
import { flags } from "./flags.ts";
import type { Verb } from "./verb.ts";

const percent = (fraction: number): number => Math.round(fraction * 1e6) / 1e4;

/** What `--notify` takes, and the variables that each needs. */
const serviceChoices = {
  "mailto:ADDRESS": "e-mail to this address: SLUICE_EMAIL_URL",
  email: "SLUICE_EMAIL_URL, SLUICE_EMAIL_TO",
  slack: "SLUICE_SLACK_URL",
  discord: "SLUICE_DISCORD_URL",
  telegram: "SLUICE_TELEGRAM_TOKEN, SLUICE_TELEGRAM_CHAT",
  ntfy: "SLUICE_NTFY_URL, perhaps SLUICE_NTFY_TOKEN",
  bark: "SLUICE_BARK_URL",
  webhook: "one JSON object: SLUICE_WEBHOOK_URL, perhaps SLUICE_WEBHOOK_TOKEN",
} as const;

/** What is not a market move. */
export const breakRow = {
  flags: [flags.breakRatio],
  help: `price ratio between candles at which a series breaks, as after a split (default ${defaults.breakRatio})`,
} as const;

/** Where dates are from that do not say it. */
export const zoneRow = {
  flags: [flags.timeZone],
  help: "offset from UTC, such as -05:00, of dates in candle files that give none (default UTC)",
} as const;

/** Which candles count. */
export const marketRows = [
  {
    flags: [flags.timeframe],
    help: `candle length; made of a smaller one if need be (default ${formatTimeframe(defaults.timeframeMs)})`,
  },
  { flags: [flags.symbols], help: "only these symbols (default all in the folder)" },
  { flags: [flags.from], help: "start: ISO date, ISO time or epoch ms" },
  { flags: [flags.to], help: "end: ISO date, ISO time or epoch ms" },
  { flags: [flags.days], help: "only the last N days" },
  zoneRow,
  breakRow,
] as const;

/** A file of opportunities, and the candles they refer to. */
export const tableRows = [
  { flags: [flags.opportunities], help: "opportunities or your own signals, CSV or JSON" },
  { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
] as const;

/** What counts as an objective opportunity. */
export const labelRows = [
  {
    flags: [flags.lookahead],
    help: `hours within which an objective opportunity gains P (default ${defaults.lookaheadHours})`,
  },
  {
    flags: [flags.minProfit],
    help: `minimum gain of an objective opportunity, percent (default ${percent(defaults.minProfit)})`,
  },
] as const;

/** Repair of input. */
export const lenientRow = {
  flags: [flags.lenient],
  help: "drop and count invalid rows instead of refusing them",
} as const;

/** The candles to use, and what counts as an objective opportunity on them. */
export const marketGroup = { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] } as const;

/** The older system's way of counting. */
export const legacyRow = {
  flags: [flags.legacyActivations],
  help: "count activations in either direction, as the older system did",
} as const;

/** Signals that were made on longer bars. */
export const signalTimeframeRow = {
  flags: [flags.signalTimeframe],
  help: "length of the bars the signals were computed on (default: the candle length)",
} as const;

/** Which type of a table. */
export const typeRow = { flags: [flags.type], help: "signal type (default: the only one in the file)" } as const;

/** What sets are ranked by. */
export const objectiveRow = {
  flags: [flags.objective],
  help: `what parameter sets are ranked by (default ${defaults.objective})`,
  choices: Object.fromEntries(Object.entries(objectives).map(([name, { description }]) => [name, description])),
} as const;

/** Where signals are entered. */
export const entryRow = {
  flags: [flags.entry],
  help: `signal-close, or next-open: the open of the next candle (default ${defaults.entry})`,
} as const;

/** Where a trade is entered, what it costs and how its bars are read. */
export const tradeGroup = {
  title: "Trades",
  rows: [
    entryRow,
    { flags: [flags.fee], help: `fee per side, as a fraction (default ${defaults.fee})` },
    { flags: [flags.slippage], help: `slippage per side, as a fraction (default ${defaults.slippage})` },
    {
      flags: [flags.fundingPer8h],
      help: `funding rate paid by longs every 8 hours (default ${defaults.fundingPer8h})`,
    },
    {
      flags: [flags.funding],
      help: "instead: the exchange's own rates, from the files of funding rates beside the candles",
    },
    {
      flags: [flags.intrabar],
      help: `if one bar touches both: stop-first, target-first or nearest-open (default ${defaults.intrabar})`,
    },
    {
      flags: [flags.exitModel],
      help: `path: bar by bar; summary: the older system's 24-hour summary (default ${defaults.exitModel})`,
    },
  ],
} as const;

/** Limits that a set must meet to be ranked. */
export const constraintRows = [
  { flags: [flags.minTrades], help: `minimum trades of a ranked set (default ${defaults.minTrades})` },
  { flags: [flags.maxDrawdown], help: "maximum drawdown of a ranked set, percentage points (default none)" },
  { flags: [flags.minCapture], help: "minimum capture rate of a ranked set, 0 to 1 (default none)" },
  {
    flags: [flags.drawdownLimit],
    help: `drawdown above which \`balanced\` deducts points (default ${defaults.drawdownLimit})`,
  },
] as const;

/** How much phase 3 tries. */
export const stageRows = [
  { flags: [flags.coarseCombos], help: "maximum sets per start in the coarse stage (default all)" },
  { flags: [flags.fineCombos], help: "maximum sets per start in the fine stage (default all)" },
] as const;

/** How a verdict is reached. */
export const verdictRows = [
  {
    flags: [flags.margin],
    help: `percentage points per trade by which new must beat current (default ${defaults.margin})`,
  },
  {
    flags: [flags.confidence],
    help: `required share of resamples in which new is better, over all decisions (default ${defaults.confidence})`,
  },
  { flags: [flags.maxOpen], help: "maximum open positions over all symbols in replays (default no limit)" },
  { flags: [flags.rolling], help: "walk-forward windows train only on the span just before" },
  { flags: [flags.seed], help: `random seed (default ${defaults.seed})` },
] as const;

/** Which parameter of a freqtrade strategy is which. */
export const mapRow = {
  flags: [flags.map],
  help: "which threshold of a freqtrade strategy is which filter, JSON (default: exits only)",
} as const;

/** When new parameters are applied. */
export const policyRow = {
  flags: [flags.policy],
  help: `apply new parameters by gate: if clearly better now; shadow: also once proven on later days (default ${defaults.policy})`,
} as const;

/** What the whole process may use. */
export const ceilingRow = {
  flags: [flags.maxRss],
  help: "maximum process memory; the run is refused or stopped beyond it (default no limit)",
} as const;

/** What the engine may use. */
export const engineRows = [
  { flags: [flags.memory], help: `fixed linear memory of the engine (default ${defaults.memoryBytes / 2 ** 20}mb)` },
  { flags: [flags.threads], help: `search threads; auto leaves one core free (default ${defaults.threads})` },
  ceilingRow,
] as const;

/** One search over a table; `top` is the default length of its leaderboard. */
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
        { flags: [flags.top], help: `length of the leaderboard (default ${top})` },
        ...constraintRows,
        ...engineRows,
      ],
    },
    tradeGroup,
    marketGroup,
  ] as const;

/** The folder of a job in parts. */
export const jobRow = { flags: [flags.job], help: "folder of the job, as sluice split made it" } as const;

/** How a run of `optimize` searches and judges. */
export const runGroup = {
  title: "Search and verdict",
  rows: [objectiveRow, ...constraintRows, ...stageRows, policyRow, ...verdictRows, ...engineRows],
} as const;

/** Where past runs are. As a default from the file, `out` is the folder that runs write to. */
export const pastRunsRow = {
  flags: [{ ...repeatable("out", "folders", "DIR"), kind: "text" }],
  help: "folder that runs wrote to, or one above it; may be repeated",
} as const;

/** The report with pictures. */
export const reportRow = {
  flags: [commandLineOnly(flags.report)],
  help: "write a report with pictures, one HTML file",
} as const;

/** Which output files may be replaced. */
export const forceRow = {
  flags: [flags.force],
  help: "replace output files that Sluice did not write",
} as const;

export const strictRow = {
  flags: [flags.strict],
  help: "exit code 5 unless the verdict is PASSED or WARNING",
} as const;

/** Whom to tell how a run ended; these never reach a request. */
export const notifyGroup = {
  title: "Notifications",
  rows: [
    {
      flags: [flags.notify],
      help: "where to send how the run ended; repeat for several; secrets are in environment variables, see docs/notifications.md",
      choices: serviceChoices,
    },
    { flags: [flags.notifyOn], help: `when to send it (default ${defaultNotifyOn})`, choices: notifyWhen },
  ],
} as const satisfies FlagGroup;

/** Flags of every verb; they never reach a request. */
export const outputGroup = {
  title: "Output",
  rows: [
    { flags: [flags.json], help: "print the result as one JSON document" },
    { flags: [flags.quiet], help: "hide progress" },
    { flags: [flags.verbose], help: "show every figure, not only what matters most" },
    { flags: [flags.noColor], help: "no colours" },
    { flags: [flags.lang], help: "language of summaries and reports, en or zh (default: the environment's)" },
    { flags: [flags.logLevel], help: "error, info or debug (default info)" },
  ],
} as const satisfies FlagGroup;

/** Every group of a verb's flags, the common ones last. */
export function groupsOf({ groups, notifies }: Verb): readonly FlagGroup[] {
  return [...groups, ...(notifies ? [notifyGroup] : []), outputGroup];
}
