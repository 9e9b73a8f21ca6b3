import type { ConfigRun, OptimizeResult } from "../results.ts";
import { groupKey } from "./groupKey.ts";

/**
 * A result with what a run by groups says of each group's types where a run without groups has a type's: under `groupKey`, as in `decision`. The result itself
 * where no run has groups.
 */
export function keyedResult<R extends Pick<OptimizeResult, "runs">>(result: R): R {
  return result.runs.some((run) => run?.groups) ? { ...result, runs: result.runs.map(keyedRun) } : result;
}

/** The same for one config's run. */
export function keyedRun(run: ConfigRun): ConfigRun {
  const { groups } = run;
  if (!groups) return run;
  type Group = NonNullable<ConfigRun["groups"]>[string];
  const keyed = <T>(of: (group: Group) => Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(groups).flatMap(([name, group]) =>
        Object.entries(of(group)).map(([type, value]) => [groupKey(type, name), value]),
      ),
    );
  return {
    ...run,
    phase3: keyed(({ phase3 }) => phase3),
    phase4: { types: keyed(({ phase4 }) => phase4.types), overall: run.phase4.overall },
    missed: keyed(({ missed }) => missed),
  };
}

/** The group and the type that a key of `decision` stands for; null if it is a signal type. */
export function unitOf({ groups }: Pick<ConfigRun, "groups">, key: string): { group: string; type: string } | null {
  for (const [group, { decision }] of Object.entries(groups ?? {}))
    for (const type of Object.keys(decision)) if (groupKey(type, group) === key) return { group, type };
  return null;
}
