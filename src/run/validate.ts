import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import type { ValidateResult } from "../report/answers.ts";
import { barsHeldAtMost, candlesOf } from "../search/market.ts";
import { splitRows } from "../search/split.ts";
import { exitOf } from "../space/exits.ts";
import { openParameters, parametersIn } from "../space/files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { requireType } from "./oneType.ts";
import { loadMarket, readNamed } from "./prepare.ts";
import { type RunOptions, settingsOf, type ValidateRequest } from "./request.ts";
import { Session } from "./session.ts";
import { typePartsOf } from "./typeParts.ts";
import { judgeType } from "./verdictPhase.ts";

/** Judges one parameter set, as `optimize` judges its winner, against the current parameters where given. */
export async function validate(request: ValidateRequest, options: RunOptions = {}): Promise<ValidateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  session.say("load", "reading candles and opportunities");
  const file = openParameters(request.paramsFile);
  const currentFile = request.currentFile === undefined ? null : openParameters(request.currentFile);
  const market = await loadMarket(request, settings, { withVolume: false });
  const naming = currentFile ? [file, currentFile] : [file];
  const { table: found, featureNames } = await readNamed(request, settings, market, naming);
  const type = requireType(found, request.type);
  const params = parametersIn(file, featureNames);
  const current = currentFile && parametersIn(currentFile, featureNames);
  const longestBars = Math.max(
    ...[params, ...(current ? [current] : [])].map((set) =>
      barsHeldAtMost(exitOf(set), settings.rules, settings.timeframeMs),
    ),
  );
  const fingerprint = fingerprintOf(market, found, {
    ...settings,
    memoryBytes: undefined,
    threads: undefined,
    type,
    params,
    current,
  });
  const candles = candlesOf(found, market);
  const table = keepRows(found, (row) => found.bar[row]! + longestBars < candles[found.symbol[row]!]!.count);
  const labels = asLabels(flagObjective(table, market, settings));
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
      trials: null,
      longestBars,
    },
  );
  return {
    type,
    opportunities: parts.all.table.count,
    left_out: found.count - table.count,
    split: {
      time: split.timeMs,
      training: parts.training.table.count,
      holdout: parts.holdout.table.count,
      purged: parts.all.table.count - parts.training.table.count - parts.holdout.table.count,
    },
    ...validation,
    replays,
    fingerprint,
  };
}
