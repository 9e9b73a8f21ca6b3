import { ConfigDocument } from "../config/document.ts";
import { MemoryLedger } from "../config/ledgerMemory.ts";
import { SymbolBlocks } from "../config/symbolBlocks.ts";
import type { CandidateResult, ChallengedDecision, TypeValidation } from "../validation/result.ts";
import { openConfigs } from "./configs.ts";
import { defaults } from "./defaults.ts";
import { freqtradeMapIn } from "./freqtrade.ts";
import { keyedResult, unitOf } from "./groups/keyed.ts";
import { optimizeHeld } from "./optimize.ts";
import type { Held, OptimizeOptions } from "./optimizeCall.ts";
import { idOf, type Recommendation, type RecommendedGroup, type RecommendedType } from "./recommendation.ts";
import type { RecommendRequest } from "./request.ts";
import type { ConfigRun } from "./results.ts";
import { version } from "./version.ts";

/**
 * The whole run for one config, up to the decision: nothing is written to the config. Its look at the hold-out is recorded in the ledger beside the config like that
 * of a run that saves, and under `policy: "shadow"` its challengers are kept there. Throws SluiceError.
 */
export async function recommend(request: RecommendRequest, options: OptimizeOptions = {}): Promise<Recommendation> {
  const { config, ...rest } = request;
  const held = await heldFor(config, request);
  const configs = typeof config === "string" ? [config] : [];
  const result = await optimizeHeld({ ...rest, configs, dryRun: true }, options, held);
  const dataEndMs = result.phase1.to + (request.timeframeMs ?? defaults.timeframeMs);
  const run = keyedResult(result).runs[0]!;
  const document = held.configs?.[0] ?? null;
  const types = Object.fromEntries(
    Object.entries(run.decision).map(([key, decision]) => [
      key,
      recommended(run.phase4.types[key]!, decision, placeOf(run, key, document)),
    ]),
  );
  const identified = {
    version,
    fingerprint: result.fingerprint,
    configSha256: document?.sha256 ?? "",
    dataEndMs,
    types,
  };
  return {
    ...identified,
    id: idOf(identified),
    config: configs[0] ?? null,
    dataEnd: new Date(dataEndMs).toISOString(),
    changes: run.changed,
    diff: run.diff,
    result,
  };
}

async function heldFor(config: RecommendRequest["config"], request: RecommendRequest): Promise<Held> {
  if (config === undefined) return { isRecommendation: true };
  if (typeof config === "string")
    return { configs: await openConfigs([config], true, freqtradeMapIn(request)), isRecommendation: true };
  // An object has no ledger: every look is the first.
  return { configs: [ConfigDocument.ofValues(config)], ledger: new MemoryLedger(), isRecommendation: true };
}

function recommended(
  validation: TypeValidation,
  { advice, applied, reasons, challenger }: ChallengedDecision,
  { values, group }: RecommendedPlace,
): RecommendedType {
  const isChallenger = applied === "challenger" && challenger !== null;
  const chosen = isChallenger ? null : chosenOf(validation.candidates, applied, reasons);
  const params = isChallenger ? challenger.params : (chosen?.params ?? null);
  const own = validation.candidates.find(({ candidate }) => candidate === "current")?.params ?? {};
  const keys = params === null ? [] : [...new Set([...Object.keys(own), ...Object.keys(params)])];
  return {
    verdict: isChallenger ? challenger.verdict : (chosen?.verdict ?? validation.verdict),
    advice,
    applied: applied ?? "current",
    params,
    current: valuesOf(values[0] ?? {}, keys),
    gate: isChallenger ? null : (chosen?.gate ?? validation.gate),
    reasons,
    ...(group && {
      group: {
        ...group,
        current: Object.fromEntries(group.symbols.map((symbol, k) => [symbol, valuesOf(values[k]!, keys)])),
      },
    }),
  };
}

function valuesOf(values: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, values[key] ?? null]));
}

/** What a recommendation is about, and the config's values of it now: of a group, each symbol's. */
interface RecommendedPlace {
  readonly values: readonly Readonly<Record<string, unknown>>[];
  readonly group: Omit<RecommendedGroup, "current"> | null;
}

function placeOf(run: ConfigRun, key: string, document: ConfigDocument | null): RecommendedPlace {
  const unit = unitOf(run, key);
  if (!unit) return { values: [document?.currentParams(key) ?? {}], group: null };
  const { symbols } = run.groups![unit.group]!;
  const blocks = document && new SymbolBlocks(document);
  const values = symbols.map((symbol) => blocks?.params(unit.type, symbol) ?? {});
  return { values, group: { name: unit.group, type: unit.type, symbols } };
}

/** The candidate that a decision applies; null if it applies none. */
function chosenOf(
  candidates: readonly CandidateResult[],
  applied: ChallengedDecision["applied"],
  reasons: ChallengedDecision["reasons"],
): CandidateResult | null {
  if (applied === null) return null;
  const { suggestion = null } = reasons.find(({ code }) => code === "APPLIED") ?? {};
  return candidates.find((one) => one.candidate === applied && one.suggestion === suggestion) ?? null;
}
