export type { Candles, Market } from "./candles/candles.ts";
export type { InspectedFile } from "./candles/inspect.ts";
export { readMarket } from "./candles/read.ts";
export { diffConfig, diffFiles } from "./config/diff.ts";
export { type ConfigDocument, openConfig } from "./config/document.ts";
export { type BackupList, type ListedBackup, listBackups } from "./config/listBackups.ts";
export type { ConfigDiff, DiffEntry, SaveResult } from "./config/result.ts";
export { type RollbackOptions, type RollbackResult, rollback } from "./config/rollback.ts";
export { CapacityError, CoreFault, InputError, SluiceError } from "./errors.ts";
export { demo, inspectCandles, optimize, plan, scan, search, simulate, validate } from "./library/calls.ts";
export type { CallOptions } from "./library/offThread.ts";
export type { SignalCounts } from "./opportunities/notices.ts";
export type { PlanResult, ScanResult, SimulateResult, ValidateResult } from "./report/answers.ts";
export type { ConfigRun, OptimizeResult } from "./report/result.ts";
export type {
  OptimizeRequest,
  Progress,
  ScanRequest,
  SearchRequest,
  SimulateRequest,
  ValidateRequest,
} from "./run/request.ts";
export { AbortedError } from "./run/session.ts";
export { version } from "./run/version.ts";
export type { RankedSet, SearchResult } from "./search/result.ts";
export type { Metrics, Trade } from "./search/trades.ts";
export type { Parameters, Space } from "./space/parameters.ts";
