// Every type that an export of the library leads to and that no other line of its index has: so that each can be named. Words that say little outside of their room have the room's name before them.

export type { CandleCounts } from "../candles/counts.ts";
export type { FileKind as CandleFileKind } from "../candles/fileName.ts";
export type { Comparable as ComparableConfig } from "../config/diff.ts";
export type { Snapshot as ConfigSnapshot } from "../config/document.ts";
export type {
  ConfigValues,
  Layout as ConfigLayout,
  Place as ConfigPlace,
  Values as ConfigBlockValues,
} from "../config/layout.ts";
export type { LedgerResult } from "../config/ledger.ts";
export type { LedgerState } from "../config/ledgerRead.ts";
export type { Container as ConfigContainer, Member as ConfigMember } from "../config/members.ts";
export type { Block as ConfigBlock, Scan as ConfigScan } from "../config/scan.ts";
export type { Style as ConfigStyle } from "../config/style.ts";
export type { Baseline } from "../opportunities/baseline.ts";
export type { GateCounts } from "../opportunities/scan.ts";
export type { RankingPlan } from "../portfolio/planRanking.ts";
export type {
  Band as RehearsalBand,
  Interval as RehearsalInterval,
  NullBand,
  Outcome as RehearsalOutcome,
  PolicyAccount,
  VerdictRow,
} from "../rehearsal/result.ts";
export type { CallName, RequestOf } from "../run/calls.ts";
export type { DemoResult } from "../run/demo.ts";
export type { AllPlan } from "../run/everySet/size.ts";
export type { PartsPlan } from "../run/planParts.ts";
export type {
  MemorySample,
  Missed as MissedOpportunities,
  ParameterImportance,
  Phase1,
  Phase2Type,
  Phase3Type,
  Replay as ReplayedSet,
} from "../run/results.ts";
export type { ExitRange } from "../search/exitGrid.ts";
export type { LeaderboardSize } from "../search/leaderboardSize.ts";
export type { MatrixCell } from "../search/matrix.ts";
export type { Objective } from "../search/objectives.ts";
export type { SearchPlan } from "../search/planSearch.ts";
export type { Stage as SearchStage, Start as SearchStart } from "../search/profitSearch.ts";
export type {
  EngineFigures,
  RankedSet as SetRankedBySums,
  SearchedTable,
  SearchResult as SearchBySumsResult,
  SetFigures,
} from "../search/result.ts";
export type { StartingPoint } from "../search/startingPoints.ts";
export type { ChosenWeights } from "../search/weightChoice.ts";
export type { Baselines } from "../validation/baselines.ts";
export type { Breakdown, BreakdownRow, Slice as BreakdownSlice } from "../validation/breakdown.ts";
export type { AgainstBoth, Evidence as ChallengerEvidence } from "../validation/challenger.ts";
export type {
  LeftOut as TestLeftOut,
  Limits as TestLimits,
  NotRun as TestNotRun,
  TestFinding,
  TestName,
  TestOutcome,
  Verdict,
} from "../validation/finding.ts";
export type { Histogram, TestPicture } from "../validation/histogram.ts";
export type {
  AppliedName,
  CandidateName,
  CandidateResult,
  ChallengedDecision,
  ChallengerCode,
  ChallengerResult,
  Decision,
  DecisionReason,
  GateCode,
  GateComparison,
  GateResult,
  NotSaved,
  SetVerdict,
  TestResult,
  TypeValidation,
} from "../validation/result.ts";
export type { WalkForward } from "../validation/walkForward.ts";
export type { Language } from "../words/catalogue/languages.ts";
