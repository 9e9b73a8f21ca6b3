/** How far a block or command that does not run here is looked at: types, flags and scripts are checked, or its text is read and no more. */
type Looked = "checked" | "read";

/** What the pages show and the test does not run: the command, or the first line of the block; how far it is looked at; and why. */
export const notRun: readonly (readonly [page: string, start: string, looked: Looked, why: string])[] = [
  [
    "README.md",
    "npm ci && npm run demo",
    "checked",
    "installs and builds; the demo itself runs as the page's first block",
  ],
  ["README.md", "npm ci && npm test", "checked", "would run this test, too"],
  ["README.md", "npm run test:fast", "checked", "a minute of other tests"],
  ["docs/agents.md", "npm i -g sluice @modelcontextprotocol/server", "read", "installs into the system"],
  ["docs/agents.md", "sluice mcp", "checked", "waits for a client: the block below it starts it"],
  ["docs/extending.md", "steady_total: {", "read", "one row of a table: test/support/madeUpObjectives.ts has its like"],
  [
    "docs/extending.md",
    "export const ratchet: ExitRule = {",
    "read",
    "shortened: test/support/madeUpExitRule.ts has all",
  ],
  ["docs/fetch.md", "npm i ccxt", "read", "installs 60 MB"],
  [
    "docs/fetch.md",
    "sluice fetch --exchange binance --symbols BTC/USDT,ETH/USDT --timeframe 15m --days 90 --out data/candles",
    "checked",
    "needs an exchange; test/exchange/ has its own",
  ],
  [
    "docs/freqtrade.md",
    "python signals.py --strategy Dip --set rsi_max=50 --set volume_ratio_min=0 --out signals.csv BTC/USDT SOL/USDT",
    "read",
    "needs freqtrade; test/freqtrade/walk.test.ts has a stand-in",
  ],
  ["docs/freqtrade.md", "freqtrade backtesting --strategy Dip --fee 0.001", "read", "needs freqtrade"],
  [
    "docs/notifications.md",
    "sluice notify --notify telegram",
    "checked",
    "needs Telegram; test/notify/ has services of its own",
  ],
  [
    "docs/notifications.md",
    "sluice optimize --candles data/candles --config bot/learning_config.json --notify telegram",
    "checked",
    "needs Telegram",
  ],
  ["docs/notifications.md", "install -m 600 /dev/null ~/sluice.env", "read", "writes into the home folder"],
  ["docs/notifications.md", 'import { optimize } from "sluice";', "checked", "needs Telegram"],
  ["docs/performance.md", "npm run bench", "checked", "minutes of two cores"],
  ["docs/performance.md", "npm run bench -- --only pairs", "checked", "a minute"],
  ["docs/performance.md", "npm run bench -- --candles DIR", "checked", "minutes"],
  ["docs/performance.md", "npm run --silent bench -- --json", "checked", "minutes"],
  ["docs/performance.md", "npm run bench -- --save", "checked", "minutes, and writes into the repository"],
  ["docs/performance.md", "npm run bench:page", "checked", "writes into the repository"],
];
