// The public API of `sluice/core`: the search without files, for browsers and for anything else that runs JavaScript.

export type { CandleDefects } from "./candles/candles.ts";
export type { CandleCounts } from "./candles/counts.ts";
export type { CandleSeries } from "./candles/series.ts";
export type { Follower as PageWorkerBase, PageWorker } from "./core/followers.ts";
export type { ErrorCode } from "./errorCodes.ts";
export {
  CapacityError,
  CoreFault,
  type ErrorDetails,
  InputError,
  SluiceError,
  type Warning,
} from "./errors.ts";
export type { ColumnSearchOptions, ColumnSearchRequest } from "./inPage/request.ts";
export { type ColumnSearchResult, searchColumns } from "./inPage/searchColumns.ts";
export type { OpportunityColumns } from "./opportunities/opportunityColumns.ts";
export type { SignalCounts } from "./opportunities/signalCounts.ts";
export type { Progress } from "./run/request.ts";
export { version } from "./run/version.ts";
export type { Objective } from "./search/objectives.ts";
export type { AllSets, EngineFigures, RankedSet, SearchedTable, SearchResult, SetFigures } from "./search/result.ts";
export type { Surface, SurfaceCell } from "./search/surfaceResult.ts";
export type { CommonReason, Metrics } from "./search/trades.ts";
export type { Parameters, ParameterValue, PartialExit, RoiTable } from "./space/parameters.ts";
