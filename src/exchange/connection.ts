import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { quoted } from "../text.ts";

/** What is used of an exchange of ccxt: public market data only, so that no key is ever needed. */
export interface Exchange {
  readonly id: string;
  readonly has: Readonly<Record<string, unknown>>;
  /** By ccxt's words for them, `15m`; undefined if the exchange has no candles. */
  readonly timeframes?: Readonly<Record<string, unknown>>;
  /** Every market, after `loadMarkets`. */
  readonly symbols?: readonly string[];
  urls: Record<string, unknown>;
  /** Of the last answer. */
  last_response_headers?: Readonly<Record<string, unknown>> | undefined;
  loadMarkets(): Promise<unknown>;
  fetchTime(): Promise<number | undefined>;
  fetchOHLCV(symbol: string, timeframe: string, sinceMs: number, limit: number): Promise<unknown>;
  featureValue(symbol: string, method: string, parameter: string): unknown;
}

type ExchangeClass = new (options: object) => Exchange;

/** How long one request may take before it is tried again, milliseconds. */
const timeoutMs = 20_000;

/**
 * An exchange by its ccxt name, ready for requests and limited to the exchange's rate. With `url`, every address of its API has that scheme, host and
 * leading path in place of its own: a mirror or a proxy. Throws InputError if ccxt is missing or has no such exchange.
 */
export async function connect(id: string, url?: string): Promise<Exchange> {
  const Class = await exchangeClass(id);
  const exchange = new Class({ enableRateLimit: true, timeout: timeoutMs });
  if (url !== undefined)
    exchange.urls = { ...exchange.urls, api: moved(exchange.urls["api"], url.replace(/\/+$/, "")) };
  return exchange;
}

/** The addresses of an API at another place: texts in nested objects. */
function moved(addresses: unknown, place: string): unknown {
  if (typeof addresses === "string") return addresses.replace(/^https?:\/\/[^/]+/, place);
  if (typeof addresses !== "object" || addresses === null) return addresses;
  return Object.fromEntries(Object.entries(addresses).map(([key, inner]) => [key, moved(inner, place)]));
}

async function exchangeClass(id: string): Promise<ExchangeClass> {
  const entry = entryOfCcxt();
  // One exchange by its own file is loaded in a third of the time and half of the memory of all of them.
  const file = join(dirname(entry), "..", "js", "src", `${id}.js`);
  const alone = /^[a-z0-9_]+$/.test(id) ? await import(pathToFileURL(file).href).catch(() => null) : null;
  if (typeof alone?.default === "function") return alone.default as ExchangeClass;
  const all = (await import("ccxt")).default as unknown as Record<string, unknown> & { readonly exchanges: string[] };
  if (all.exchanges.includes(id)) return all[id] as ExchangeClass;
  throw new InputError("FETCH_EXCHANGE", "ccxt has no exchange of this name", {
    where: "--exchange",
    found: quoted(id),
    expected: `one of the ${all.exchanges.length} exchanges of ccxt, such as binance, bybit, kraken, okx`,
    remedy: didYouMean(id, all.exchanges, "https://github.com/ccxt/ccxt lists them"),
  });
}

/** Where ccxt is installed, by its entry point. Throws InputError if it is not. */
function entryOfCcxt(): string {
  try {
    return createRequire(import.meta.url).resolve("ccxt");
  } catch (cause) {
    throw new InputError(
      "FETCH_NEEDS_CCXT",
      "fetching candles needs the package ccxt, which is not installed",
      {
        found: "no package ccxt beside Sluice",
        expected: "ccxt 4.5 or newer, which knows how to talk to more than a hundred exchanges",
        remedy: "npm i ccxt (npm i -g ccxt if Sluice is installed globally)",
      },
      { cause },
    );
  }
}
