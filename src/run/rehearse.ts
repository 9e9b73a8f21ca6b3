import { candleCountsOf } from "../candles/counts.ts";
import { withFundingLike } from "../candles/fundingSums.ts";
import { marketOfSeries } from "../candles/series.ts";
import { ConfigDocument, openConfig } from "../config/document.ts";
import { freqtradeLayout } from "../config/freqtrade/layout.ts";
import { prepareCore } from "../core/instance.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { policyAccount, policyFigures } from "../rehearsal/figures.ts";
import { nightsOf, reachOf } from "../rehearsal/nights.ts";
import { nullBandOf } from "../rehearsal/nullBand.ts";
import { type PolicyFigures, type PolicyName, policyNames, type RehearseResult } from "../rehearsal/result.ts";
import { shuffledDays } from "../rehearsal/shuffleDays.ts";
import { verdictTable } from "../rehearsal/verdictTable.ts";
import { openParameters, openSuggestions } from "../space/files.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import { checkCeiling } from "./ceiling.ts";
import { defaults } from "./defaults.ts";
import { candlesIn, expectRead, expectScan } from "./expectations.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { checkFreqtradeConfigs, checkFreqtradeSpaces, freqtradeMapIn } from "./freqtrade.ts";
import { currentGiven, spaceGiven, spaceWords, suggestionsGiven } from "./given.ts";
import { Intake } from "./intake.ts";
import { blockDaysFor, type Lived, liveNights } from "./liveNights.ts";
import { movedTo } from "./movedTo.ts";
import { checkPageOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { loadMarket, ownSignalsOf, type Prepared, prepare } from "./prepare.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type Progress, type RehearseRequest, type RunOptions, type Settings, settingsOf } from "./request.ts";
import { Session } from "./session.ts";
import { currentParameters, givenCurrent, spacesOf } from "./spaces.ts";
import { version } from "./version.ts";

/**
 * Replays the nightly decision over the past: on each of the last nights `optimize` decides on what was known, and the days until the next are
 * traded with its decision. Writes nothing but a report, if one is wanted. Throws SluiceError.
 */
export async function rehearse(
  request: RehearseRequest,
  options: RunOptions & PageOptions<RehearseResult> = {},
): Promise<RehearseResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkPageOutput(request);
  await checkCeiling(request, settings);
  const document =
    request.config === undefined ? null : await openConfig(request.config, freqtradeLayout(freqtradeMapIn(request)));
  checkFreqtradeConfigs(document ? [document] : [], request, session);
  const core = prepareCore();
  const signals = ownSignalsOf(request);
  const lives = 1 + (request.nullCopies ?? defaults.nullCopies);
  expectRead(session.meter, signals !== undefined);
  // Nights take nearly all of the time: without them the share would run ahead while candles are read, and then stand.
  session.meter.expect("night", "night", guessedNightMs, lives * guessedNights);
  session.say("load", "reading candles", 0);
  const market = await session.piece("load", () =>
    loadMarket(request, settings, { withVolume: signals === undefined, session }),
  );
  const everyMs = request.everyMs ?? defaults.everyMs;
  const windowMs = request.windowMs ?? defaults.windowMs;
  const nights = nightsOf(market, everyMs, windowMs);
  expectScan(session.meter, candlesIn(market), signals !== undefined);
  session.meter.expect("night", "night", guessedNightMs, lives * nights.length);
  session.say("phase1", "scanning for opportunities", 0);
  await session.breathe();
  const source = { ...request, ...(signals !== undefined && { opportunities: signals }) };
  const prepared = await session.piece("scan", () => prepare(source, settings, market, session));
  await core;
  askAboutLabels(prepared.labels, settings, session);
  const rehearsal = new Rehearsal(request, settings, session, options, { prepared, document, nights, windowMs });
  const fingerprint = rehearsal.fingerprint();
  const lived = await rehearsal.lived();
  const policies = rehearsal.figures(lived);
  const nullBand = nullBandOf(await rehearsal.copies());
  const result: RehearseResult = {
    version,
    answer: answerOf(policies.as_configured),
    every_ms: everyMs,
    window_ms: windowMs,
    nights,
    end: rehearsal.endMs,
    block_days: blockDaysFor(lived),
    policies,
    decisions: lived.decisions,
    verdicts: verdictTable(lived.decisions),
    null_band: nullBand,
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };
  const { report } = request;
  if (report !== undefined) await session.withFiles(async () => options.savePage?.(report, result));
  session.finish();
  return result;
}

/** Until a night has been measured. */
const guessedNightMs = 5000;
/** Until the candles say how many there are. */
const guessedNights = 20;

type Figures = Record<PolicyName, PolicyFigures>;

/** The input of a rehearsal. */
interface Beginning {
  readonly prepared: Prepared;
  /** Null if no config was given. */
  readonly document: ConfigDocument | null;
  readonly nights: readonly number[];
  readonly windowMs: number;
}

/** The real history, and copies of it with shuffled days, all rehearsed the same way. */
class Rehearsal {
  readonly endMs: number;
  private readonly nullCopies: number;
  private isNightMeasured = false;

  constructor(
    private readonly request: RehearseRequest,
    private readonly settings: Settings,
    private readonly session: Session,
    private readonly options: RunOptions,
    private readonly beginning: Beginning,
  ) {
    this.endMs = reachOf(beginning.prepared.market).endMs;
    this.nullCopies = request.nullCopies ?? defaults.nullCopies;
  }

  fingerprint(): string {
    const { prepared, document } = this.beginning;
    const { market, table } = prepared;
    const intake = new Intake(this.settings, new Session(), { table, featureNames: table.featureNames });
    const spaces = spacesOf(spaceGiven(this.request), table, intake);
    const suggested = suggestionsGiven(this.request);
    return fingerprintOf("rehearse", this.request, {
      market,
      found: table,
      spaces,
      suggestions: suggested === undefined ? [] : intake.suggestions(openSuggestions(suggested)),
      current: document
        ? currentParameters(document, spaces, table.featureNames, intake)
        : (currentOf(this.request, spaces, table, intake) ?? null),
      lastUpdateMs: document?.lastUpdateMs() ?? null,
    });
  }

  /** The real history. */
  lived(): Promise<Lived> {
    return this.live(this.beginning.prepared, this.session, 0);
  }

  /** The policies' figures on every requested copy. */
  async copies(): Promise<Figures[]> {
    const copies: Figures[] = [];
    for (let copy = 1; copy <= this.nullCopies; copy++) {
      const heard = this.quiet();
      copies.push(this.figures(await this.live(await this.shuffled(copy, heard), heard, copy)));
    }
    return copies;
  }

  figures(life: Lived): Figures {
    const { nights } = this.beginning;
    const { timeframeMs, seed } = this.settings;
    const days = { fromMs: nights[0]!, endMs: this.endMs, timeframeMs, seed, blockDays: blockDaysFor(life) };
    const { trades, changes, purses } = life;
    const ofPolicy = (name: PolicyName): PolicyFigures => ({
      ...policyFigures(trades[name], trades.never_change, changes[name], days),
      ...(purses && { portfolio: policyAccount(purses[name], purses.never_change, days) }),
    });
    return Object.fromEntries(policyNames.map((name) => [name, ofPolicy(name)])) as Figures;
  }

  private live(prepared: Prepared, session: Session, copy: number): Promise<Lived> {
    const { request, settings, endMs, nullCopies } = this;
    const { document, nights, windowMs } = this.beginning;
    const { table } = prepared;
    const intake = new Intake(settings, session, { table, featureNames: table.featureNames });
    // A shuffled history may never pass the scanner's gate; the spaces come from the real one.
    const spaces = table.count === 0 ? new Map<string, Space>() : spacesOf(spaceGiven(request), table, intake);
    const where = spaceWords(request);
    checkFreqtradeSpaces(document ? [document] : [], spaces, [], where);
    const config = document ?? ConfigDocument.blank(table.types, currentOf(request, spaces, table, intake));
    const whole = (1 + nullCopies) * nights.length;
    const say = (night: number, message: string): void => {
      const which = copy === 0 ? message : `days shuffled, copy ${copy} of ${nullCopies}, ${message}`;
      this.session.say("rehearse", which, (copy * nights.length + night) / whole);
    };
    return liveNights(
      { session, settings, request, options: this.inside, say, night: (work) => this.night(work) },
      { prepared, spaces, intake, config, nights, endMs, windowMs },
    );
  }

  private async night<T>(work: () => T | Promise<T>): Promise<T> {
    const result = await this.session.piece("night", work);
    this.isNightMeasured = true;
    return result;
  }

  /** The market with its days shuffled, scanned again; the user's own signals stay at their times. */
  private async shuffled(copy: number, heard: Session): Promise<Prepared> {
    await heard.breathe();
    const { request, settings } = this;
    const { prepared } = this.beginning;
    const { timeframeMs, lenient, nowMs, breakRatio, seed } = settings;
    const withVolume = ownSignalsOf(request) === undefined;
    const series = shuffledDays(prepared.market, seed + copy);
    const shuffled = marketOfSeries(series, { timeframeMs, lenient, nowMs, breakRatio, withVolume });
    const market = withFundingLike(prepared.market, shuffled);
    return withVolume ? prepare(request, settings, market, heard) : movedTo(prepared, market, settings);
  }

  /** A session that can be aborted, and whose warnings are discarded: they are about shuffled histories. */
  private quiet(): Session {
    return new Session(this.inside);
  }

  /** Options of an inner run: it can be aborted, and its progress is the night's part of the rehearsal's. */
  private get inside(): RunOptions {
    const { signal } = this.options;
    const { meter, sayAgain } = this.session;
    const onProgress = ({ share, elapsedMs, remainingMs }: Progress): void => {
      // What one night expects of itself is a guess until it ends; nights that are done say more about those that are left.
      if (remainingMs !== null && !this.isNightMeasured) meter.reconsider("night", elapsedMs + remainingMs);
      meter.reach("night", share);
      sayAgain();
    };
    return { ...(signal && { signal }), onProgress };
  }
}

/** The current parameters of a request that holds them in place of a config; undefined if it holds none. */
function currentOf(
  request: RehearseRequest,
  spaces: ReadonlyMap<string, Space>,
  table: OpportunityTable,
  intake: Intake,
): Map<string, Parameters> | undefined {
  const given = currentGiven(request);
  return given === undefined ? undefined : givenCurrent(openParameters(given, "current"), spaces, table, intake);
}

/** The one-word answer: clearly above both is yes, clearly below one of them no. */
function answerOf(figures: PolicyFigures): RehearseResult["answer"] {
  const { over_never_change, over_not_trading } = figures.portfolio ?? figures;
  if (figures.changes === 0) return "nothing changed";
  if (over_never_change.low > 0 && over_not_trading.low > 0) return "yes";
  return over_never_change.total <= 0 || over_not_trading.total <= 0 ? "no" : "unsure";
}
