import type { Candles, Market } from "../candles/candles.ts";
import { type MarketReadOptions, readMarket } from "../candles/read.ts";
import { opening } from "../opening.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { readOpportunities } from "../opportunities/read.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { featuresNamedIn, type JsonFile } from "../space/files.ts";
import type { MarketSource, Settings, TableRequest } from "./request.ts";
import type { Session } from "./session.ts";

/** A market with its opportunities and their labels, nothing left out yet. */
export interface Prepared {
  readonly market: Market;
  readonly table: OpportunityTable;
  readonly labels: Labels;
  /** Moments left out for an ATR of 0. */
  readonly zeroAtr: number;
}

/** The whole market in memory, without its volume unless the scanner will need it. */
export async function loadMarket(
  request: MarketSource,
  settings: Settings,
  needs: { readonly withVolume: boolean },
): Promise<Market> {
  if (typeof request.candles !== "string") {
    const none = new Float64Array(0);
    const series = needs.withVolume
      ? request.candles
      : request.candles.map((candles) => ({ ...candles, volume: none }));
    return marketOf(series, settings.timeframeMs);
  }
  return readMarket(request.candles, { ...readOptionsOf(request, settings), ...needs });
}

/** What is read of a candle folder. */
export function readOptionsOf(request: MarketSource, settings: Settings): MarketReadOptions {
  return {
    timeframeMs: settings.timeframeMs,
    lenient: settings.lenient,
    ...(request.symbols && { symbols: request.symbols }),
    ...(request.fromMs !== undefined && { fromMs: request.fromMs }),
    ...(request.toMs !== undefined && { toMs: request.toMs }),
    ...(request.days !== undefined && { days: request.days }),
  };
}

/** A market of columns in memory; of two series with one symbol the later. */
export function marketOf(series: readonly Candles[], timeframeMs: number): Market {
  return { timeframeMs, bySymbol: new Map(series.map((candles) => [candles.symbol, candles])) };
}

/** Opportunities of a file with those features alone that somebody named. */
export interface NamedTable {
  readonly table: OpportunityTable;
  /** Features of the file, read or not. */
  readonly featureNames: readonly string[];
}

/**
 * The opportunities that a request names, with the features that the files name and nothing else: no labels, and activations only where
 * wanted.
 */
export async function readNamed(
  request: TableRequest,
  settings: Settings,
  market: Market,
  naming: readonly JsonFile[],
  session: Session,
  wanted: { readonly activations: boolean } = { activations: false },
): Promise<NamedTable> {
  const named = featuresNamedIn(naming);
  let featureNames: readonly string[] = [];
  const table = await readOpportunities(request.opportunities, market, {
    lenient: settings.lenient,
    onDropped: session.sayDropped,
    features: (there) => {
      featureNames = there;
      return there.filter((name) => named.has(name));
    },
    ...wanted,
  });
  return { table, featureNames };
}

/** Opportunities from the scanner or from the user's own file, with their labels. */
export async function prepare(
  request: MarketSource & { readonly opportunities?: string },
  settings: Settings,
  market: Market,
  session: Session,
): Promise<Prepared> {
  const { table, zeroAtr } =
    request.opportunities === undefined
      ? await scanned(request, market)
      : {
          table: await readOpportunities(request.opportunities, market, {
            lenient: settings.lenient,
            onDropped: session.sayDropped,
          }),
          zeroAtr: 0,
        };
  const labels = labelOpportunities(table, market, {
    lookaheadBars: settings.lookaheadBars,
    minProfit: settings.minProfit,
  });
  return { market, table, labels, zeroAtr };
}

async function scanned(request: MarketSource, market: Market): Promise<Pick<Prepared, "table" | "zeroAtr">> {
  // The scanner brings a large library of indicators that a run on the user's own signals does without.
  const { scanMarket } = await opening(() => import("../opportunities/scan.ts"));
  const { table, skipped } = await scanMarket([...market.bySymbol.values()], {
    legacyActivations: request.legacyActivations ?? false,
  });
  return { table, zeroAtr: skipped.zeroAtr };
}
