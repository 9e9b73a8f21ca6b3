import type { Purse } from "../portfolio/purse.ts";
import type { Parameters } from "../space/parameters.ts";
import { isBelievable } from "../validation/believable.ts";
import type { DaySpan } from "../validation/days.ts";
import type { SetFinding } from "../validation/result.ts";
import { type Evidence, noEvidence, SetValidation } from "../validation/validate.ts";
import type { PartTrades } from "../validation/verdict.ts";
import { baselinesOf, plateauAround, randomEntries } from "./evidence.ts";
import type { Run } from "./run.ts";
import type { SetSearch } from "./setSearches.ts";
import type { TypeParts } from "./typeParts.ts";

/** The data that all sets of one type are judged on. */
export interface Judging {
  readonly run: Run;
  readonly parts: TypeParts;
  /** Epoch ms. */
  readonly splitMs: number;
  /** The days of the hold-out, to the last candle's. */
  readonly span: DaySpan;
  /** The opportunities were selected by their future. */
  readonly hindsight: boolean;
}

/** A set with its trades; `search` is null if no search is run for it, as for the current parameters. */
export interface JudgedSet {
  readonly params: Parameters;
  readonly trades: PartTrades;
  readonly search: SetSearch | null;
  /** What one purse made of its hold-out trades; null without a portfolio. */
  readonly purse: Purse | null;
  /** A search of the run found it, or it can be applied: all tests are run. */
  readonly isInQuestion: boolean;
  /** Its trades are by several sets, for different symbols: tests that enter again by one set are not run. */
  readonly isMixed?: boolean;
}

/**
 * The verdict on one set: cheap tests first. Tests that need a search are skipped if they cannot change the verdict, since the first
 * matching rule gives the verdict: no search can rescue a FAILED set, and no noise test an OVERFITTED or UNSTABLE one. Selection, the most expensive test, can only warn: it is
 * skipped for a suggestion that the gate rejects anyway.
 */
export async function judgeSet(judging: Judging, set: JudgedSet): Promise<SetFinding> {
  const { run, parts, splitMs } = judging;
  const { session } = run;
  const { params, trades, search, isInQuestion, isMixed = false } = set;
  await session.breathe();
  const validation = validationOf(judging, trades, set.purse);
  await session.breathe();
  if (isMixed) return validation.verdict(noEvidence, { code: "NOT_PROPOSED" });
  const held = { trades: trades.holdout, table: parts.holdout.table };
  const entries = randomEntries(run, held, params, splitMs);
  await session.breathe();
  const baselines = run.replaying(parts.holdout, (replayer) => baselinesOf(run, replayer, params, entries, splitMs));
  const cheap: Evidence = { ...noEvidence, randomEntries: entries, baselines };
  const first = validation.verdict(cheap, search ? null : { code: "NOT_PROPOSED" });
  if (!search) return first;
  if (first.verdict === "FAILED" || first.verdict === "SKIPPED" || first.verdict === "HINDSIGHT")
    return validation.verdict(cheap, { code: "VERDICT_STANDS", verdict: first.verdict });

  const { last, trials } = search.look();
  await session.breathe();
  const plateau =
    last && run.replaying(parts.training, (replayer) => plateauAround(run.settings, replayer, params, last));
  const searched: Evidence = { ...cheap, trials, plateau, walkForward: await search.walk() };
  await session.breathe();
  const second = validation.verdict(searched, null);
  if (!last) return second;
  if (!isBelievable(second.verdict))
    return validation.verdict(searched, { code: "VERDICT_STANDS", verdict: second.verdict });
  if (!isInQuestion) return validation.verdict(searched, { code: "GATE_CLOSED" });
  const selection = await search.noise(last);
  return validation.verdict({ ...searched, selection }, null);
}

/** The verdict of a type of which no set could be ranked. */
export function verdictWithoutSet(judging: Judging): SetFinding {
  return validationOf(judging, null).verdict(noEvidence, null);
}

function validationOf(
  { run, parts, span, hindsight }: Judging,
  trades: PartTrades | null,
  purse: Purse | null = null,
): SetValidation {
  const { settings } = run;
  return new SetValidation({
    opportunities: parts.count,
    minTrades: settings.constraints.minTrades,
    seed: settings.seed,
    barMs: settings.timeframeMs,
    span,
    hindsight,
    trades,
    purse,
  });
}
