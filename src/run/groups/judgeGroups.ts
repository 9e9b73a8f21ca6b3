import { startingPoints } from "../../search/startingPoints.ts";
import { verifyTrades } from "../../search/verify.ts";
import type { Parameters, Space } from "../../space/parameters.ts";
import { bestOfAnother, type Captured, captureType, learnedFrom } from "../capturePhase.ts";
import { contendersOf } from "../contenders.ts";
import type { ConfigInput, Inputs } from "../inputs.ts";
import type { JudgedConfig } from "../judgeConfig.ts";
import { missedByType } from "../missedPhase.ts";
import { type Profit, profitType } from "../profitPhase.ts";
import type { Phase2Type, Phase3Type } from "../results.ts";
import { Run } from "../run.ts";
import { TypeJudge } from "../typeJudge.ts";
import { type TypeParts, typePartsOf } from "../typeParts.ts";
import type { RunUniverse } from "../universe.ts";
import type { JudgedType } from "../verdictPhase.ts";
import { currentSetsOf } from "./groupCurrents.ts";
import { groupMarket, groupUniverse } from "./groupData.ts";
import { groupKey } from "./groupKey.ts";
import type { Group } from "./groupsGiven.ts";
import { comparedLeaders, rankShrunk, type ShrunkSet, type WholeAverages } from "./shrinkage.ts";
import type { GroupUnit } from "./unit.ts";

/** What groups are shrunk to: the searches over all symbols. */
export interface WholeSearch {
  readonly universe: RunUniverse;
  /** Phase 2's, with enough leaders. */
  readonly captured: ReadonlyMap<string, Captured>;
  readonly isHindsight: boolean;
}

/** A config whose units are being judged, with the whole's leaders of phase 3 by type. */
interface OpenConfig {
  readonly input: ConfigInput;
  readonly leaders: ReadonlyMap<string, readonly Parameters[]>;
  readonly types: Map<string, JudgedType>;
  readonly searched: Map<string, Space>;
  readonly units: Map<string, GroupUnit>;
}

/**
 * Phases 2 to 4 for each group of symbols, up to the decision: searched on the group's training part, shrunk towards the whole, judged on the group's own parts.
 * One group after another, each released before the next.
 */
export async function judgeGroups(run: Run, inputs: Inputs, whole: WholeSearch): Promise<JudgedConfig[]> {
  const configs: OpenConfig[] = [];
  for (const input of inputs.configs) {
    const leaders = await wholeLeaders(run, inputs, whole, input);
    configs.push({ input, leaders, types: new Map(), searched: new Map(), units: new Map() });
  }
  const averages = new Map([...whole.captured.keys()].map((type) => [type, new Map()]));
  for (const group of inputs.groups!.groups) await judgeGroup({ run, inputs, all: whole, averages }, configs, group);
  return configs.map(({ input: { document, current }, types, searched, units }) => ({
    document,
    current,
    config: document?.path ?? null,
    phase3: {},
    types,
    searched,
    explored: new Map(),
    units,
  }));
}

/** Phase 3 over all symbols: nothing of it is applied. */
async function wholeLeaders(
  run: Run,
  { spaces, suggestions }: Inputs,
  { captured }: WholeSearch,
  { current }: ConfigInput,
): Promise<Map<string, readonly Parameters[]>> {
  const leaders = new Map<string, readonly Parameters[]>();
  for (const [type, { parts, top }] of captured) {
    const starts = startingPoints(top, current.get(type) ?? null, bestOfAnother(captured, type), suggestions);
    const profit = await run.session.phase("phase3", `searching profit and risk of all symbols, ${type}`, () =>
      run.session.piece(`profit ${type}`, () => profitType(run, parts, spaces.get(type)!, starts, comparedLeaders)),
    );
    leaders.set(
      type,
      profit.leaders.map(({ params }) => params),
    );
  }
  return leaders;
}

/** What all groups are judged with. */
interface AllGroups {
  /** Over all symbols. */
  readonly run: Run;
  readonly inputs: Inputs;
  readonly all: WholeSearch;
  /** What sets made over all symbols, by type: known from one group to the next. */
  readonly averages: ReadonlyMap<string, WholeAverages>;
}

async function judgeGroup(
  { run: whole, inputs, all, averages }: AllGroups,
  configs: readonly OpenConfig[],
  group: Group,
): Promise<void> {
  const { session, settings, longestBars } = whole;
  const run = new Run(session, settings, groupMarket(whole.market, group), longestBars);
  const universe = groupUniverse(all.universe, group);
  const captured = new Map<string, Captured>();
  for (const [type, space] of inputs.spaces) {
    const { table, labels, split } = universe;
    const weights = all.captured.get(type)!.report.weights;
    const capture = await session.phase("phase2", `searching what captures most, ${groupKey(type, group.name)}`, () =>
      session.piece(`capture ${group.name} ${type}`, () =>
        captureType(run, typePartsOf(type, table, labels, split), space, { weights, leaders: comparedLeaders }),
      ),
    );
    captured.set(type, capture);
  }
  const judge = new TypeJudge(run, universe, inputs.spaces, all.isHindsight, whole.market);
  const searching = { whole, run, inputs, all, captured, judge, group, averages };
  for (const config of configs) for (const type of captured.keys()) await judgeUnit(searching, config, type);
}

/** One group's searches. */
interface GroupSearch extends AllGroups {
  readonly whole: Run;
  readonly captured: ReadonlyMap<string, Captured>;
  readonly judge: TypeJudge;
  readonly group: Group;
}

/** One type of one config in one group. */
async function judgeUnit(search: GroupSearch, config: OpenConfig, type: string): Promise<void> {
  const { run, inputs, captured, judge, group } = search;
  const { session } = run;
  const { input, leaders, types, searched, units } = config;
  const key = groupKey(type, group.name);
  const capture = captured.get(type)!;
  const { parts, top } = capture;
  const space = inputs.spaces.get(type)!;
  const currents = currentSetsOf(type, group, input.current, input.bySymbol);
  const own = currents[0]?.params ?? null;
  const starts = startingPoints(top, own, bestOfAnother(captured, type), inputs.suggestions);
  const profit = await session.phase("phase3", `searching profit and risk, ${key}`, () =>
    session.piece(`profit ${group.name} ${type}`, () => profitType(run, parts, space, starts, comparedLeaders)),
  );
  const shrinkage = await session.piece(`shrink ${group.name} ${type}`, () =>
    shrunkOf(search, type, profit, leaders.get(type)!),
  );
  if (profit.last) searched.set(key, profit.last.space);
  else searched.set(key, space);
  const given = { current: own, suggestions: inputs.suggestions };
  const contenders = contendersOf(judge.searchOf(capture, given), profit, {
    currents,
    phase2: shrinkage.phase2?.params ?? null,
    phase3: shrinkage.phase3 && { params: shrinkage.phase3.params, isOwn: shrinkage.phase3.from === "group" },
  });
  const judged = await session.phase("phase4", `judging the result, ${key}`, () =>
    judge.judge(parts, contenders, input.document?.lastUpdateMs() ?? null),
  );
  types.set(key, judged);
  const phase3 = profit.report && { ...withShrunk3(profit.report, shrinkage.phase3), replays: judged.replays };
  const phase2 = withShrunk2(capture.report, parts, shrinkage.phase2);
  const missed = missedByType(new Map([[type, capture]]), { [type]: phase3 })[type]!;
  units.set(key, { type, group, currents, phase2, phase3, shrinkage, missed });
}

/** The set of each phase that the group's trades and the whole's tell to be the best. */
async function shrunkOf(
  { whole, run, all, captured, averages }: GroupSearch,
  type: string,
  profit: Profit,
  wholeLeaders3: readonly Parameters[],
): Promise<GroupUnit["shrinkage"]> {
  const { parts, leaders } = captured.get(type)!;
  const wholeOf = all.captured.get(type)!;
  const compared = {
    group: { run, part: parts.training },
    whole: { run: whole, part: wholeOf.parts.training },
  };
  const paramsOf = (sets: readonly { readonly params: Parameters }[]): Parameters[] => sets.map(({ params }) => params);
  const phase2 = { group: paramsOf(leaders), whole: paramsOf(wholeOf.leaders) };
  const phase3 = { group: paramsOf(profit.leaders), whole: wholeLeaders3 };
  const known = averages.get(type)!;
  const best2 = rankShrunk(compared, phase2, "total", known)[0] ?? null;
  await run.session.breathe();
  const best3 = rankShrunk(compared, phase3, run.settings.objective, known)[0] ?? null;
  await run.session.breathe();
  const { market, settings } = run;
  // As every winner: walked once more, trade by trade, by the plain rule.
  if (best3)
    run.replaying(parts.training, (replayer) =>
      verifyTrades(replayer.trades(best3.params), best3.params, parts.training.table, market, settings.rules),
    );
  return { phase2: best2, phase3: best3 };
}

function withShrunk3(report: Omit<Phase3Type, "replays">, set: ShrunkSet | null): Omit<Phase3Type, "replays"> {
  return set ? { ...report, ...set.figures, params: set.params, score: set.score } : report;
}

function withShrunk2(report: Phase2Type, { training }: TypeParts, set: ShrunkSet | null): Phase2Type {
  if (!set) return report;
  const { params, figures } = set;
  return { ...report, params, metrics: figures.metrics, learned: learnedFrom(training, params) };
}
