import { createHash } from "node:crypto";
import type { ConfigDiff } from "../config/result.ts";
import type { Parameters } from "../space/parameters.ts";
import type { AppliedName, Decision, DecisionReason, GateResult, Verdict } from "../validation/result.ts";
import type { OptimizeResult } from "./results.ts";

/** What a run would do with one type's parameters, and why. */
export interface RecommendedType {
  /** Of the set that would be applied, otherwise of the set that was proposed first. */
  readonly verdict: Verdict;
  /** `apply`, `keep` or `pause`: what the run advises. */
  readonly advice: Decision["advice"];
  /** Whose parameters would be applied; `current`: nothing changes. */
  readonly applied: AppliedName | "current";
  /** The parameters to write; null if nothing changes. */
  readonly params: Parameters | null;
  /** The config's values of these parameters when the run began, null for a key that it lacks: if they differ when it is applied, it is refused. */
  readonly current: Readonly<Record<string, unknown>>;
  /** How the set compares with the current one and with not trading; null if a challenger would be applied, which proved itself on later days. */
  readonly gate: GateResult | null;
  /** Why, each as a code with its figures. */
  readonly reasons: readonly DecisionReason[];
  /** Of a type's parameters in a group of symbols; missing otherwise. */
  readonly group?: RecommendedGroup;
}

/** The group of symbols that a type's recommended parameters are for. */
export interface RecommendedGroup {
  /** Its name among the groups of the run. */
  readonly name: string;
  /** The signal type. */
  readonly type: string;
  /** The symbols that they are written for. */
  readonly symbols: readonly string[];
  /** By symbol, the values of these parameters when the run began, as in `current`, which has the first symbol's. */
  readonly current: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A whole run's decision on a bot's parameters, before anything is written. Plain JSON: it may be kept, shown and sent. */
export interface Recommendation {
  /** Of Sluice. */
  readonly version: string;
  /** Names this decision by its content: the same data, options and config give the same one. It can be applied once for each type. */
  readonly id: string;
  /** Path of the config as given; null if it was given as an object, or not at all. */
  readonly config: string | null;
  /** Hash of the config that the decision was made for; empty without one. */
  readonly configSha256: string;
  /** Hash of everything that the result depends on: equal fingerprints, equal results. */
  readonly fingerprint: string;
  /** The close of the last candle, as ISO 8601 text and as epoch ms: its age counts from here. */
  readonly dataEnd: string;
  /** The close of the last candle, epoch ms. */
  readonly dataEndMs: number;
  /** Whether applying it would change at least one value. */
  readonly changes: boolean;
  /** By signal type: what would be done, and why. In a run by groups one for each type and group, such as `scalping of SOLUSDT`. */
  readonly types: Readonly<Record<string, RecommendedType>>;
  /** What applying all of it would change; null without a config. */
  readonly diff: ConfigDiff | null;
  /** The whole result, as `optimize` gives it. */
  readonly result: OptimizeResult;
}

/** What an id stands for. */
export type Identified = Pick<Recommendation, "version" | "fingerprint" | "configSha256" | "dataEndMs" | "types">;

/** The id of a recommendation: a hash of what it is made of and what it would write. */
export function idOf({ version, fingerprint, configSha256, dataEndMs, types }: Identified): string {
  const parts = [version, fingerprint, configSha256, dataEndMs, types];
  return createHash("sha256")
    .update(JSON.stringify(sorted(parts)))
    .digest("hex")
    .slice(0, 32);
}

/** The same values with their keys in one order, as JSON from elsewhere may have another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}
