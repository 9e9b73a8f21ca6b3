import { cutExits, exitsIn } from "../search/cutExits.ts";
import { exitSidesIn } from "../search/exitGrid.ts";
import { planSearch } from "../search/planSearch.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { expectedCommand } from "./expected.ts";

/** What a search in parts would take. Field names are the JSON's. */
export interface PartsPlan {
  /** As wanted. */
  readonly parts: number;
  /** Parts without a set: there are more parts than exits. */
  readonly empty: number;
  /** The largest part, which is the last to end if each has a machine of its own. */
  readonly largest: {
    /** Sets in it. */
    readonly sets: number;
    /** Exits in it: stop items by target items. */
    readonly exits: number;
    /** Of its engine. */
    readonly linear_memory_bytes: number;
    /** Of its search, without starting and reading. */
    readonly engine_milliseconds: number;
    /** The whole command: it starts and reads like that of a whole search. */
    readonly milliseconds: number;
    /** Of the whole command, bytes. */
    readonly peak_rss: number;
    /** Of the part's file, at most. */
    readonly file_bytes: number;
  };
  /** Of the files of all parts, at most. */
  readonly files_bytes: number;
  /** Of all parts, one after the other on one machine. */
  readonly milliseconds: number;
  /** Whole search / largest part: how much sooner the result is there with a machine for each part. */
  readonly speedup: number;
  /** Whole search / all parts: what is left of the machines' time once each has started, read, and walked the opportunities. */
  readonly efficiency: number;
  /** Whether at least half of the machines' time goes into what one machine would do. */
  readonly pays: boolean;
}

/** Bytes of one set in a part's file, parameters and metrics as JSON, and of the rest. Measured; see docs/scale.md. */
const setBytes = 900;
const headBytes = 500;
const leastEfficiency = 0.5;

/** Plans a search in so many parts, beside the whole command's time and that of its reading, in milliseconds. Throws CapacityError if a part does not fit the memory. */
export function planParts(
  task: SearchTask,
  parts: number,
  whole: { readonly milliseconds: number; readonly readingMilliseconds: number },
): PartsPlan {
  const { stops, targets } = exitSidesIn(task.space);
  const ranges = cutExits(stops, targets, parts);
  const full = ranges.filter((range) => exitsIn(range) > 0);
  const sized = new Map(
    full.map((range) => [`${range.endStop - range.firstStop} ${range.endTarget - range.firstTarget}`, range]),
  );
  const costs = new Map<string, ReturnType<typeof costOf>>();
  for (const [size, exits] of sized) costs.set(size, costOf({ ...task, exits }, whole.readingMilliseconds));
  const each = full.map(
    (range) => costs.get(`${range.endStop - range.firstStop} ${range.endTarget - range.firstTarget}`)!,
  );
  const largest = each.reduce((slowest, cost) => (cost.milliseconds > slowest.milliseconds ? cost : slowest));
  const times = partsTimes(
    whole.milliseconds,
    each.map((cost) => cost.milliseconds),
  );
  return {
    parts,
    empty: parts - full.length,
    largest,
    files_bytes: each.reduce((sum, { file_bytes }) => sum + file_bytes, 0),
    ...times,
  };
}

/** What a cut makes of a search that takes `whole` milliseconds as one command, from what each of its parts takes as a command of its own. */
export function partsTimes(
  whole: number,
  each: readonly number[],
): Pick<PartsPlan, "milliseconds" | "speedup" | "efficiency" | "pays"> {
  const milliseconds = each.reduce((sum, part) => sum + part, 0);
  const efficiency = whole / milliseconds;
  const speedup = whole / each.reduce((slowest, part) => Math.max(slowest, part), 0);
  return { milliseconds, speedup, efficiency, pays: efficiency >= leastEfficiency };
}

function costOf(task: SearchTask, readingMilliseconds: number): PartsPlan["largest"] {
  const plan = planSearch(task);
  const { sets, exits, linear_memory_bytes, engine_milliseconds } = plan;
  return {
    sets,
    exits,
    linear_memory_bytes,
    engine_milliseconds,
    ...expectedCommand(task, plan, readingMilliseconds, engine_milliseconds),
    file_bytes: headBytes + Math.min(sets, plan.leaderboard.sets) * setBytes,
  };
}
