import type * as v from "valibot";
import { nodeModule } from "../nodeModule.ts";
import type { EntryRule } from "../opportunities/entry.ts";
import { defaultStake, type Portfolio, stakeOf } from "../portfolio/portfolio.ts";
import type { Ranking } from "../portfolio/rankings.ts";
import type { Constraints, Objective } from "../search/objectives.ts";
import type { TradeRules } from "../search/trades.ts";
import type { Language } from "../words/catalogue/languages.ts";
import type { RequestOf } from "./calls.ts";
import { defaults, defaultTop, portfolioDefaults, rankingDefaults } from "./defaults.ts";
import type {
  constraintOptions,
  engineOptions,
  entryOptions,
  labelOptions,
  marketOptions,
  objectiveOption,
  scannerOptions,
  seedOption,
  signalOptions,
  sourceOptions,
  stageOptions,
  tableOptions,
  topOption,
  tradeOptions,
  verdictOptions,
} from "./options.ts";
import type { rankedPortfolioOptions } from "./portfolioOptions.ts";

type OptionsOf<Entries extends v.ObjectEntries> = Readonly<v.InferOutput<v.ObjectSchema<Entries, undefined>>>;

/** Which candles are read. */
export type MarketOptions = OptionsOf<typeof marketOptions>;

/** Where candles come from, which of them are read, and how a scanner counts. */
export type MarketSource = OptionsOf<typeof sourceOptions & typeof scannerOptions>;

/** A market that trades are made in. */
export type TradedMarket = MarketSource & Pick<OptionsOf<typeof tradeOptions>, "funding">;

/** A table of opportunities over candles. */
export type TableRequest = OptionsOf<
  typeof sourceOptions & typeof labelOptions & typeof entryOptions & typeof tableOptions & typeof tradeOptions
>;

/** What `optimize` is given: candles or signals, configs, and every option of a run. */
export type OptimizeRequest = RequestOf<"optimize">;
/** What `recommend` is given: as `optimize`, for one config that is not written. */
export type RecommendRequest = RequestOf<"recommend">;
export type ApplyRequest = RequestOf<"apply">;
/** What `scan` is given. */
export type ScanRequest = RequestOf<"scan">;
/** What `search` is given: a table of opportunities, a space, and what sets are ranked by. */
export type SearchRequest = RequestOf<"search">;
/** What `plan` is given: as `search`, and perhaps a number of parts. */
export type PlanRequest = RequestOf<"plan">;
/** What `splitSearch` is given: a search of files or values, the number of parts and the job's folder. */
export type SplitRequest = RequestOf<"splitSearch">;
/** What `runPart` is given: a job's folder and the number of a part. */
export type RunPartRequest = RequestOf<"runPart">;
/** What `mergeParts` is given: a job's folder. */
export type MergeRequest = RequestOf<"mergeParts">;
/** What `jobStatus` is given: a job's folder. */
export type JobRequest = RequestOf<"jobStatus">;
/** What `simulate` is given: a table of opportunities and one set. */
export type SimulateRequest = RequestOf<"simulate">;
/** What `validate` is given: a table of opportunities and the set to judge. */
export type ValidateRequest = RequestOf<"validate">;
/** What `rehearse` is given: as `optimize`, with the time between two nights and how far each looks back. */
export type RehearseRequest = RequestOf<"rehearse">;
/** What `exportParameters` is given. */
export type ExportRequest = RequestOf<"exportParameters">;
/** What `demo` is given. */
export type DemoRequest = RequestOf<"demo">;
/** What `convert` is given. */
export type ConvertRequest = RequestOf<"convert">;
/** What `inspectCandles` is given. */
export type InspectRequest = RequestOf<"inspectCandles">;
/** What `listRuns` is given. */
export type ListRunsRequest = RequestOf<"listRuns">;
/** What `showRun` is given. */
export type ShowRunRequest = RequestOf<"showRun">;
/** What `diffRuns` is given. */
export type DiffRunsRequest = RequestOf<"diffRuns">;

/** A run's progress. */
export interface Progress {
  /** Name of the phase that is running. */
  readonly phase: string;
  /** What it is doing, in words. */
  readonly message: string;
  /** Completed part of the phase, 0-1, if known. */
  readonly fraction?: number;
  /** Completed part of the whole call, 0-1. It never falls, and is 1 in the last event of a call that succeeds. */
  readonly share: number;
  /** Since the call began, milliseconds. */
  readonly elapsedMs: number;
  /** Expected time until the call ends, milliseconds, from what was measured so far; null until there is enough of that. */
  readonly remainingMs: number | null;
}

export interface RunOptions {
  /** An AbortSignal, or anything that looks like one. */
  readonly signal?: { readonly aborted: boolean; readonly reason?: unknown };
  readonly onProgress?: (progress: Progress) => void;
  /** The command line that the call stands for, for its report. */
  readonly command?: string;
  /** The language of what is written for people. */
  readonly language?: Language;
  /** Does work whose files must not be left half-written if the run is stopped. */
  readonly withFiles?: <T>(work: () => Promise<T>, stays?: (done: T) => boolean) => Promise<T>;
}

/** Options with every default in place. */
export interface Settings {
  readonly timeframeMs: number;
  readonly lookaheadBars: number;
  readonly lookaheadHours: number;
  /** A fraction. */
  readonly minProfit: number;
  readonly lenient: boolean;
  /** Ratio between neighbouring candles that counts as a change of unit. */
  readonly breakRatio: number;
  /** Length of the bars the user's signals were computed on, milliseconds; null if not given. */
  readonly signalTimeframeMs: number | null;
  /** Where signals are entered. */
  readonly entry: EntryRule;
  /** The present, epoch ms. */
  readonly nowMs: number;
  readonly rules: TradeRules;
  /** What every search except phase 2's ranks by. */
  readonly objective: Objective;
  readonly constraints: Constraints;
  readonly drawdownLimit: number;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly seed: number;
  readonly top: number;
  /** Maximum sets per start in a stage of phase 3; all if undefined. */
  readonly stages: { readonly coarseCombos?: number; readonly fineCombos?: number };
  /** Percentage points per trade by which new parameters must beat the current ones. */
  readonly margin: number;
  /** Share of resamples in which new parameters must be better, over all decisions of a run. */
  readonly confidence: number;
  /** Maximum open positions over all symbols, in the one-position replay; no limit if undefined. */
  readonly limits: { readonly maxOpen?: number };
  /** One purse for all trades; null if every trade counts with the same stake. */
  readonly portfolio: Portfolio | null;
  /** How the best sets of a search are ranked once more; null if the objective alone ranks them. */
  readonly ranking: Ranking | null;
  /** Walk-forward windows train only on the span before. */
  readonly rolling: boolean;
}

/** Every option that settings are made of; each call has some of them. */
type SettingOptions = OptionsOf<
  typeof marketOptions &
    typeof labelOptions &
    typeof entryOptions &
    typeof signalOptions &
    typeof tradeOptions &
    typeof constraintOptions &
    typeof objectiveOption &
    typeof engineOptions &
    typeof seedOption &
    typeof topOption &
    typeof stageOptions &
    typeof verdictOptions &
    typeof rankedPortfolioOptions
>;

/** The settings of a checked request; `call` determines the default length of a leaderboard. */
export function settingsOf(request: SettingOptions, call: keyof typeof defaultTop = "optimize"): Settings {
  const { timeframeMs, lookaheadHours, exitModel, maxDrawdown, minCaptureRate, ...all } = {
    ...defaults,
    ...given(request),
  };
  const lookaheadBars = Math.max(1, Math.round((lookaheadHours * 3_600_000) / timeframeMs));
  const { fee, slippage, fundingPer8h, intrabar, minTrades, coarseCombos, fineCombos, maxOpen } = all;
  return {
    timeframeMs,
    lookaheadHours,
    lookaheadBars,
    minProfit: all.minProfit,
    lenient: all.lenient,
    breakRatio: all.breakRatio,
    signalTimeframeMs: all.signalTimeframeMs ?? null,
    entry: all.entry,
    nowMs: all.nowMs ?? Date.now(),
    rules: { fee, slippage, fundingPer8h, intrabar, summaryBars: exitModel === "summary" ? lookaheadBars : null },
    objective: all.objective,
    constraints: {
      minTrades,
      ...(maxDrawdown !== undefined && { maxDrawdown }),
      ...(minCaptureRate !== undefined && { minCaptureRate }),
    },
    drawdownLimit: all.drawdownLimit,
    memoryBytes: all.memoryBytes,
    threads: threadsOf(all.threads),
    seed: all.seed,
    top: all.top ?? defaultTop[call],
    stages: { ...(coarseCombos !== undefined && { coarseCombos }), ...(fineCombos !== undefined && { fineCombos }) },
    margin: all.margin,
    confidence: all.confidence,
    limits: maxOpen === undefined ? {} : { maxOpen },
    portfolio: portfolioOf(all),
    ranking: rankingOf(all),
    rolling: all.rolling,
  };
}

/** A checked portfolio with its defaults in place. */
function portfolioOf({ portfolio, maxOpen }: Pick<SettingOptions, "portfolio" | "maxOpen">): Portfolio | null {
  if (portfolio === undefined) return null;
  const { capital, stake, leverage, maintenanceMargin } = portfolio;
  return {
    capital,
    stake: stakeOf(stake) ?? defaultStake(maxOpen),
    leverage: leverage ?? portfolioDefaults.leverage,
    maintenanceMargin: maintenanceMargin ?? portfolioDefaults.maintenanceMargin,
    maxOpen: maxOpen ?? Number.POSITIVE_INFINITY,
  };
}

/** How sets are ranked by what a portfolio makes of them; null if they are not. */
function rankingOf(
  all: Pick<SettingOptions, "portfolio" | "maxOpen" | "rank" | "portfolioMetric" | "shortlist">,
): Ranking | null {
  const portfolio = portfolioOf(all);
  const { metric, shortlist } = rankingDefaults;
  if (portfolio === null || all.rank !== "portfolio") return null;
  return { portfolio, metric: all.portfolioMetric ?? metric, shortlist: all.shortlist ?? shortlist };
}

/** Without undefined options: they count as left out. */
function given<Options extends object>(options: Options): { [Key in keyof Options]: Exclude<Options[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never;
}

/** The requested number of threads; `auto` leaves one core free. */
function threadsOf(threads: number | "auto"): number {
  return threads === "auto" ? Math.max(1, (nodeModule("node:os")?.availableParallelism() ?? 1) - 1) : threads;
}
