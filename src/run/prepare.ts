import type { Market } from "../candles/candles.ts";
import { candleCountsOf } from "../candles/counts.ts";
import { withFundingOf } from "../candles/fundingSums.ts";
import { type MarketReadOptions, readMarket } from "../candles/read.ts";
import { marketOfSeries } from "../candles/series.ts";
import { zoneOffsetMs } from "../candles/zone.ts";
import { opening } from "../opening.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import { readOpportunities, type SignalsGiven, type TableReadOptions } from "../opportunities/read.ts";
import type { GateCounts } from "../opportunities/scan.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { featuresNamedIn, type JsonFile, mayUseAtr } from "../space/files.ts";
import { counted } from "../words/figures.ts";
import { candlesIn, expectScan } from "./expectations.ts";
import { whyLittle } from "./phase1.ts";
import type { MarketSource, Settings, TableRequest, TradedMarket } from "./request.ts";
import type { Session } from "./session.ts";

/** Symbols that a warning names. */
const mostNamed = 5;

/** A market with its opportunities and their labels, nothing left out yet. */
export interface Prepared {
  readonly market: Market;
  readonly table: OpportunityTable;
  readonly labels: Labels;
  /** What the scanner's gate rejected; null if the opportunities are the user's own. */
  readonly gates: GateCounts | null;
  /** What happened to the rows of the user's own signals; null if opportunities were scanned. */
  readonly signals: SignalCounts | null;
}

/** The whole market in memory, without its volume unless the scanner will need it, with its funding rates where those of the data count. */
export async function loadMarket(
  request: TradedMarket,
  settings: Settings,
  { withVolume, session }: { readonly withVolume: boolean; readonly session: Session },
): Promise<Market> {
  const options = { ...readOptionsOf(request, settings), withVolume, onBlock: session.beat };
  const { candles } = request;
  if (typeof candles !== "string") return marketOfSeries(candles, options);
  const market = await readMarket(candles, options, (done, all) => {
    session.meter.reach("load", done / all);
    session.beat();
  });
  if (request.funding !== "data") return market;
  const charged = await withFundingOf(candles, market, settings);
  sayUnknownFunding(charged, session);
  return charged;
}

/** Names the symbols whose trades pay nothing for some time because their rates are missing there. */
function sayUnknownFunding(market: Market, session: Session): void {
  const unknown = candleCountsOf(market).funding?.unknown ?? [];
  if (unknown.length === 0) return;
  const named = unknown
    .slice(0, mostNamed)
    .map(({ symbol, hours }) => `${symbol} ${counted(Math.ceil(hours), "hour")}`);
  const more = unknown.length > mostNamed ? ` and ${unknown.length - mostNamed} more` : "";
  session.warn("FUNDING_UNKNOWN", `funding is counted as 0 where its rates are missing: ${named.join(", ")}${more}`);
}

/** What is read of candles, from a folder or from memory. */
export function readOptionsOf(request: MarketSource, settings: Settings): MarketReadOptions {
  return {
    timeframeMs: settings.timeframeMs,
    lenient: settings.lenient,
    nowMs: settings.nowMs,
    breakRatio: settings.breakRatio,
    ...(request.timeZone !== undefined && { timeZone: request.timeZone }),
    ...(request.symbols && { symbols: request.symbols }),
    ...(request.fromMs !== undefined && { fromMs: request.fromMs }),
    ...(request.toMs !== undefined && { toMs: request.toMs }),
    ...(request.days !== undefined && { days: request.days }),
  };
}

/** The user's own opportunities, in place of the scanner's; undefined if there are none. */
export function ownSignalsOf({
  signals,
  snapshots,
}: {
  readonly signals?: SignalsGiven | undefined;
  readonly snapshots?: string | undefined;
}): SignalsGiven | undefined {
  return signals ?? snapshots;
}

/** By how much dates without an offset are ahead of UTC, milliseconds. */
function zoneMsOf({ timeZone = "UTC" }: Pick<MarketSource, "timeZone">): number {
  return zoneOffsetMs(timeZone) ?? 0;
}

/** What a read needs: the request, its settings and its session. */
export interface Reading<Request> {
  readonly request: Request;
  readonly settings: Settings;
  readonly session: Session;
}

/** A market, and opportunities of a file with only the features that are named somewhere. */
export interface NamedTable {
  readonly market: Market;
  readonly table: OpportunityTable;
  /** Features of the file, read or not. */
  readonly featureNames: readonly string[];
  readonly signals: SignalCounts;
}

/**
 * The candles and the opportunities of a request, with only the features that its files name: no labels, and activations only if wanted.
 */
export async function readNamed(
  { request, settings, session }: Reading<TableRequest>,
  naming: readonly JsonFile[],
  wanted: { readonly activations: boolean } = { activations: false },
): Promise<NamedTable> {
  const market = await session.piece("load", () => loadMarket(request, settings, { withVolume: false, session }));
  expectScan(session.meter, candlesIn(market), true);
  const named = featuresNamedIn(naming);
  let featureNames: readonly string[] = [];
  const { table, signals } = await session.piece("scan", () =>
    readSignals(request.opportunities, market, settings, session, {
      features: (there) => {
        featureNames = there;
        return there.filter((name) => named.has(name));
      },
      needsAtr: mayUseAtr(naming),
      zoneMs: zoneMsOf(request),
      ...wanted,
    }),
  );
  return { market, table, featureNames, signals };
}

/** Of a file of signals; then duplicates are looked for, and rows labelled. */
const readPart = 0.8;

/** The user's own signals, whose reader is heard by the session. */
async function readSignals(
  given: SignalsGiven,
  market: Market,
  settings: Settings,
  session: Session,
  wanted: Pick<TableReadOptions, "features" | "activations" | "needsAtr" | "zoneMs" | "option"> = {},
): Promise<{ table: OpportunityTable; signals: SignalCounts }> {
  let signals: SignalCounts | null = null;
  const table = await readOpportunities(given, market, {
    lenient: settings.lenient,
    signalTimeframeMs: settings.signalTimeframeMs,
    entry: settings.entry,
    onRead: (share) => {
      session.meter.reach("scan", readPart * share);
      session.beat();
    },
    onNotice: (code, message) => session.warn(code, message),
    onCounts: (counts) => {
      signals = counts;
    },
    ...wanted,
  });
  return { table, signals: signals! };
}

/** Opportunities from the scanner or from the user's own file, with their labels. Signals without an ATR are refused if anybody needs it. */
export async function prepare(
  request: MarketSource & { readonly opportunities?: SignalsGiven },
  settings: Settings,
  market: Market,
  session: Session,
  needsAtr = true,
): Promise<Prepared> {
  const { table, gates, signals } =
    request.opportunities === undefined
      ? { ...(await scanned(request, settings, market, session)), signals: null }
      : {
          ...(await readSignals(request.opportunities, market, settings, session, {
            needsAtr,
            zoneMs: zoneMsOf(request),
            // Only runs that may scan instead come here.
            option: "signals",
          })),
          gates: null,
        };
  await session.breathe();
  const labels = labelOpportunities(table, market, {
    lookaheadBars: settings.lookaheadBars,
    minProfit: settings.minProfit,
  });
  const why = gates && whyLittle(gates, table.count);
  if (why !== null) session.warn("SCAN_FINDS_LITTLE", why);
  return { market, table, labels, gates, signals };
}

/** The rest is labelling. */
const scanPart = 0.97;

async function scanned(
  request: MarketSource,
  settings: Settings,
  market: Market,
  session: Session,
): Promise<Pick<Prepared, "table" | "gates">> {
  // The scanner loads a large library of indicators that a run on the user's own signals does not need.
  const { scanMarket } = await opening(() => import("../opportunities/scan.ts"));
  return scanMarket([...market.bySymbol.values()], {
    legacyActivations: request.legacyActivations ?? false,
    entry: settings.entry,
    onBar: (done) => {
      session.meter.reach("scan", scanPart * done);
      session.beat();
    },
  });
}
