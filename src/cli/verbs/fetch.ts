import { formatTimeframe } from "../../candles/timeframe.ts";
import { fitted } from "../../report/brief/screen.ts";
import { defaults } from "../../run/defaults.ts";
import { exitCodes } from "../exits.ts";
import { commandLineOnly, flag, required } from "../flag.ts";
import { flags } from "../flags.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";
import { webAddress } from "../webAddress.ts";

const exchange = required(flag("exchange", "exchange", "NAME", "text", text));
const outFolder = commandLineOnly(required(flag("out", "out", "DIR", "text", text)));
const url = flag("url", "url", "URL", "text", webAddress);

const defaultDays = 90;

/** Candles from an exchange. */
export const fetch = verb({
  name: "fetch",
  summary:
    "Fetches candles from an exchange into a candle folder, or continues those in it. The only verb that uses the network.",
  usage: "--exchange NAME --symbols A,B --out DIR [--days N | --from TIME] [flags]",
  groups: [
    {
      title: "What",
      rows: [
        { flags: [exchange], help: "an exchange of ccxt, such as binance; needs npm i ccxt, and no key" },
        { flags: [required(flags.symbols)], help: "markets, such as BTC/USDT, or BTC/USDT:USDT for futures" },
        { flags: [flags.timeframe], help: `candle length (default ${formatTimeframe(defaults.timeframeMs)})` },
        { flags: [flags.days], help: `the last N days before the end (default ${defaultDays})` },
        { flags: [flags.from], help: "start, instead of a number of days: ISO date, ISO time or epoch ms" },
        { flags: [flags.to], help: "end: ISO date, ISO time or epoch ms (default now)" },
      ],
    },
    {
      title: "Where",
      rows: [
        { flags: [outFolder], help: "candle folder; files in it are continued" },
        { flags: [url], help: "a mirror or proxy: scheme, host and leading path in place of the exchange's own" },
      ],
    },
  ],
  example: "sluice fetch --exchange binance --symbols BTC/USDT,ETH/USDT --days 90 --out data",
  notifies: true,
  async run({ timeframeMs = defaults.timeframeMs, days = defaultDays, ...request }, session) {
    const { fetchCandles } = await import("../../exchange/fetch.ts");
    const { fetchSummary } = await import("../../report/fetchSummary.ts");
    const result = await fetchCandles({ ...request, timeframeMs, days }, session.options);
    session.answer(result, fitted(fetchSummary));
    return result.files.some(({ problem }) => problem) ? exitCodes.badInput : exitCodes.done;
  },
});
