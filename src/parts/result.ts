import type { ExitRange } from "../search/exitGrid.ts";
import type { EngineFigures, RankedSet, SearchedTable } from "../search/result.ts";

/** One part of a job, searched. Field names are those of the file. */
export interface PartResult {
  /** Of the part's file. */
  readonly format: "sluice-part-1";
  /** Of Sluice. */
  readonly version: string;
  /** Id of the job that the part belongs to. */
  readonly job: string;
  /** Its number, from 0. */
  readonly part: number;
  /** Its exits, by their places in the space. */
  readonly exits: ExitRange;
  /** Its sets. */
  readonly sets: number;
  /** Those of them that meet the constraints. */
  readonly ranked: number;
  /** Whether its leaderboard is certain; a merge refuses a part that is not. */
  readonly proven: boolean;
  /** Ordering key below which no set was wanted; null: all were. */
  readonly floor: number | null;
  /** The best of its sets, as many as the job's leaderboard has places; `index` counts in the whole space, `rank` in the part. */
  readonly top: readonly RankedSet[];
  /** How the engine searched it. */
  readonly engine: EngineFigures;
}

/** What keeps a part from being merged. */
export interface PartProblem {
  /** Number of the part. */
  readonly part: number;
  /** `missing`: not finished; `damaged`: not the file that was written; `foreign`: of another job or version; `unproven`, `floor`: see docs/scale.md. */
  readonly problem: "missing" | "damaged" | "foreign" | "unproven" | "floor";
  /** One sentence. */
  readonly found: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** The result of `split`. */
export interface SplitResult {
  /** The folder. */
  readonly folder: string;
  /** Id of the job. */
  readonly job: string;
  /** That of the search's result. */
  readonly fingerprint: string;
  /** The table that is searched. */
  readonly searched: SearchedTable;
  /** Of the whole space. */
  readonly sets: number;
  /** Parts that the job has. */
  readonly parts: number;
  /** Parts without a set: there are more parts than exits. */
  readonly empty: number;
  /** Of the copies of what is read. */
  readonly input_bytes: number;
  /** Whether the folder held this job already: its finished parts count. */
  readonly existed: boolean;
}

/** The result of `status`. */
export interface JobStatus {
  /** The job's folder, as given. */
  readonly folder: string;
  /** Id of the job. */
  readonly job: string;
  /** Of Sluice: its parts need the same. */
  readonly version: string;
  /** That of the search's result. */
  readonly fingerprint: string;
  /** The signal type. */
  readonly type: string;
  /** What sets are ranked by. */
  readonly objective: SearchedTable["objective"];
  /** Of the whole space. */
  readonly sets: number;
  /** Parts that the job has. */
  readonly parts: number;
  /** Parts that a merge would take. */
  readonly finished: number;
  /** Sets of the finished parts. */
  readonly finished_sets: number;
  /** Those of them that meet the constraints. */
  readonly ranked: number;
  /** Time of the finished parts in the engine, together. */
  readonly engine_milliseconds: number;
  /** Ordering key of the last place so far, for `--floor` of the parts to come; null while places are free. */
  readonly floor: number | null;
  /** Every other part, and why. */
  readonly open: readonly PartProblem[];
}
