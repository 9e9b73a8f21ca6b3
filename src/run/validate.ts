import type { ValidateResult } from "../report/answers.ts";
import { barsHeldAtMost, candlesOf, rowsThatFit } from "../search/market.ts";
import { splitRows } from "../search/split.ts";
import { exitOf } from "../space/exits.ts";
import { readParameters } from "../space/files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { requireType } from "./oneType.ts";
import { loadMarket, prepare } from "./prepare.ts";
import { type RunOptions, settingsOf, type ValidateRequest } from "./request.ts";
import { Session } from "./session.ts";
import { partOf, typePartsOf } from "./typeParts.ts";
import { judgeType } from "./verdictPhase.ts";

/** Judges one parameter set, as `optimize` judges its winner, against the current parameters where given. */
export async function validate(request: ValidateRequest, options: RunOptions = {}): Promise<ValidateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  session.say("load", "reading candles and opportunities");
  const market = await loadMarket(request, settings);
  const found = await prepare(request, settings, market);
  const type = requireType(found.table, request.type);
  const params = readParameters(request.paramsFile, found.table.featureNames);
  const current =
    request.currentFile === undefined ? null : readParameters(request.currentFile, found.table.featureNames);
  const longestBars = Math.max(
    ...[params, ...(current ? [current] : [])].map((set) =>
      barsHeldAtMost(exitOf(set), settings.rules, settings.timeframeMs),
    ),
  );
  const fitting = rowsThatFit(found.table, candlesOf(found.table, market), longestBars);
  const { table, labels } = partOf(found.table, found.labels, fitting);
  const split = splitRows(table, Math.max(longestBars, settings.lookaheadBars) * settings.timeframeMs);
  const parts = typePartsOf(type, table, labels, split);
  session.say("phase4", "judging");
  await session.breathe();
  const { validation, replays } = judgeType(
    settings,
    market,
    parts,
    { phase3: params, phase2: null, current },
    {
      splitMs: split.timeMs,
      margin: request.margin ?? 0,
      ...(request.maxOpen !== undefined && { maxOpen: request.maxOpen }),
      currentLastUpdateMs: null,
      hindsight: false,
      longestBars,
    },
  );
  return {
    type,
    opportunities: parts.all.table.count,
    left_out: found.table.count - fitting.length,
    split: {
      time: split.timeMs,
      training: parts.training.table.count,
      holdout: parts.holdout.table.count,
      purged: parts.all.table.count - parts.training.table.count - parts.holdout.table.count,
    },
    ...validation,
    replays,
    fingerprint: fingerprintOf(market, found.table, {
      ...settings,
      memoryBytes: undefined,
      threads: undefined,
      type,
      params,
      current,
    }),
  };
}
