import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { type Candles, endTimeMs, type FundingRates, type Market, openTimeMs } from "./candles.ts";
import { listFundingFiles, readFundingFile } from "./funding.ts";
import { type Gap, gapsOf, longestIntervalMs } from "./fundingGaps.ts";
import { isoTime } from "./rowErrors.ts";

/** Symbols without rates that an error names. */
const mostNamed = 10;
const none: FundingRates = { timeMs: new Float64Array(0), rate: new Float64Array(0) };

/** The same market with the funding rates of a folder's files. Throws InputError where those of a symbol do not cover its candles, unless `lenient`: they count as 0 there. */
export async function withFundingOf(
  dir: string,
  market: Market,
  { lenient }: { readonly lenient: boolean },
): Promise<Market> {
  const files = await listFundingFiles(dir);
  const without = [...market.bySymbol.keys()].filter((symbol) => !files.has(symbol));
  if (without.length > 0 && !lenient) throw noFile(dir, without);
  const bySymbol = new Map<string, FundingRates>();
  for (const [symbol, candles] of market.bySymbol) {
    const path = files.get(symbol)?.path;
    const rates = path === undefined ? none : await readFundingFile(path);
    const gap = lenient ? null : gapsOf(candles, rates)[0];
    if (gap) throw notCovered(path!, candles, rates, gap);
    bySymbol.set(symbol, rates);
  }
  return withFunding(market, bySymbol);
}

/** The same market with these funding rates, by symbol; one without rates pays 0. */
export function withFunding(market: Market, ratesOf: ReadonlyMap<string, FundingRates>): Market {
  const charged = [...market.bySymbol].map(([symbol, candles]): [string, Candles] => {
    const rates = ratesOf.get(symbol) ?? none;
    return [symbol, { ...candles, fundingRates: rates, fundingSums: fundingSumsOf(candles, rates) }];
  });
  return { ...market, bySymbol: new Map(charged) };
}

/** Another market of the same symbols and times, with the funding rates of the first where it has any: each stays at its own time. */
export function withFundingLike(market: Market, other: Market): Market {
  const rates = [...market.bySymbol].flatMap(([symbol, { fundingRates }]) =>
    fundingRates ? [[symbol, fundingRates] as const] : [],
  );
  return rates.length === 0 ? other : withFunding(other, new Map(rates));
}

/**
 * For each candle the sum of the rates charged until its close, from the first candle's open on, added in order of time. A rate belongs to the
 * candle whose span contains its time, the open's included; one in a hole counts from the next candle on.
 */
export function fundingSumsOf(candles: Candles, { timeMs, rate }: FundingRates): Float64Array {
  const sums = new Float64Array(candles.count);
  let next = 0;
  while (next < timeMs.length && timeMs[next]! < openTimeMs(candles, 0)) next++;
  let sum = 0;
  for (let bar = 0; bar < candles.count; bar++) {
    const closeMs = openTimeMs(candles, bar) + candles.timeframeMs;
    for (; next < timeMs.length && timeMs[next]! < closeMs; next++) sum += rate[next]!;
    sums[bar] = sum;
  }
  return sums;
}

/** Sum of the rates charged from one time to another, which is left out. */
export function ratesBetween({ timeMs, rate }: FundingRates, fromMs: number, toMs: number): number {
  let sum = 0;
  for (let k = 0; k < timeMs.length; k++) if (timeMs[k]! >= fromMs && timeMs[k]! < toMs) sum += rate[k]!;
  return sum;
}

const download = "download them for the whole span, begin the run later with --from, or count them as 0 with --lenient";

function noFile(dir: string, symbols: readonly string[]): InputError {
  const more = symbols.length > mostNamed ? ` and ${symbols.length - mostNamed} more` : "";
  return new InputError("FUNDING_MISSING", "a symbol has no file of funding rates", {
    where: escaped(dir),
    found: `none of ${symbols.slice(0, mostNamed).map(escaped).join(", ")}${more}`,
    expected: "one beside the candles of each symbol, such as BTC_USDT_USDT-8h-funding_rate.feather",
    remedy: "download them, choose other symbols with --symbols, or count their funding as 0 with --lenient",
  });
}

function notCovered(path: string, candles: Candles, { timeMs }: FundingRates, gap: Gap): InputError {
  const span = `${isoTime(timeMs[0]!)} to ${isoTime(timeMs.at(-1)!)}`;
  return new InputError("FUNDING_MISSING", "funding rates do not cover the candles of their symbol", {
    where: escaped(path),
    found: `${escaped(candles.symbol)}: rates from ${span}, none between ${isoTime(gap.fromMs)} and ${isoTime(gap.toMs)}`,
    expected: `a payment every ${longestIntervalMs / 3_600_000} hours or sooner, from ${isoTime(openTimeMs(candles, 0))} to ${isoTime(endTimeMs(candles))}`,
    remedy: download,
  });
}
