import type { FlagGroup } from "./flag.ts";
import { flags } from "./flags.ts";

/** Which candles count. */
export const marketRows = [
  { flags: [flags.timeframe, flags.symbols], help: "candle length (15m), symbols (all in the folder)" },
  { flags: [flags.from, flags.to, flags.days], help: "only this span: ISO date or epoch ms; or the last N days" },
] as const;

/** What counts as an objective opportunity. */
export const labelRows = [
  { flags: [flags.lookahead, flags.minProfit], help: "objective: gains 8 (percent) within 24 (hours)" },
] as const;

/** Mending of input. */
export const lenientRow = {
  flags: [flags.lenient],
  help: "drop and count impossible rows instead of refusing them",
} as const;

/** What a trade costs and how its bars are read. */
export const tradeGroup = {
  title: "Trades",
  rows: [
    { flags: [flags.fee, flags.slippage], help: "cost a side, fractions of entry (0.0005, 0.0002)" },
    { flags: [flags.funding], help: "funding rate that a long pays every 8 hours (0)" },
    { flags: [flags.intrabar], help: "stop-first (default), target-first or nearest-open" },
    { flags: [flags.exitModel], help: "path: bar by bar (default); summary: the older 24 hours" },
  ],
} as const;

/** What a set must keep to be ranked. */
export const constraintRows = [
  { flags: [flags.minTrades], help: "fewest trades of a ranked set (20)" },
  { flags: [flags.maxDrawdown, flags.minCapture], help: "limits: percent points, share 0-1 (none)" },
  { flags: [flags.drawdownLimit], help: "drawdown from which `balanced` takes points off (20)" },
] as const;

/** What the whole process may use. */
export const ceilingRow = {
  flags: [flags.maxRss],
  help: "most that the process may take: refused or ended beyond it",
} as const;

/** What the engine may use. */
export const engineRows = [
  { flags: [flags.memory], help: "fixed linear memory of the engine (16mb)" },
  { flags: [flags.threads], help: "threads of a search; auto (default) leaves one core free" },
  ceilingRow,
] as const;

/** Flags of every verb; they never reach a request. */
export const outputGroup = {
  title: "Output",
  rows: [
    { flags: [flags.json], help: "the result as one JSON document" },
    { flags: [flags.quiet, flags.noColor, flags.logLevel], help: "no progress; no colours; error, info or debug" },
  ],
} as const satisfies FlagGroup;
