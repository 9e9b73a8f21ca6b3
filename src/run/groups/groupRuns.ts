import { compare } from "../../config/diff.ts";
import type { ConfigDocument } from "../../config/document.ts";
import type { Place } from "../../config/layout.ts";
import type { ConfigDiff, DiffEntry } from "../../config/result.ts";
import { SymbolBlocks } from "../../config/symbolBlocks.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { ChallengedDecision, TypeValidation } from "../../validation/result.ts";
import { overallVerdict } from "../../validation/verdict.ts";
import type { ConfigRun, GroupRun, GroupShrinkage } from "../results.ts";
import type { ShrunkSet } from "./shrinkage.ts";
import type { GroupUnit, GroupUnits } from "./unit.ts";

/** Decided units, by `groupKey`. */
interface DecidedUnits {
  readonly units: GroupUnits;
  readonly types: Readonly<Record<string, TypeValidation>>;
  readonly decision: Readonly<Record<string, ChallengedDecision>>;
}

/** What a run by groups did for one config, by group: each part by type, as a run without groups has it. */
export function groupRuns({ units, types, decision }: DecidedUnits): Record<string, GroupRun> {
  const byGroup = new Map<string, [key: string, unit: GroupUnit][]>();
  for (const [key, unit] of units) byGroup.set(unit.group.name, [...(byGroup.get(unit.group.name) ?? []), [key, unit]]);
  return Object.fromEntries(
    [...byGroup].map(([name, own]) => {
      const byType = <T>(of: (unit: GroupUnit, key: string) => T): Record<string, T> =>
        Object.fromEntries(own.map(([key, unit]) => [unit.type, of(unit, key)]));
      const verdicts = byType((_, key) => types[key]!);
      const run: GroupRun = {
        symbols: own[0]![1].group.symbols,
        current: byType(({ currents }) => currents),
        phase2: byType(({ phase2 }) => phase2),
        phase3: byType(({ phase3 }) => phase3),
        shrinkage: byType(({ shrinkage: { phase2, phase3 } }) => ({ phase2: shown(phase2), phase3: shown(phase3) })),
        phase4: { types: verdicts, overall: overallVerdict(Object.values(verdicts).map(({ verdict }) => verdict)) },
        decision: byType((_, key) => decision[key]!),
        missed: byType(({ missed }) => missed),
      };
      return [name, run];
    }),
  );
}

function shown(set: ShrunkSet | null): GroupShrinkage | null {
  if (!set) return null;
  const { figures: _, ...others } = set;
  return others;
}

/** Where the parameters of some units are written in a config: `per_symbol.SYMBOL.X_params` of each member. Throws InputError. */
export function groupPlaces(
  document: ConfigDocument,
  params: ReadonlyMap<string, Parameters>,
  units: GroupUnits,
): Place[] {
  const blocks = new SymbolBlocks(document);
  return [...params].flatMap(([key, set]) => {
    const { type, group } = units.get(key)!;
    return blocks.places(type, group.symbols, set);
  });
}

/** What the parameters of some units change for their symbols: compared with what each symbol is traded by now, wherever the config has that. */
export function groupDiff(
  before: ConfigDocument | ReadonlyMap<string, Parameters>,
  params: ReadonlyMap<string, Parameters>,
  units: GroupUnits,
  tested: number,
): ConfigDiff {
  const entries: DiffEntry[] = [];
  const blocks = before instanceof Map ? null : new SymbolBlocks(before as ConfigDocument);
  for (const [key, set] of params) {
    const { type, group } = units.get(key)!;
    for (const symbol of group.symbols) {
      const own = blocks?.params(type, symbol) ?? (before as ReadonlyMap<string, Parameters>).get?.(type) ?? {};
      const path = blocks?.path(type, symbol) ?? ["per_symbol", symbol, `${type}_params`];
      compare(path.join("."), own, { ...own, ...set }, entries);
    }
  }
  return { tested, changed: entries.length, entries };
}

/** A run by groups as its result shows it: nothing stands under a signal type alone. */
export function asGroupRun<R extends Pick<ConfigRun, "phase4" | "decision">>(
  run: R,
  units: GroupUnits,
): R & Pick<ConfigRun, "groups"> {
  const { phase4, decision } = run;
  const groups = groupRuns({ units, types: phase4.types, decision });
  return { ...run, phase4: { types: {}, overall: phase4.overall }, groups };
}
