export type { Break, CandleDefects, Candles, FundingRates, Hole, Market } from "./candles/candles.ts";
export type { InspectedFile } from "./candles/inspect.ts";
export type { OhlcvColumns, OhlcvNumber, OhlcvRow } from "./candles/ohlcv.ts";
export type { CandleSeries, CandlesInMemory } from "./candles/series.ts";
export type { ConfigDocument } from "./config/document.ts";
export type { BackupList, ListedBackup } from "./config/listBackups.ts";
export type { ConfigDiff, DiffEntry, SaveResult } from "./config/result.ts";
export type { RollbackResult } from "./config/rollback.ts";
export type { BotParameters } from "./config/watch.ts";
export { type ErrorCode, errorCodes } from "./errorCodes.ts";
export {
  CapacityError,
  CoreFault,
  type ErrorDetails,
  InputError,
  isSluiceError,
  SluiceError,
  type Warning,
} from "./errors.ts";
export type { CallOptions } from "./library/callOptions.ts";
export {
  convert,
  demo,
  diffRuns,
  exportParameters,
  inspectCandles,
  jobStatus,
  listRuns,
  mergeParts,
  optimize,
  plan,
  recommend,
  rehearse,
  runPart,
  scan,
  search,
  showRun,
  simulate,
  splitSearch,
  validate,
} from "./library/calls.ts";
export {
  type ApplyOptions,
  apply,
  diffConfig,
  diffFiles,
  listBackups,
  type OpenConfigOptions,
  openConfig,
  type ReadMarketOptions,
  type RollbackOptions,
  readMarket,
  rollback,
  type WatchConfigOptions,
  type WatchedConfig,
  watchConfig,
} from "./library/files.ts";
export {
  type CandlesFromOptions,
  type CreateMarketOptions,
  candlesFrom,
  createMarket,
  type MarketBuilder,
  type Now,
  type Timeframe,
} from "./library/market.ts";
export type * from "./library/types.ts";
export type { NotifyOptions } from "./notify/options.ts";
export type { NotifyTarget } from "./notify/target.ts";
export type { NotifyOn } from "./notify/when.ts";
export type { Refusal } from "./opportunities/gate.ts";
export type { SignalCounts } from "./opportunities/notices.ts";
export type { OpportunityRow } from "./opportunities/rowObjects.ts";
export type { SignalRow } from "./opportunities/signalRow.ts";
export type { PushResult, ScannedCandle } from "./opportunities/stream/marketBuffer.ts";
export type { JobStatus, PartProblem, PartResult, SplitResult } from "./parts/result.ts";
export type { PortfolioMetrics } from "./portfolio/metrics.ts";
export type { PortfolioPlan } from "./portfolio/plan.ts";
export type { SkipReason } from "./portfolio/portfolio.ts";
export type { PortfolioMetric } from "./portfolio/rankings.ts";
export type { JointAccount, PortfolioResult, PortfolioSettings } from "./portfolio/result.ts";
export type { RankedBy, RankedSet, SearchResult } from "./portfolio/searchResult.ts";
export type { PolicyFigures, PolicyName, RehearsedDecision, RehearseResult } from "./rehearsal/result.ts";
export type {
  ComparedRun,
  ConvertedFile,
  ConvertResult,
  ExportResult,
  LedgerLook,
  ListedRun,
  ListedType,
  PlanResult,
  RunDiff,
  RunDifference,
  RunList,
  ScanResult,
  ShownRun,
  SimulatedSet,
  SimulateResult,
  TypeDifference,
  ValidateResult,
} from "./run/answers.ts";
export type { ApplyResult } from "./run/apply.ts";
export { defaults, defaultTop } from "./run/defaults.ts";
export type { PortfolioOptions } from "./run/portfolioOptions.ts";
export type { Recommendation, RecommendedGroup, RecommendedType } from "./run/recommendation.ts";
export type {
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
  Progress,
  RecommendRequest,
  RehearseRequest,
  RunPartRequest,
  ScanRequest,
  SearchRequest,
  ShowRunRequest,
  SimulateRequest,
  SplitRequest,
  ValidateRequest,
} from "./run/request.ts";
export type { ConfigRun, GroupRun, GroupShrinkage, OptimizeResult } from "./run/results.ts";
export { AbortedError } from "./run/session.ts";
export type { TradeRow } from "./run/tradesFile.ts";
export { version } from "./run/version.ts";
export type { AllSets } from "./search/result.ts";
export type { Surface, SurfaceCell } from "./search/surfaceResult.ts";
export type { CommonReason, ExitReason, Metrics, Trade } from "./search/trades.ts";
export type { SpaceInput, SpaceValues } from "./space/files.ts";
export type { Parameters, ParameterValue, PartialExit, RoiTable, Space } from "./space/parameters.ts";
export type { Range } from "./space/ranges.ts";
