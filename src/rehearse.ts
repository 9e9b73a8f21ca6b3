import { candleCountsOf } from "./candles/counts.ts";
import { marketOfSeries } from "./candles/series.ts";
import { ConfigDocument, openConfig } from "./config/document.ts";
import { prepareCore } from "./core/instance.ts";
import { blockDaysFor, type Lived, liveNights } from "./liveNights.ts";
import { policyFigures } from "./rehearsal/figures.ts";
import { nightsOf, reachOf } from "./rehearsal/nights.ts";
import { nullBandOf } from "./rehearsal/nullBand.ts";
import { type PolicyFigures, type PolicyName, policyNames, type RehearseResult } from "./rehearsal/result.ts";
import { shuffledDays } from "./rehearsal/shuffleDays.ts";
import { verdictTable } from "./rehearsal/verdictTable.ts";
import { checkCeiling } from "./run/ceiling.ts";
import { defaults } from "./run/defaults.ts";
import { fingerprintOf } from "./run/fingerprint.ts";
import { Intake } from "./run/intake.ts";
import { movedTo } from "./run/movedTo.ts";
import { loadMarket, type Prepared, prepare } from "./run/prepare.ts";
import { askAboutLabels, askAboutSettings } from "./run/questions.ts";
import { type RehearseRequest, type RunOptions, settingsOf } from "./run/request.ts";
import { Session } from "./run/session.ts";
import { currentParameters, spacesOf } from "./run/spaces.ts";
import { version } from "./run/version.ts";
import { openSuggestions } from "./space/files.ts";

/**
 * The nightly decision replayed over the past: on each of the last nights `optimize` decides on what was known, and the days until the next are
 * traded with what it decided. Writes nothing. Throws SluiceError.
 */
export async function rehearse(request: RehearseRequest, options: RunOptions = {}): Promise<RehearseResult> {
  const settings = settingsOf(request);
  const everyMs = request.everyMs ?? defaults.everyMs;
  const windowMs = request.windowMs ?? defaults.windowMs;
  const nullCopies = request.nullCopies ?? defaults.nullCopies;
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkCeiling(request, settings);
  const document = request.config === undefined ? null : await openConfig(request.config);
  const core = prepareCore();
  session.say("load", "reading candles", 0);
  const market = await loadMarket(request, settings, { withVolume: request.signals === undefined });
  const nights = nightsOf(market, everyMs, windowMs);
  session.say("phase1", "scanning for opportunities", 0);
  await session.breathe();
  const { signals } = request;
  const source = { ...request, ...(signals !== undefined && { opportunities: signals }) };
  const prepared = await prepare(source, settings, market, session);
  await core;
  askAboutLabels(prepared.labels, settings, session);
  const { endMs } = reachOf(market);
  const lived = await live(prepared, session, 0);
  const policies = figuresOf(lived);
  const { table } = prepared;
  const intake = new Intake(settings, new Session(), { table, featureNames: table.featureNames });
  const spaces = spacesOf(request.spaceFile, table, intake);
  const { suggestFile } = request;
  const fingerprint = fingerprintOf("rehearse", request, {
    market,
    found: table,
    spaces,
    suggestions: suggestFile === undefined ? [] : intake.suggestions(openSuggestions(suggestFile)),
    current: document && currentParameters(document, spaces, table.featureNames, intake),
    lastUpdateMs: document?.lastUpdateMs() ?? null,
  });
  const copies: Record<PolicyName, PolicyFigures>[] = [];
  for (let copy = 1; copy <= nullCopies; copy++)
    copies.push(figuresOf(await live(await shuffled(copy), quiet(), copy)));
  return {
    version,
    answer: answerOf(policies.as_configured),
    every_ms: everyMs,
    window_ms: windowMs,
    nights,
    end: endMs,
    block_days: blockDaysFor(lived),
    policies,
    decisions: lived.decisions,
    verdicts: verdictTable(lived.decisions),
    null_band: nullBandOf(copies),
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };

  function live(on: Prepared, heard: Session, copy: number): Promise<Lived> {
    const known = new Intake(settings, heard, { table: on.table, featureNames: on.table.featureNames });
    const life = {
      prepared: on,
      spaces: spacesOf(request.spaceFile, on.table, known),
      intake: known,
      config: document ?? ConfigDocument.blank(on.table.types),
      nights,
      endMs,
      windowMs,
    };
    const share = 1 / ((1 + nullCopies) * nights.length);
    const say = (night: number, message: string): void =>
      session.say(
        "rehearse",
        copy === 0 ? message : `days shuffled, copy ${copy} of ${nullCopies}, ${message}`,
        (copy * nights.length + night) * share,
      );
    return liveNights(heard, settings, request, life, say, options.signal ? { signal: options.signal } : {});
  }

  /** A session that hears the wish to stop, and whose warnings nobody reads: those of made-up histories. */
  function quiet(): Session {
    return new Session(options.signal ? { signal: options.signal } : {});
  }

  async function shuffled(copy: number): Promise<Prepared> {
    await session.breathe();
    const { timeframeMs, lenient, nowMs, breakRatio } = settings;
    const withVolume = signals === undefined;
    const series = shuffledDays(market, settings.seed + copy);
    const other = marketOfSeries(series, { timeframeMs, lenient, nowMs, breakRatio, withVolume });
    return withVolume ? prepare(request, settings, other, quiet()) : movedTo(prepared, other, settings);
  }

  function figuresOf(life: Lived): Record<PolicyName, PolicyFigures> {
    const { trades, changes } = life;
    const days = { fromMs: nights[0]!, endMs, timeframeMs: settings.timeframeMs, seed: settings.seed };
    const blockDays = blockDaysFor(life);
    return Object.fromEntries(
      policyNames.map((name) => [
        name,
        policyFigures(trades[name], trades.never_change, changes[name], days, blockDays),
      ]),
    ) as Record<PolicyName, PolicyFigures>;
  }
}

/** The one-word answer: surely above both is yes, surely below one of them no. */
function answerOf({ changes, over_never_change, over_not_trading }: PolicyFigures): RehearseResult["answer"] {
  if (changes === 0) return "nothing changed";
  if (over_never_change.low > 0 && over_not_trading.low > 0) return "yes";
  return over_never_change.total <= 0 || over_not_trading.total <= 0 ? "no" : "unsure";
}
