import type { InspectedFile } from "../candles/inspect.ts";
import type { OpportunityRow } from "../opportunities/rowObjects.ts";
import type { JobStatus, PartResult, SplitResult } from "../parts/result.ts";
import type { SearchResult } from "../portfolio/searchResult.ts";
import type { RehearseResult } from "../rehearsal/result.ts";
import type {
  ConvertResult,
  ExportResult,
  PlanResult,
  RunDiff,
  RunList,
  ScanResult,
  ShownRun,
  SimulateResult,
  ValidateResult,
} from "../run/answers.ts";
import type { DemoResult } from "../run/demo.ts";
import type { Recommendation } from "../run/recommendation.ts";
import type {
  ConvertRequest,
  DemoRequest,
  DiffRunsRequest,
  ExportRequest,
  InspectRequest,
  JobRequest,
  ListRunsRequest,
  MergeRequest,
  OptimizeRequest,
  PlanRequest,
  RecommendRequest,
  RehearseRequest,
  RunPartRequest,
  ScanRequest,
  SearchRequest,
  ShowRunRequest,
  SimulateRequest,
  SplitRequest,
  ValidateRequest,
} from "../run/request.ts";
import type { OptimizeResult } from "../run/results.ts";
import type { CallOptions } from "./callOptions.ts";
import { called } from "./offThread.ts";

/** The whole run: scan, learn, search, validate, and save the parameters that pass. */
export function optimize(request: OptimizeRequest, options?: CallOptions): Promise<OptimizeResult> {
  return called("optimize", request, options);
}

/**
 * The whole run for one config, up to its decision: a plain JSON value that says what would change, and why, for `apply`. The config is not written; its ledger records the
 * look at the hold-out.
 */
export function recommend(request: RecommendRequest, options?: CallOptions): Promise<Recommendation> {
  return called("recommend", request, options);
}

/** The whole run on a synthetic market. */
export function demo(request: DemoRequest = {}, options?: CallOptions): Promise<DemoResult> {
  return called("demo", request, options);
}

/** Phase 1 only: candles to opportunities, as rows of the result, or in a file if `out` names one. */
export function scan(
  request: ScanRequest & { readonly out: string },
  options?: CallOptions,
): Promise<ScanResult & { readonly file: string }>;
export function scan(
  request: ScanRequest & { readonly out?: undefined },
  options?: CallOptions,
): Promise<ScanResult & { readonly file: null; readonly rows: readonly OpportunityRow[] }>;
export function scan(request: ScanRequest, options?: CallOptions): Promise<ScanResult>;
export function scan(request: ScanRequest, options?: CallOptions): Promise<ScanResult> {
  return called("scan", request, options);
}

/** One exhaustive search of one type's space over opportunities. */
export function search(request: SearchRequest, options?: CallOptions): Promise<SearchResult> {
  return called("search", request, options);
}

/** One parameter set over opportunities, trade by trade; the result has every trade. */
export function simulate(request: SimulateRequest, options?: CallOptions): Promise<SimulateResult> {
  return called("simulate", request, options);
}

/** Phase 4 only, for any parameter set. */
export function validate(request: ValidateRequest, options?: CallOptions): Promise<ValidateResult> {
  return called("validate", request, options);
}

/** Replays the nightly decision over the past: what following it would have earned. Writes nothing but a report, if one is wanted. */
export function rehearse(request: RehearseRequest, options?: CallOptions): Promise<RehearseResult> {
  return called("rehearse", request, options);
}

/** What a search would need, before it runs. */
export function plan(request: PlanRequest, options?: CallOptions): Promise<PlanResult> {
  return called("plan", request, options);
}

/**
 * Cuts a search into parts by its exits, for several processes or machines: a folder with the job's manifest and a copy of everything that is read,
 * values in memory as files.
 * The same request again leaves the folder, and the parts finished in it, as they are.
 */
export function splitSearch(request: SplitRequest, options?: CallOptions): Promise<SplitResult> {
  return called("splitSearch", request, options);
}

/** Searches one part of a job and writes its file into the job's folder; a part that is finished is not searched again. */
export function runPart(request: RunPartRequest, options?: CallOptions): Promise<PartResult> {
  return called("runPart", request, options);
}

/** The result of a whole job, that of `search` on one machine: InputError JOB_PARTS names every part that is missing, damaged or of another job. */
export function mergeParts(request: MergeRequest, options?: CallOptions): Promise<SearchResult> {
  return called("mergeParts", request, options);
}

/** How far a job is: which parts are finished, what is wrong with others, and the floor for those to come. */
export function jobStatus(request: JobRequest, options?: CallOptions): Promise<JobStatus> {
  return called("jobStatus", request, options);
}

/** Candle files in any form that is read as Sluice's own CSV. */
export function convert(request: ConvertRequest, options?: CallOptions): Promise<ConvertResult> {
  return called("convert", request, options);
}

/** A parameter set written in the format of another program, such as a parameter file of a freqtrade strategy. */
export function exportParameters(request: ExportRequest, options?: CallOptions): Promise<ExportResult> {
  return called("exportParameters", request, options);
}

/** Past runs in report folders and ledgers, the newest first. */
export function listRuns(request: ListRunsRequest, options?: CallOptions): Promise<RunList> {
  return called("listRuns", request, options);
}

/** The result of a past run, by its folder, its fingerprint or its time. */
export function showRun(request: ShowRunRequest, options?: CallOptions): Promise<ShownRun> {
  return called("showRun", request, options);
}

/** What differs between two runs: inputs, options, parameters, metrics, verdicts and decisions. */
export function diffRuns(request: DiffRunsRequest, options?: CallOptions): Promise<RunDiff> {
  return called("diffRuns", request, options);
}

/** The contents of a candle folder or file: its path, or a request that names it. */
export function inspectCandles(request: string | InspectRequest, options?: CallOptions): Promise<InspectedFile[]> {
  return called("inspectCandles", typeof request === "string" ? { path: request } : request, options);
}
