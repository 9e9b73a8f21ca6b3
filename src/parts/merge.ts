import { InputError } from "../errors.ts";
import { exportTexts } from "../run/exportTexts.ts";
import { askAboutGains } from "../run/noMoney.ts";
import { checkExportOutput } from "../run/outputs.ts";
import type { MergeRequest, RunOptions } from "../run/request.ts";
import { searchResultOf } from "../run/search.ts";
import { Session } from "../run/session.ts";
import { writeExport } from "../run/writeExport.ts";
import { orderingKeyOf } from "../search/keys.ts";
import { compareSets, type Objective } from "../search/objectives.ts";
import type { EngineFigures, RankedSet, SearchResult } from "../search/result.ts";
import { shellWord } from "../text.ts";
import { type Manifest, readManifest } from "./manifest.ts";
import { readPart } from "./partFile.ts";
import type { PartProblem, PartResult } from "./result.ts";

/** Parts of a job that belong together so far, and what is wrong with all others. */
export interface FoundParts {
  readonly parts: readonly PartResult[];
  /** By number. */
  readonly open: readonly PartProblem[];
}

/** The result of a job whose parts are all finished. Throws InputError JOB_PARTS, which names every other part with its remedy. */
export async function mergeParts(request: MergeRequest, options: RunOptions = {}): Promise<SearchResult> {
  const session = new Session(options);
  const { bestFile, force } = request;
  if (bestFile !== undefined)
    await checkExportOutput({ format: "json", out: bestFile, ...(force !== undefined && { force }) });
  session.say("merge", "reading the parts");
  const manifest = await readManifest(request.job);
  const found = await findParts(request.job, manifest, session.beat);
  if (found.open.length > 0) throw notMerged(request.job, manifest, found.open);
  const result = mergedResult(manifest, found.parts);
  const best = result.top[0];
  const saved = best && bestFile;
  if (saved !== undefined) await session.withFiles(() => writeExport(saved, exportTexts.json(best!.params, saved)));
  session.finish();
  return saved === undefined ? result : { ...result, saved_best: saved };
}

/** Reads every part of a job. */
export async function findParts(folder: string, manifest: Manifest, beat: () => void): Promise<FoundParts> {
  const parts: PartResult[] = [];
  const open: PartProblem[] = [];
  for (let number = 0; number < manifest.parts.length; number++) {
    beat();
    const found = await readPart(folder, manifest, number);
    if ("problem" in found) open.push(found.problem);
    else parts.push(found.part);
  }
  return withoutUncertain(folder, manifest, { parts, open });
}

/** Parts that prove what they say. A part with a floor does if the last place of all is not below it. */
function withoutUncertain(folder: string, manifest: Manifest, found: FoundParts): FoundParts {
  const floor = floorOf(manifest, found.parts) ?? Number.NEGATIVE_INFINITY;
  const problems = found.parts.flatMap((part): PartProblem[] => {
    const again = `sluice part --job ${shellWord(folder)} --part ${part.part}`;
    if (!part.proven)
      return [
        {
          part: part.part,
          problem: "unproven",
          found: "more sets tie at its last place than a search replays, so that its order is not certain",
          remedy: `split again with a --top or a space in which fewer sets tie: candidates that no trade tells apart are one too many`,
        },
      ];
    if (part.floor === null || part.floor <= floor) return [];
    return [
      {
        part: part.part,
        problem: "floor",
        found: `its floor ${part.floor} is above the last place of the parts that are finished`,
        remedy: `${again}, without --floor`,
      },
    ];
  });
  const open = new Set(problems.map(({ part }) => part));
  return {
    parts: found.parts.filter(({ part }) => !open.has(part)),
    open: [...found.open, ...problems].sort((a, b) => a.part - b.part),
  };
}

/** Ordering key of the last place among these parts; null while places are free. */
export function floorOf({ head, top }: Manifest, parts: readonly PartResult[]): number | null {
  const { objective } = head.searched;
  const last = bestOf(
    objective,
    top,
    parts.filter(({ proven }) => proven).map((part) => part.top),
  )[top - 1];
  return last ? orderingKeyOf(objective, last.score, last.metrics) : null;
}

/** The best sets of several leaderboards, each set once: in whatever order and grouping they come. */
export function bestOf(
  objective: Objective,
  top: number,
  leaderboards: readonly (readonly RankedSet[])[],
): RankedSet[] {
  const byIndex = new Map(leaderboards.flat().map((set) => [set.index, set]));
  return [...byIndex.values()]
    .sort((a, b) => compareSets(objective, a, b))
    .slice(0, top)
    .map((set, k) => ({ ...set, rank: k + 1 }));
}

/** What one machine's search gives, from every part of a job in any order; a part may be there twice. */
export function mergedResult(manifest: Manifest, all: readonly PartResult[]): SearchResult {
  const { head, top } = manifest;
  const { objective } = head.searched;
  const parts = [...new Map(all.map((part) => [part.part, part])).values()];
  const best = bestOf(
    objective,
    top,
    parts.map((part) => part.top),
  );
  const session = new Session();
  for (const { code, message } of manifest.warnings) session.warn(code, message);
  askAboutGains(objective, best[0], session);
  const sum = (of: (part: PartResult) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const found = {
    sets: sum(({ sets }) => sets),
    ranked: sum(({ ranked }) => ranked),
    top: best,
    engine: enginesOf(parts.map(({ engine }) => engine)),
  };
  return searchResultOf(head, found, session.warnings);
}

/** What all parts together took: the largest memory and most threads of any, and the sum of what they did. */
function enginesOf(engines: readonly EngineFigures[]): EngineFigures {
  const sum = (of: (engine: EngineFigures) => number): number => engines.reduce((total, each) => total + of(each), 0);
  const most = (of: (engine: EngineFigures) => number): number => engines.reduce((m, each) => Math.max(m, of(each)), 0);
  return {
    linear_memory_bytes: most((engine) => engine.linear_memory_bytes),
    passes: sum(({ passes }) => passes),
    threads: most(({ threads }) => threads),
    replays: sum(({ replays }) => replays),
    milliseconds: sum(({ milliseconds }) => milliseconds),
  };
}

/** Parts that an error lists; the status has them all. */
const mostListed = 50;

function notMerged(folder: string, { parts }: Manifest, open: readonly PartProblem[]): InputError {
  const lines = open.slice(0, mostListed).map(({ part, problem, found }) => `part ${part} ${problem}: ${found}`);
  const more = open.length > mostListed ? `; and ${open.length - mostListed} more, which sluice status lists` : "";
  const remedies = [...new Set(open.slice(0, mostListed).map(({ remedy }) => remedy))];
  return new InputError("JOB_PARTS", `${open.length} of ${parts.length} parts cannot be merged`, {
    where: `--job ${folder}`,
    found: lines.join("; ") + more,
    expected: "every part of the job, finished and proven",
    remedy: remedies.join("; "),
  });
}
