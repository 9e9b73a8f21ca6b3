import type { Candles } from "../candles/candles.ts";
import { CandleSums } from "../candles/counts.ts";
import { streamCandles } from "../candles/read.ts";
import { marketOfSeries } from "../candles/series.ts";
import { BaselineSums, type Excursion } from "../opportunities/baseline.ts";
import { rowEnters } from "../opportunities/entry.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { type GateCounts, noGateCounts, scanMarket } from "../opportunities/scan.ts";
import { keepRows, type Labels, type OpportunityTable } from "../opportunities/table.ts";
import type { ScanResult } from "./answers.ts";
import { checkCeiling } from "./ceiling.ts";
import { sayNotEntered } from "./notEntered.ts";
import { checkScanOutput } from "./outputs.ts";
import { phase1With, whyLittle } from "./phase1.ts";
import { readOptionsOf } from "./prepare.ts";
import { askAboutObjectives, askAboutSettings } from "./questions.ts";
import { type RunOptions, type ScanRequest, type Settings, settingsOf } from "./request.ts";
import { RowsInMemory, RowsToFile } from "./scanRows.ts";
import { Session } from "./session.ts";

/**
 * Phase 1 only: candles to an opportunity file that `search` and `simulate` read, or to rows. One symbol at a time is in memory, with its candles and
 * opportunities; those for a file are spooled to disk beside it until all can be put in order.
 */
export async function scan(request: ScanRequest, options: RunOptions = {}): Promise<ScanResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkScanOutput(request);
  await checkCeiling(request, settings);
  session.meter.expect("symbols", "scan", guessedScanMs);
  session.meter.expect("write", "write", guessedScanMs * writePart);
  session.say("phase1", "scanning for opportunities");
  session.meter.begin("symbols");
  const read = new CandleSums();
  const gates = noGateCounts();
  let notEntered = 0;
  const found = request.out === undefined ? new RowsInMemory() : new RowsToFile(request.out, session);
  try {
    const onRead = (done: number, all: number): void => session.meter.reach("symbols", (done - 1) / all);
    for await (const candles of candlesOf(request, settings, { read, onRead })) {
      session.say("phase1", `scanning ${candles.symbol}`);
      await session.breathe();
      const { table, labels, gates: own, left } = await scanned([candles], request, settings, session.beat);
      notEntered += left;
      for (const key of Object.keys(gates) as (keyof GateCounts)[]) gates[key] += own[key];
      found.add(candles.symbol, table, labels);
      read.add(candles);
    }
    session.meter.end();
    const types = new Map<string, BaselineSums>();
    const count = (type: string, excursion: Excursion): void => {
      if (!types.has(type)) types.set(type, new BaselineSums());
      types.get(type)!.add(excursion);
    };
    const none = await scanned([], request, settings);
    session.say("phase1", "writing opportunities in order of time");
    await session.piece("write", () => found.finish(none, count));
    const baselines = [...types.keys()].sort().map((type) => [type, types.get(type)!.result()] as const);
    const sums = baselines.map(([, baseline]) => baseline);
    askAboutObjectives(
      sums.reduce((sum, { objective_opportunities }) => sum + objective_opportunities, 0),
      sums.reduce((sum, { opportunities }) => sum + opportunities, 0),
      settings,
      session,
    );
    const phase1 = phase1With(read.result(), Object.fromEntries(baselines), { gates, signals: null });
    sayNotEntered(notEntered, session);
    const why = whyLittle(gates, phase1.opportunities);
    if (why !== null) session.warn("SCAN_FINDS_LITTLE", why);
    session.finish();
    return {
      opportunities: phase1.opportunities,
      file: request.out ?? null,
      phase1,
      warnings: session.warnings,
      ...(found.rows && { rows: found.rows }),
    };
  } finally {
    found.remove();
  }
}

/** What is noted of candles as they are read. */
interface Reading {
  readonly read: CandleSums;
  readonly onRead: (done: number, all: number) => void;
}

/** Until symbols have been measured; and writing, beside scanning. */
const guessedScanMs = 5000;
const writePart = 0.1;

function candlesOf(
  request: ScanRequest,
  settings: Settings,
  { read, onRead }: Reading,
): AsyncIterable<Candles> | Iterable<Candles> {
  const options = readOptionsOf(request, settings);
  if (typeof request.candles === "string") return streamCandles(request.candles, options, read.leaveOut, onRead);
  const { bySymbol, leftOut } = marketOfSeries(request.candles, options);
  for (const symbol of leftOut ?? []) read.leaveOut(symbol);
  return told([...bySymbol.values()], onRead);
}

/** Candles one after the other, each told as it is taken. */
function* told(all: readonly Candles[], onRead: Reading["onRead"]): Generator<Candles> {
  for (const [k, candles] of all.entries()) {
    onRead(k + 1, all.length);
    yield candles;
  }
}

/** `left`: opportunities that no candle follows to enter at, left out. */
async function scanned(
  series: readonly Candles[],
  request: ScanRequest,
  settings: Settings,
  onBar: () => void = () => undefined,
): Promise<{
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly gates: GateCounts;
  readonly left: number;
}> {
  const { entry } = settings;
  const { table: all, gates } = await scanMarket(series, {
    legacyActivations: request.legacyActivations ?? false,
    entry,
    onBar,
  });
  const bySymbol = new Map(series.map((candles) => [candles.symbol, candles]));
  const market = { timeframeMs: settings.timeframeMs, bySymbol };
  const count = all.count;
  const table = keepRows(all, rowEnters(all, series, entry));
  return { table, labels: labelOpportunities(table, market, settings), gates, left: count - table.count };
}
