import { startingPoints } from "../search/startingPoints.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import { bestOfAnother, type Captured } from "./capturePhase.ts";
import { contendersOf } from "./contenders.ts";
import type { Explored } from "./drawing/explored.ts";
import type { GroupUnits } from "./groups/unit.ts";
import type { ConfigInput, Inputs } from "./inputs.ts";
import { profitType } from "./profitPhase.ts";
import type { ConfigRun, Phase3Type } from "./results.ts";
import type { Run } from "./run.ts";
import type { TypeJudge } from "./typeJudge.ts";
import type { JudgedType } from "./verdictPhase.ts";

/** One config, or none, judged but not decided. */
export interface JudgedConfig extends ConfigInput, Pick<ConfigRun, "config" | "phase3"> {
  readonly types: ReadonlyMap<string, JudgedType>;
  /** The last search space of each type. */
  readonly searched: ReadonlyMap<string, Space>;
  /** That search as a report shows it, by type; empty if nothing is drawn. */
  readonly explored: ReadonlyMap<string, Explored>;
  /** What the keys of `types` stand for in a run by groups of symbols; null without groups: they are signal types. */
  readonly units: GroupUnits | null;
}

/** What phase 2 found, and the judge of what phase 3 makes of it. */
export interface ConfigJudging {
  readonly captured: ReadonlyMap<string, Captured>;
  readonly judge: TypeJudge;
}

/** Phases 3 and 4 for one config, or for none, up to the decision. */
export async function judgeConfig(
  run: Run,
  { spaces, suggestions }: Inputs,
  { document, current }: ConfigInput,
  { captured, judge }: ConfigJudging,
): Promise<JudgedConfig> {
  const phase3: Record<string, Phase3Type | null> = {};
  const types = new Map<string, JudgedType>();
  const searched = new Map(spaces);
  const explored = new Map<string, Explored>();
  for (const [type, capture] of captured) {
    const { parts, top } = capture;
    const own: Parameters | null = current.get(type) ?? null;
    const starts = startingPoints(top, own, bestOfAnother(captured, type), suggestions);
    const profit = await run.session.phase("phase3", `searching profit and risk, ${type}`, () =>
      run.session.piece(`profit ${type}`, () => profitType(run, parts, spaces.get(type)!, starts)),
    );
    if (profit.last) searched.set(type, profit.last.space);
    if (profit.explored) explored.set(type, profit.explored);
    const contenders = contendersOf(judge.searchOf(capture, { current: own, suggestions }), profit);
    const judged = await run.session.phase("phase4", `judging the result, ${type}`, () =>
      judge.judge(parts, contenders, document?.lastUpdateMs() ?? null),
    );
    phase3[type] = profit.report && { ...profit.report, replays: judged.replays };
    types.set(type, judged);
  }
  return { document, current, config: document?.path ?? null, phase3, types, searched, explored, units: null };
}
