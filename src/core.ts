// The public API of `sluice/core`: the search without files, for browsers and for anything else that runs JavaScript.

export type { CandleSeries } from "./candles/series.ts";
export type { PageWorker } from "./core/followers.ts";
export { CapacityError, CoreFault, InputError, SluiceError } from "./errors.ts";
export type { ColumnSearchOptions, ColumnSearchRequest } from "./inPage/request.ts";
export { type ColumnSearchResult, searchColumns } from "./inPage/searchColumns.ts";
export type { OpportunityColumns } from "./opportunities/opportunityColumns.ts";
export type { Progress } from "./run/request.ts";
export { version } from "./run/version.ts";
export type { RankedSet } from "./search/result.ts";
export type { Metrics } from "./search/trades.ts";
