export type { Candles, Market } from "./candles/candles.ts";
export type { InspectedFile } from "./candles/inspect.ts";
export type { ConfigDocument } from "./config/document.ts";
export type { BackupList, ListedBackup } from "./config/listBackups.ts";
export type { ConfigDiff, DiffEntry, SaveResult } from "./config/result.ts";
export type { RollbackResult } from "./config/rollback.ts";
export { CapacityError, CoreFault, InputError, SluiceError } from "./errors.ts";
export type { CallOptions } from "./library/callOptions.ts";
export {
  convert,
  demo,
  inspectCandles,
  optimize,
  plan,
  rehearse,
  scan,
  search,
  simulate,
  validate,
} from "./library/calls.ts";
export {
  diffConfig,
  diffFiles,
  listBackups,
  openConfig,
  type ReadMarketOptions,
  type RollbackOptions,
  readMarket,
  rollback,
} from "./library/files.ts";
export type { SignalCounts } from "./opportunities/notices.ts";
export type { PolicyFigures, PolicyName, RehearsedDecision, RehearseResult } from "./rehearsal/result.ts";
export type {
  ConvertedFile,
  ConvertResult,
  PlanResult,
  ScanResult,
  SimulateResult,
  ValidateResult,
} from "./run/answers.ts";
export { defaults, defaultTop } from "./run/defaults.ts";
export type {
  ConvertRequest,
  DemoRequest,
  InspectRequest,
  OptimizeRequest,
  Progress,
  RehearseRequest,
  ScanRequest,
  SearchRequest,
  SimulateRequest,
  ValidateRequest,
} from "./run/request.ts";
export type { ConfigRun, OptimizeResult } from "./run/results.ts";
export { AbortedError } from "./run/session.ts";
export { version } from "./run/version.ts";
export type { RankedSet, SearchResult } from "./search/result.ts";
export type { Metrics, Trade } from "./search/trades.ts";
export type { Parameters, Space } from "./space/parameters.ts";
