import { flag, repeatable, required, toggle } from "./flag.ts";
import { linearMemorySize, size } from "./sizes.ts";
import { duration, time } from "./times.ts";
import { fraction, names, numberFrom, oneOf, percentAsFraction, text, threadCount, wholeFrom } from "./values.ts";

// Every flag once. What each means, and its default, stands in the help row of the verbs that take it.

const positive = (example: string): ((text: string) => number) =>
  numberFrom(`a number above 0, such as ${example}`, (value) => value > 0);
const notNegative = (example: string): ((text: string) => number) =>
  numberFrom(`a number from 0 up, such as ${example}`, (value) => value >= 0);
const shareOf = numberFrom("a share from 0 to 1, such as 0.3", (value) => value >= 0 && value <= 1);

// Files and folders
export const candles = required(flag("candles", "candles", "DIR", "text", text));
export const opportunities = required(flag("opportunities", "opportunities", "FILE", "text", text));
export const params = required(flag("params", "paramsFile", "FILE", "text", text));
export const signals = flag("signals", "signals", "FILE", "text", text);
export const configs = repeatable("config", "configs", "FILE");
export const space = flag("space", "spaceFile", "FILE", "text", text);
export const suggest = flag("suggest", "suggestFile", "FILE", "text", text);
export const current = flag("current", "currentFile", "FILE", "text", text);
export const out = flag("out", "out", "DIR", "text", text);
export const trades = flag("trades", "tradesFile", "OUT.csv", "text", text);

// The market
export const timeframe = flag("timeframe", "timeframeMs", "15m", "text", duration);
export const symbols = flag("symbols", "symbols", "A,B", "list", names);
export const from = flag("from", "fromMs", "TIME", "text", time);
export const to = flag("to", "toMs", "TIME", "text", time);
export const days = flag("days", "days", "N", "number", positive("30"));
export const lookahead = flag("lookahead", "lookaheadHours", "H", "number", positive("24"));
export const minProfit = flag("min-profit", "minProfit", "P", "number", percentAsFraction);
export const lenient = toggle("lenient", "lenient");
export const universe = flag("universe", "universe", "WHICH", "text", oneOf("all", "objective"));
export const legacyActivations = toggle("legacy-activations", "legacyActivations");

// Trades
export const fee = flag("fee", "fee", "F", "number", fraction);
export const slippage = flag("slippage", "slippage", "F", "number", fraction);
export const funding = flag(
  "funding-per-8h",
  "fundingPer8h",
  "F",
  "number",
  numberFrom("a fraction such as 0.0001", (value) => Math.abs(value) < 1),
);
export const intrabar = flag(
  "intrabar",
  "intrabar",
  "RULE",
  "text",
  oneOf("stop-first", "target-first", "nearest-open"),
);
export const exitModel = flag("exit-model", "exitModel", "MODEL", "text", oneOf("path", "summary"));

// Search and verdict
export const type = flag("type", "type", "T", "text", text);
const objectiveWord = oneOf("total", "expectancy", "sqn", "sortino", "profit_factor", "capture", "calmar", "balanced");
export const objective = flag("objective", "objective", "O", "text", objectiveWord);
export const top = flag("top", "top", "K", "number", wholeFrom(1));
export const minTrades = flag("min-trades", "minTrades", "N", "number", wholeFrom(1));
export const maxDrawdown = flag("max-drawdown", "maxDrawdown", "P", "number", notNegative("30"));
export const minCapture = flag("min-capture", "minCaptureRate", "S", "number", shareOf);
export const drawdownLimit = flag("drawdown-limit", "drawdownLimit", "P", "number", notNegative("20"));
export const coarseCombos = flag("coarse-combos", "coarseCombos", "N", "number", wholeFrom(1));
export const fineCombos = flag("fine-combos", "fineCombos", "N", "number", wholeFrom(1));
export const margin = flag("margin", "margin", "P", "number", notNegative("0.1"));
export const maxOpen = flag("max-open", "maxOpen", "N", "number", wholeFrom(1));
export const rolling = toggle("rolling", "rolling");
export const seed = flag("seed", "seed", "N", "number", wholeFrom(0));

// The machine
export const memory = flag("memory", "memoryBytes", "SIZE", "text", linearMemorySize);
export const threads = flag("threads", "threads", "N|auto", "text", threadCount);
export const maxRss = flag("max-rss", "maxRssBytes", "SIZE", "text", size);

// What becomes of the result
export const dryRun = toggle("dry-run", "dryRun");
export const allowStale = toggle("allow-stale", "allowStale");
export const strict = toggle("strict", "strict");

// Every verb's
export const json = toggle("json", "json");
export const quiet = toggle("quiet", "quiet");
export const noColor = toggle("no-color", "noColor");
export const logLevel = flag("log-level", "logLevel", "LEVEL", "text", oneOf("error", "info", "debug"));
