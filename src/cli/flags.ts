import { type NotifyOn, notifyWhen } from "../notify/when.ts";
import { entryRules } from "../opportunities/entry.ts";
import { portfolioMetricNames } from "../portfolio/rankings.ts";
import { objectiveNames } from "../search/objectives.ts";
import { commandLineOnly, flag, repeatable, required, rivalOf, toggle } from "./flag.ts";
import { linearMemorySize, size } from "./sizes.ts";
import { duration, time, timeZone } from "./times.ts";
import {
  fraction,
  names,
  numberFrom,
  oneOf,
  percentAsFraction,
  percentFromZero,
  stake,
  text,
  threadCount,
  wholeFrom,
} from "./values.ts";

const positive = (example: string): ((text: string) => number) =>
  numberFrom(`a number above 0, such as ${example}`, (value) => value > 0);
const notNegative = (example: string): ((text: string) => number) =>
  numberFrom(`a number from 0 up, such as ${example}`, (value) => value >= 0);
const shareOf = numberFrom("a share from 0 to 1, such as 0.3", (value) => value >= 0 && value <= 1);

const objectiveWord = oneOf(...objectiveNames);

const fundingPer8h = flag(
  "funding-per-8h",
  "fundingPer8h",
  "F",
  "number",
  numberFrom("a fraction such as 0.0001", (value) => Math.abs(value) < 1),
);

/** Every flag once. The help row of a verb that takes it gives its meaning and default. */
export const flags = {
  // Files and folders
  candles: required(flag("candles", "candles", "DIR", "text", text)),
  opportunities: required(flag("opportunities", "opportunities", "FILE", "text", text)),
  params: required(flag("params", "paramsFile", "FILE", "text", text)),
  signals: flag("signals", "signals", "FILE", "text", text),
  snapshots: flag("snapshots", "snapshots", "DIR", "text", text),
  configs: repeatable("config", "configs", "FILE"),
  space: flag("space", "spaceFile", "FILE", "text", text),
  map: flag("map", "mapFile", "FILE", "text", text),
  suggest: flag("suggest", "suggestFile", "FILE", "text", text),
  group: flag("group", "group", "symbol|FILE", "text", text),
  current: flag("current", "currentFile", "FILE", "text", text),
  out: flag("out", "out", "DIR", "text", text),
  all: commandLineOnly(flag("all", "allFile", "FILE", "text", text)),
  report: flag("report", "report", "FILE", "text", text),
  saveBest: flag("save-best", "bestFile", "FILE", "text", text),
  trades: flag("trades", "tradesFile", "OUT.csv", "text", text),

  // The market
  timeframe: flag("timeframe", "timeframeMs", "15m", "text", duration),
  symbols: flag("symbols", "symbols", "A,B", "list", names),
  from: flag("from", "fromMs", "TIME", "text", time),
  to: flag("to", "toMs", "TIME", "text", time),
  timeZone: flag("time-zone", "timeZone", "OFFSET", "text", timeZone),
  days: flag("days", "days", "N", "number", positive("30")),
  lookahead: flag("lookahead", "lookaheadHours", "H", "number", positive("24")),
  minProfit: flag("min-profit", "minProfit", "P", "number", percentAsFraction),
  lenient: toggle("lenient", "lenient"),
  breakRatio: flag(
    "break-ratio",
    "breakRatio",
    "R",
    "number",
    numberFrom("a ratio above 1, such as 8", (value) => value > 1),
  ),
  signalTimeframe: flag("signal-timeframe", "signalTimeframeMs", "1h", "text", duration),
  universe: flag("universe", "universe", "WHICH", "text", oneOf("all", "objective")),
  legacyActivations: toggle("legacy-activations", "legacyActivations"),

  // Trades
  entry: flag("entry", "entry", "RULE", "text", oneOf(...entryRules)),
  fee: flag("fee", "fee", "F", "number", fraction),
  slippage: flag("slippage", "slippage", "F", "number", fraction),
  fundingPer8h,
  funding: rivalOf(fundingPer8h, flag("funding", "funding", "data", "text", oneOf("data"))),
  intrabar: flag("intrabar", "intrabar", "RULE", "text", oneOf("stop-first", "target-first", "nearest-open")),
  exitModel: flag("exit-model", "exitModel", "MODEL", "text", oneOf("path", "summary")),

  // Money
  capital: flag("capital", "capital", "N", "number", positive("1000")),
  stake: flag("stake", "stake", "S", "text", stake),
  leverage: flag(
    "leverage",
    "leverage",
    "L",
    "number",
    numberFrom("a number from 1 to 1000, such as 3", (value) => value >= 1 && value <= 1000),
  ),
  maintenanceMargin: flag("maintenance-margin", "maintenanceMargin", "P", "number", percentFromZero),

  rank: flag("rank", "rank", "BY", "text", oneOf("objective", "portfolio")),
  portfolioMetric: flag("portfolio-metric", "portfolioMetric", "M", "text", oneOf(...portfolioMetricNames)),
  shortlist: flag("shortlist", "shortlist", "K", "number", wholeFrom(1)),

  // Search and verdict
  type: flag("type", "type", "T", "text", text),
  objective: flag("objective", "objective", "O", "text", objectiveWord),
  top: flag("top", "top", "K", "number", wholeFrom(1)),
  minTrades: flag("min-trades", "minTrades", "N", "number", wholeFrom(1)),
  maxDrawdown: flag("max-drawdown", "maxDrawdown", "P", "number", notNegative("30")),
  minCapture: flag("min-capture", "minCaptureRate", "S", "number", shareOf),
  drawdownLimit: flag("drawdown-limit", "drawdownLimit", "P", "number", notNegative("20")),
  coarseCombos: flag("coarse-combos", "coarseCombos", "N", "number", wholeFrom(1)),
  fineCombos: flag("fine-combos", "fineCombos", "N", "number", wholeFrom(1)),
  margin: flag("margin", "margin", "P", "number", notNegative("0.1")),
  confidence: flag(
    "confidence",
    "confidence",
    "S",
    "number",
    numberFrom("a share from 0.5 to 0.999", (value) => value >= 0.5 && value <= 0.999),
  ),
  maxOpen: flag("max-open", "maxOpen", "N", "number", wholeFrom(1)),
  rolling: toggle("rolling", "rolling"),
  policy: flag("policy", "policy", "P", "text", oneOf("gate", "shadow")),
  seed: flag("seed", "seed", "N", "number", wholeFrom(0)),

  // A rehearsal
  every: flag("every", "everyMs", "7d", "text", duration),
  window: flag("window", "windowMs", "60d", "text", duration),
  nullCopies: flag("null-copies", "nullCopies", "N", "number", wholeFrom(0)),

  // The machine
  threads: flag("threads", "threads", "N|auto", "text", threadCount),
  memory: flag("memory", "memoryBytes", "SIZE", "text", linearMemorySize),
  maxRss: flag("max-rss", "maxRssBytes", "SIZE", "text", size),

  // What happens to the result
  dryRun: toggle("dry-run", "dryRun"),
  allowStale: toggle("allow-stale", "allowStale"),
  strict: toggle("strict", "strict"),
  force: commandLineOnly(toggle("force", "force")),

  // A job in parts
  job: commandLineOnly(required(flag("job", "job", "DIR", "text", text))),
  part: commandLineOnly(required(flag("part", "part", "N", "number", wholeFrom(0)))),
  parts: commandLineOnly(flag("parts", "parts", "N", "number", wholeFrom(1))),
  floor: commandLineOnly(
    flag(
      "floor",
      "floor",
      "KEY",
      "number",
      numberFrom("a number, the floor of status", () => true),
    ),
  ),

  // Who is told
  notify: repeatable("notify", "notify", "SERVICE"),
  notifyOn: flag("notify-on", "notifyOn", "WHEN", "text", oneOf(...(Object.keys(notifyWhen) as NotifyOn[]))),

  // Common to every verb
  json: toggle("json", "json"),
  quiet: toggle("quiet", "quiet"),
  verbose: toggle("verbose", "verbose"),
  noColor: toggle("no-color", "noColor"),
  logLevel: flag("log-level", "logLevel", "LEVEL", "text", oneOf("error", "info", "debug")),
  lang: flag("lang", "lang", "en|zh", "text", oneOf("en", "zh")),
};
