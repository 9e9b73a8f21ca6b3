import * as v from "valibot";
import { type AppliedBefore, appliedBefore, recordApplied } from "../config/appliedBefore.ts";
import { type ConfigDocument, openConfig } from "../config/document.ts";
import type { Changes } from "../config/edits.ts";
import { freqtradeLayout } from "../config/freqtrade/layout.ts";
import type { SaveResult } from "../config/result.ts";
import { isSame } from "../config/same.ts";
import { saveConfig } from "../config/save.ts";
import { SymbolBlocks } from "../config/symbolBlocks.ts";
import { InputError } from "../errors.ts";
import { isSameSet } from "../space/same.ts";
import { freqtradeMapIn } from "./freqtrade.ts";
import { learningOf } from "./learning.ts";
import { idOf, type Recommendation, type RecommendedType } from "./recommendation.ts";
import type { ApplyRequest } from "./request.ts";

/** A recommendation that was saved. */
export interface ApplyResult extends SaveResult {
  /** The types whose parameters were written. */
  readonly types: readonly string[];
  /** Whether the ledger beside the config says so too; false if it could not be written; the config is saved. */
  readonly recorded: boolean;
}

const staleAfterMs = 24 * 3_600_000;

/** One type of a recommendation that changes something. */
type Change = readonly [type: string, recommended: RecommendedType & { readonly params: object }];

/**
 * Saves what a recommendation would change, as a run that saves would: under the config's lock, with a backup, by a rename, recorded in the ledger. Null, and the config not
 * written, if it changes nothing. Throws InputError: RECOMMENDATION_INVALID if it is not as `recommend` gave it, RECOMMENDATION_STALE if its data ended too long
 * ago or newer ones were applied since, RECOMMENDATION_APPLIED if it was applied before, CONFIG_CONFLICT if the bot has changed one of its parameters.
 */
export async function apply(request: ApplyRequest): Promise<ApplyResult | null> {
  const recommendation = checked(request.recommendation);
  const { id, dataEndMs, result } = recommendation;
  const nowMs = request.nowMs ?? Date.now();
  const changes = changesIn(recommendation, request.types);
  if (changes.length === 0) return null;
  checkAge(recommendation, nowMs, request.maxAgeMs ?? staleAfterMs);
  const document = await openConfig(request.config, freqtradeLayout(freqtradeMapIn(request)));
  const before = await appliedBefore(request.config, id, nowMs);
  for (const [type, recommended] of changes) {
    checkUnused(recommendation, type, before(type));
    if (recommended.applied === "challenger") checkChallenger(request.config, type, recommended, before(type));
    checkUnchanged(document, type, recommended);
  }
  const saved = await saveConfig(
    document,
    {
      ...writtenBy(changes, document),
      phase2Learning: learningOf(result.phase2, result.runs[0]!.phase4.types, nowMs),
    },
    { nowMs, ...(request.lockTimeoutMs !== undefined && { lockTimeoutMs: request.lockTimeoutMs }) },
  );
  const types = new Map(changes.map(([type, { applied }]) => [type, applied === "challenger"]));
  // Also where everything is in place already: the run that saved it may have been killed before its record.
  const recorded = await recordApplied(request.config, { id, dataEndMs, types }, { nowMs }).then(
    () => true,
    (cause: unknown) => {
      if (!(cause instanceof InputError)) throw cause;
      return false;
    },
  );
  return saved && { ...saved, types: [...types.keys()], recorded };
}

const text = v.string();
const record = v.record(v.string(), v.unknown());
const group = v.optional(
  v.object({ name: text, type: text, symbols: v.array(text), current: v.record(v.string(), record) }),
);
/** What `apply` reads of a recommendation; its id vouches for the rest of what it would write. */
const schema = v.object({
  version: text,
  id: text,
  fingerprint: text,
  configSha256: text,
  dataEndMs: v.pipe(v.number(), v.finite()),
  types: v.record(v.string(), v.object({ applied: text, params: v.nullable(record), current: record, group })),
  result: v.object({
    phase2: record,
    runs: v.pipe(v.array(v.object({ phase4: v.object({ types: record }) })), v.minLength(1)),
  }),
});

function checked(given: object): Recommendation {
  const parsed = v.safeParse(schema, given);
  const recommendation = given as Recommendation;
  if (parsed.success && idOf(recommendation) === recommendation.id) return recommendation;
  throw new InputError("RECOMMENDATION_INVALID", "this is not a recommendation as it was given", {
    where: "recommendation",
    found: parsed.success ? "an id that does not belong to its content" : describe(parsed.issues),
    expected: "the value that recommend() resolved to, or the same from its JSON",
    remedy: "pass it on whole and unchanged; to apply fewer types, use the option types",
  });
}

function describe([issue]: readonly v.BaseIssue<unknown>[]): string {
  const key = issue?.path?.map(({ key }) => String(key)).join(".") ?? "";
  return `${key === "" ? "" : `${key}: `}${issue?.received ?? "nothing"}`;
}

/** Where the parameters go: a type's block, or the blocks of a group's symbols. */
function writtenBy(changes: readonly Change[], document: ConfigDocument): Pick<Changes, "params" | "places"> {
  const blocks = new SymbolBlocks(document);
  const ofTypes = changes.filter(([, { group }]) => !group);
  return {
    params: new Map(ofTypes.map(([type, { params }]) => [type, params as Values])),
    places: changes.flatMap(([, { params, group }]) =>
      group ? blocks.places(group.type, group.symbols, params as Values) : [],
    ),
  };
}

type Values = Readonly<Record<string, unknown>>;

/** The types that change something, of those that are wanted. */
function changesIn({ types }: Recommendation, wanted: readonly string[] | undefined): Change[] {
  for (const type of wanted ?? [])
    if (!Object.hasOwn(types, type))
      throw new InputError("TYPE_UNKNOWN", "unknown signal type", {
        where: "types",
        found: JSON.stringify(type),
        expected: `any of: ${Object.keys(types).join(", ")}`,
        remedy: "name types that the recommendation has, or leave the option out",
      });
  return Object.entries(types).filter(
    (entry): entry is [string, Change[1]] => entry[1].params !== null && (wanted?.includes(entry[0]) ?? true),
  );
}

function checkAge({ dataEnd, dataEndMs }: Recommendation, nowMs: number, maxAgeMs: number): void {
  const ageMs = nowMs - dataEndMs;
  if (Math.abs(ageMs) <= maxAgeMs) return;
  const expected = `at most ${hours(maxAgeMs)} h`;
  if (ageMs > 0)
    throw stale(
      dataEnd,
      `${hours(ageMs)} h before now`,
      expected,
      "ask for a new one; or allow an older one with maxAgeMs",
    );
  throw new InputError("RECOMMENDATION_STALE", "the recommendation's data end in the future; nothing was written", {
    where: `recommendation, data to ${dataEnd}`,
    found: `${hours(ageMs)} h after now`,
    expected,
    remedy: "check the clock of this machine and the time zone of the data",
  });
}

const hours = (ms: number): string => (Math.abs(ms) / 3_600_000).toFixed(1);

function stale(dataEnd: string, found: string, expected: string, remedy: string): InputError {
  return new InputError("RECOMMENDATION_STALE", "the recommendation is too old to be applied; nothing was written", {
    where: `recommendation, data to ${dataEnd}`,
    found,
    expected,
    remedy,
  });
}

function checkUnused({ id, dataEnd, dataEndMs }: Recommendation, type: string, before: AppliedBefore): void {
  if (before.isUsed)
    throw new InputError("RECOMMENDATION_APPLIED", "the recommendation has been applied before; nothing was written", {
      where: `recommendation, ${type}`,
      found: id,
      expected: "a new one",
      remedy: "ask for a new recommendation",
    });
  const { newest } = before;
  if (newest && newest.dataEndMs > dataEndMs)
    throw stale(
      dataEnd,
      `${type}: one on data to ${new Date(newest.dataEndMs).toISOString()} was applied`,
      "newer data",
      "ask for a new recommendation",
    );
}

/** The challenger must still be the one that had won. */
function checkChallenger(config: string, type: string, { params }: Change[1], { challenger }: AppliedBefore): void {
  if (challenger?.challenge.state === "won" && isSameSet(challenger.params, params as typeof challenger.params)) return;
  throw new InputError("RECOMMENDATION_STALE", "the challenger that had won has ended since; nothing was written", {
    where: `the ledger of ${config}, ${type}`,
    found: challenger ? `another challenger, ${challenger.challenge.state}` : "no challenger",
    expected: "the challenger of the recommendation",
    remedy: "ask for a new recommendation",
  });
}

/** The config must still have the values that the recommended ones were compared with. */
function checkUnchanged(document: ConfigDocument, type: string, { current, params, group }: Change[1]): void {
  if (!group) {
    requireSame(document, document.blockName(type), { old: current, now: document.currentParams(type), params });
    return;
  }
  const blocks = new SymbolBlocks(document);
  for (const symbol of group.symbols) {
    const sets = { old: group.current[symbol] ?? {}, now: blocks.params(group.type, symbol), params };
    requireSame(document, blocks.path(group.type, symbol).join("."), sets);
  }
}

function requireSame(
  document: ConfigDocument,
  block: string,
  { old: current, now, params }: { readonly old: Values; readonly now: Values; readonly params: object },
): void {
  for (const [key, old] of Object.entries(current)) {
    const found = now[key] ?? null;
    if (isSame(found, old) || isSame(found, (params as Values)[key])) continue;
    throw new InputError(
      "CONFIG_CONFLICT",
      "the config has changed since the recommendation was made; nothing was written",
      {
        where: `${document.path}, ${block}.${key}`,
        found: JSON.stringify(found),
        expected: `${JSON.stringify(old)}, as when the recommendation was made`,
        remedy: "ask for a new recommendation, which compares with the parameters of now",
      },
    );
  }
}
