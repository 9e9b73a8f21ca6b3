import type { Candles, Market } from "../candles/candles.ts";
import { readMarket } from "../candles/read.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { readOpportunities } from "../opportunities/read.ts";
import { scanMarket } from "../opportunities/scan.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { MarketSource, Settings } from "./request.ts";

/** A market with its opportunities and their labels, nothing left out yet. */
export interface Prepared {
  readonly market: Market;
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

export async function loadMarket(request: MarketSource, settings: Settings): Promise<Market> {
  if (typeof request.candles !== "string") return marketOf(request.candles, settings.timeframeMs);
  return readMarket(request.candles, {
    timeframeMs: settings.timeframeMs,
    lenient: settings.lenient,
    ...(request.symbols && { symbols: request.symbols }),
    ...(request.fromMs !== undefined && { fromMs: request.fromMs }),
    ...(request.toMs !== undefined && { toMs: request.toMs }),
    ...(request.days !== undefined && { days: request.days }),
  });
}

function marketOf(series: readonly Candles[], timeframeMs: number): Market {
  return { timeframeMs, bySymbol: new Map(series.map((candles) => [candles.symbol, candles])) };
}

/** Opportunities from the scanner or from the user's own file, with their labels. */
export async function prepare(
  request: MarketSource & { readonly opportunities?: string },
  settings: Settings,
  market: Market,
): Promise<Prepared> {
  const table =
    request.opportunities === undefined
      ? (await scanMarket(market.bySymbol.values(), { legacyActivations: request.legacyActivations ?? false })).table
      : await readOpportunities(request.opportunities, market, { lenient: settings.lenient });
  const labels = labelOpportunities(table, market, {
    lookaheadBars: settings.lookaheadBars,
    minProfit: settings.minProfit,
  });
  return { market, table, labels };
}
