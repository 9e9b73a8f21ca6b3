import { isSame } from "../config/same.ts";
import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import type { RunDiff, RunDifference, TypeDifference } from "./answers.ts";
import { runAt } from "./findRun.ts";
import { keyedResult } from "./groups/keyed.ts";
import { readResult } from "./readResult.ts";
import type { DiffRunsRequest } from "./request.ts";
import type { ConfigRun, OptimizeResult } from "./results.ts";

/** What differs between two runs: inputs and options first, then what they found for each type. Throws InputError. */
export async function diffRuns({ oldPath, newPath }: DiffRunsRequest): Promise<RunDiff> {
  const [old, fresh] = [await runOf(oldPath), await runOf(newPath)];
  const [a, b] = [old.result, fresh.result];
  return {
    old: old.compared,
    new: fresh.compared,
    same_inputs: a.fingerprint === b.fingerprint,
    same_results: isSame(findings(a), findings(b)),
    inputs: differences(inputsOf(a), inputsOf(b)),
    options: differences(a.options ?? {}, b.options ?? {}),
    types: pairs(a, b).flatMap(([one, other]) => typeDifferences(one, other)),
  };
}

async function runOf(path: string) {
  const run = await runAt(path);
  if (!run)
    throw new InputError("RUN_NOT_FOUND", "no result of a run at this path", {
      where: escaped(path),
      found: "nothing",
      expected: "a report folder (--out of an earlier run) or its result.json",
      remedy: "check the path",
    });
  const result = keyedResult(await readResult(run.file));
  const { version, fingerprint } = result;
  return { result, compared: { time: run.timeMs, folder: run.folder, version, fingerprint } };
}

type Values = Readonly<Record<string, unknown>>;

/** What a run's results depend on, as far as the result tells: the fingerprint covers all of it. */
function inputsOf({ version, phase1, split }: OptimizeResult): Values {
  const { from, to, symbols, candles, opportunities } = phase1;
  return { version, data_from: from, data_to: to, symbols, candles, opportunities, split_time: split?.time ?? null };
}

/** What a run found, judged and decided. */
function findings({ split, phase1, phase2, runs }: OptimizeResult): unknown {
  const decided = runs.map(({ phase3, phase4, missed, diff, changed, decision }) => ({
    ...{ phase3, phase4, missed, diff, changed },
    decision: outcomesOf(decision),
  }));
  return { split, phase1, phase2, decided };
}

function outcomesOf(decision: ConfigRun["decision"]): Values {
  return Object.fromEntries(Object.entries(decision).map(([type, { advice, applied }]) => [type, { advice, applied }]));
}

type Maybe<T> = T | undefined;

/** The configs of two runs: by place where each has one, otherwise by path. */
function pairs(a: OptimizeResult, b: OptimizeResult): (readonly [Maybe<ConfigRun>, Maybe<ConfigRun>])[] {
  if (a.runs.length === 1 && b.runs.length === 1) return [[a.runs[0], b.runs[0]]];
  const names = new Set([...a.runs, ...b.runs].map(({ config }) => config));
  const of = ({ runs }: OptimizeResult, name: string | null): Maybe<ConfigRun> =>
    runs.find(({ config }) => config === name);
  return [...names].map((name) => [of(a, name), of(b, name)]);
}

/** The types of one config that differ. */
function typeDifferences(a: Maybe<ConfigRun>, b: Maybe<ConfigRun>): TypeDifference[] {
  const types = new Set([a, b].flatMap((run) => Object.keys(run?.phase4.types ?? {})));
  return [...types]
    .map((type) => ({
      config: (b ?? a)!.config,
      type,
      outcome: differences(outcomeOf(a, type), outcomeOf(b, type)),
      params: differences(a?.phase3[type]?.params ?? {}, b?.phase3[type]?.params ?? {}),
      metrics: differences(metricsOf(a, type), metricsOf(b, type)),
    }))
    .filter(({ outcome, params, metrics }) => outcome.length + params.length + metrics.length > 0);
}

function outcomeOf(run: Maybe<ConfigRun>, type: string): Values {
  const decision = run?.decision[type];
  return { verdict: run?.phase4.types[type]?.verdict, advice: decision?.advice, applied: decision?.applied };
}

/** Names of the figures that are compared, in the words of a result. */
const compared = ["n", "win_rate", "avg_return", "total_return", "max_drawdown"] as const;

function metricsOf(run: Maybe<ConfigRun>, type: string): Values {
  const replays = (run?.phase3[type]?.replays ?? []).filter(({ set, part }) => set !== "phase2" && part === "holdout");
  return Object.fromEntries(
    replays.flatMap(({ set, one_position }) => compared.map((name) => [`${set}.${name}`, one_position[name]])),
  );
}

/** Values by name that are not the same in both. */
function differences(a: Values, b: Values): RunDifference[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names
    .map((name) => ({ name, old: a[name] ?? null, new: b[name] ?? null }))
    .filter((entry) => !isSame(entry.old, entry.new));
}
