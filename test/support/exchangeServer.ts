import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How a stand-in for an exchange behaves. Times in epoch ms. */
export interface ExchangeRules {
  /** What its clock says. */
  readonly nowMs: number;
  /** Its markets' first candles. */
  readonly listedMs: number;
  /** Candles of one answer at most; as many as are asked for by default. */
  readonly pageLimit?: number;
  /** Candles before the requested time that an answer repeats. */
  readonly overlap?: number;
  /** Open times that it never has, and those that it leaves out of its first answer. */
  readonly holes?: ReadonlySet<number>;
  readonly lateHoles?: ReadonlySet<number>;
  /** Another close for a candle, by its time. */
  readonly changed?: ReadonlyMap<number, number>;
  /** Does something else with a request, by its number from 1; true if it has answered. */
  readonly meddle?: (number: number, request: IncomingMessage, response: ServerResponse) => boolean;
  /** Milliseconds before each answer. */
  readonly delayMs?: number;
}

export interface ExchangeServer {
  readonly url: string;
  /** Paths with their queries, in order. */
  readonly asked: string[];
  /** Changes how it behaves from now on. */
  rules: ExchangeRules;
  close(): Promise<void>;
}

const pairs = [
  ["BTC", "USDT"],
  ["ETH", "USDT"],
  ["PEPE", "USDT"],
] as const;
const intervals: Readonly<Record<string, number>> = { "1m": 60_000, "15m": 900_000, "1h": 3_600_000 };

/** The candle of a market at an open time, in the texts of Binance's answers. */
export function candleAt(symbol: string, timeMs: number, changed?: number): string[] {
  const step = (timeMs / 60_000 + symbol.length * 7 + symbol.charCodeAt(0)) % 997;
  const scale = symbol.startsWith("PEPE") ? 1e-8 : 1;
  const price = (units: number): string => (units * scale).toFixed(symbol.startsWith("PEPE") ? 12 : 8);
  const open = 100 + step;
  return [price(open), price(open + 3), price(open - 2), changed?.toFixed(8) ?? price(open + 1), (step / 8).toFixed(8)];
}

/** A server on this machine that speaks as much of Binance's REST as fetching candles needs. */
export async function startExchange(rules: ExchangeRules): Promise<ExchangeServer> {
  const late = new Set<number>();
  let number = 0;
  const server = createServer((request, response) => {
    number++;
    started.asked.push(request.url!);
    if (started.rules.meddle?.(number, request, response)) return;
    const answer = answerTo(new URL(request.url!, "http://localhost"), started.rules, late);
    setTimeout(() => {
      response.writeHead(answer === null ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    }, started.rules.delayMs ?? 0);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const started: ExchangeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    rules,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return started;
}

function answerTo({ pathname, searchParams }: URL, rules: ExchangeRules, late: Set<number>): unknown {
  if (pathname === "/api/v3/exchangeInfo") return { symbols: pairs.map(([base, quote]) => market(base, quote, {})) };
  if (pathname === "/fapi/v1/exchangeInfo") {
    const perpetual = { contractType: "PERPETUAL", marginAsset: "USDT", deliveryDate: 4_133_404_800_000 };
    return { symbols: [market("BTC", "USDT", perpetual)] };
  }
  if (pathname === "/dapi/v1/exchangeInfo") return { symbols: [] };
  if (pathname === "/api/v3/time") return { serverTime: rules.nowMs };
  if (pathname === "/api/v3/klines" || pathname === "/fapi/v1/klines") return klines(searchParams, rules, late);
  return null;
}

function market(base: string, quote: string, more: object): object {
  return { symbol: base + quote, status: "TRADING", baseAsset: base, quoteAsset: quote, filters: [], ...more };
}

function klines(query: URLSearchParams, rules: ExchangeRules, late: Set<number>): unknown[] {
  const symbol = query.get("symbol")!;
  const stepMs = intervals[query.get("interval")!]!;
  const limit = Math.min(Number(query.get("limit")), rules.pageLimit ?? Number.POSITIVE_INFINITY);
  const sinceMs = Number(query.get("startTime")) - (rules.overlap ?? 0) * stepMs;
  const rows: unknown[] = [];
  for (
    let timeMs = Math.max(rules.listedMs, Math.ceil(sinceMs / stepMs) * stepMs);
    rows.length < limit;
    timeMs += stepMs
  ) {
    if (timeMs > rules.nowMs) break;
    if (rules.holes?.has(timeMs)) continue;
    if (rules.lateHoles?.has(timeMs) && !late.has(timeMs)) {
      late.add(timeMs);
      continue;
    }
    rows.push([
      timeMs,
      ...candleAt(symbol, timeMs, rules.changed?.get(timeMs)),
      timeMs + stepMs - 1,
      "0",
      1,
      "0",
      "0",
      "0",
    ]);
  }
  return rows;
}
