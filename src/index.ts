export type { Candles, Market } from "./candles/candles.ts";
export { type InspectedFile, inspectCandles } from "./candles/inspect.ts";
export { readMarket } from "./candles/read.ts";
export { diffConfig, diffFiles } from "./config/diff.ts";
export { type ConfigDocument, openConfig } from "./config/document.ts";
export type { ConfigDiff, SaveResult } from "./config/result.ts";
export { rollback } from "./config/rollback.ts";
export { demo } from "./demo.ts";
export { CapacityError, CoreFault, InputError, SluiceError } from "./errors.ts";
export { optimize } from "./optimize.ts";
export type { PlanResult, ScanResult, SimulateResult, ValidateResult } from "./report/answers.ts";
export type { ConfigRun, OptimizeResult } from "./report/result.ts";
export { plan } from "./run/plan.ts";
export type {
  OptimizeRequest,
  Progress,
  RunOptions,
  ScanRequest,
  SearchRequest,
  SimulateRequest,
  ValidateRequest,
} from "./run/request.ts";
export { scan } from "./run/scan.ts";
export { search } from "./run/search.ts";
export { AbortedError } from "./run/session.ts";
export { simulate } from "./run/simulate.ts";
export { validate } from "./run/validate.ts";
export { version } from "./run/version.ts";
export type { RankedSet, SearchResult } from "./search/result.ts";
export type { Metrics, Trade } from "./search/trades.ts";
export type { Parameters, Space } from "./space/parameters.ts";
