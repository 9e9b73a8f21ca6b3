import type { Parameters } from "../space/parameters.ts";
import type { Decision } from "../validation/result.ts";
import { overallVerdict } from "../validation/verdict.ts";
import { decideTypes } from "./decisionPhase.ts";
import type { LookedConfig } from "./lookPhase.ts";
import type { ConfigRun } from "./results.ts";
import { withChallenger } from "./shadowPhase.ts";

/** A config after the decision; nothing has been written to it yet. */
export interface DecidedConfig extends Omit<LookedConfig, "types">, Pick<ConfigRun, "phase4"> {
  readonly decision: Readonly<Record<string, Decision>>;
  /** The parameters to write, for each type that changes. */
  readonly params: ReadonlyMap<string, Parameters>;
}

/** Decides on every type of every config at once. */
export function decideConfigs(configs: readonly LookedConfig[], confidence: number): DecidedConfig[] {
  const decided = decideTypes(
    configs.flatMap(({ types, look }) =>
      [...types].map(([type, judged]) => ({ ...judged, spending: look?.levels.get(type) ?? null })),
    ),
    confidence,
  );
  return configs.map(({ types, ...config }) => {
    const own = [...types.keys()].map((type) => [type, withChallenger(type, decided.shift()!, config.shadow)] as const);
    const verdicts = own.map(([type, { validation }]) => [type, validation] as const);
    return {
      ...config,
      params: new Map(own.flatMap(([type, { params }]) => (params ? [[type, params] as const] : []))),
      phase4: {
        types: Object.fromEntries(verdicts),
        overall: overallVerdict(verdicts.map(([, { verdict }]) => verdict)),
      },
      decision: Object.fromEntries(own.map(([type, { decision }]) => [type, decision])),
    };
  });
}
