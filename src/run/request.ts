import { availableParallelism } from "node:os";
import { defaultBreakRatio } from "../candles/breaks.ts";
import type { CandleSeries } from "../candles/series.ts";
import type { Constraints, Objective } from "../search/objectives.ts";
import type { IntrabarRule, TradeRules } from "../search/trades.ts";
import { checkRequest } from "./requestCheck.ts";

/** What is read of the market, and how opportunities are labelled. */
export interface MarketOptions {
  /** 15 minutes unless said. */
  readonly timeframeMs?: number;
  readonly symbols?: readonly string[];
  /** First and last open time, epoch ms. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** The last so many days of each symbol. */
  readonly days?: number;
  /** Drop and count impossible rows instead of refusing them. */
  readonly lenient?: boolean;
  /** 24 unless said. */
  readonly lookaheadHours?: number;
  /** MFE that makes an opportunity an objective one, a fraction; 0.08 unless said. */
  readonly minProfit?: number;
  /** Count directional activations in either direction, as the older system did. */
  readonly legacyActivations?: boolean;
  /** The present, epoch ms; the clock's by default. */
  readonly nowMs?: number;
  /** Ratio of an open to the close before it from which on a series breaks; 8 by default. */
  readonly breakRatio?: number;
}

export type ExitModel = "path" | "summary";

/** How trades are counted and sets are ranked. */
export interface SearchOptions {
  /** A side, a fraction; 0.0005 and 0.0002 unless said. */
  readonly fee?: number;
  readonly slippage?: number;
  readonly fundingPer8h?: number;
  readonly intrabar?: IntrabarRule;
  readonly exitModel?: ExitModel;
  /** 20 unless said. */
  readonly minTrades?: number;
  /** Percent points. */
  readonly maxDrawdown?: number;
  /** Share, 0-1. */
  readonly minCaptureRate?: number;
  /** Percent points; 20 unless said. */
  readonly drawdownLimit?: number;
  /** The engine's linear memory, bytes; 16 MiB unless said. */
  readonly memoryBytes?: number;
  /** Threads that share a search; `auto` (unless said) leaves one core free. */
  readonly threads?: number | "auto";
  readonly seed?: number;
  /** Sets on a leaderboard; 20 unless said. */
  readonly top?: number;
}

/** Where candles come from: a folder, or columns already in memory. */
export interface MarketSource extends MarketOptions {
  readonly candles: string | readonly CandleSeries[];
  /** Peak RSS of the whole process, bytes: a run that would take more is refused, or ended where it comes to take more. */
  readonly maxRssBytes?: number;
}

export interface OptimizeRequest extends MarketSource, SearchOptions {
  /** The user's own signals in place of the scanner. */
  readonly signals?: string;
  readonly configs?: readonly string[];
  readonly spaceFile?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  /** Save nothing to any config unless the overall verdict of every one is PASSED or WARNING. */
  readonly strict?: boolean;
  /** Save although the candles end more than 24 h before now. */
  readonly allowStale?: boolean;
  readonly suggestFile?: string;
  readonly coarseCombos?: number;
  readonly fineCombos?: number;
  /** `objective` looks at the future to choose its opportunities: to compare with the older system, never saved. */
  readonly universe?: "all" | "objective";
  /** Percent points by which new parameters must beat the current ones. */
  readonly margin?: number;
  /** Positions open at once over all symbols, in the one-position replay. */
  readonly maxOpen?: number;
  /** Walk-forward windows train on the span before alone, instead of on all before. */
  readonly rolling?: boolean;
}

export interface ScanRequest extends MarketSource {
  readonly out: string;
}

export interface TableRequest extends MarketSource, SearchOptions {
  /** Opportunities or signals file. */
  readonly opportunities: string;
  readonly type?: string;
}

export interface SearchRequest extends TableRequest {
  readonly spaceFile: string;
  readonly objective?: Objective;
}

export interface SimulateRequest extends TableRequest {
  readonly paramsFile: string;
  readonly tradesFile?: string;
}

export interface ValidateRequest extends TableRequest {
  readonly paramsFile: string;
  readonly currentFile?: string;
  /** The space that the set was chosen from; the built-in one unless said. */
  readonly spaceFile?: string;
  readonly margin?: number;
  readonly maxOpen?: number;
  readonly rolling?: boolean;
}

/** What a run says while it works. */
export interface Progress {
  readonly phase: string;
  readonly message: string;
  /** Part of the phase that is done, 0-1, where known. */
  readonly fraction?: number;
}

export interface RunOptions {
  /** An AbortSignal, or anything else that says it. */
  readonly signal?: { readonly aborted: boolean };
  readonly onProgress?: (progress: Progress) => void;
  /** Does work whose files must not be left half-written by whoever stops the run. */
  readonly withFiles?: <T>(work: () => Promise<T>, stays?: (done: T) => boolean) => Promise<T>;
}

/** Options with every default in place. */
export interface Settings {
  readonly timeframeMs: number;
  readonly lookaheadBars: number;
  readonly lookaheadHours: number;
  readonly minProfit: number;
  readonly lenient: boolean;
  readonly nowMs: number;
  readonly breakRatio: number;
  readonly rules: TradeRules;
  readonly constraints: Constraints;
  readonly drawdownLimit: number;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly seed: number;
  readonly top: number;
}

/** Throws InputError where an option cannot be meant. */
export function settingsOf(request: MarketOptions & SearchOptions): Settings {
  checkRequest(request);
  const timeframeMs = request.timeframeMs ?? 900_000;
  const lookaheadHours = request.lookaheadHours ?? 24;
  const lookaheadBars = Math.max(1, Math.round((lookaheadHours * 3_600_000) / timeframeMs));
  return {
    timeframeMs,
    lookaheadHours,
    lookaheadBars,
    minProfit: request.minProfit ?? 0.08,
    lenient: request.lenient ?? false,
    nowMs: request.nowMs ?? Date.now(),
    breakRatio: request.breakRatio ?? defaultBreakRatio,
    rules: {
      fee: request.fee ?? 0.0005,
      slippage: request.slippage ?? 0.0002,
      fundingPer8h: request.fundingPer8h ?? 0,
      intrabar: request.intrabar ?? "stop-first",
      summaryBars: request.exitModel === "summary" ? lookaheadBars : null,
    },
    constraints: {
      minTrades: request.minTrades ?? 20,
      ...(request.maxDrawdown !== undefined && { maxDrawdown: request.maxDrawdown }),
      ...(request.minCaptureRate !== undefined && { minCaptureRate: request.minCaptureRate }),
    },
    drawdownLimit: request.drawdownLimit ?? 20,
    memoryBytes: request.memoryBytes ?? 16 * 1024 * 1024,
    threads: threadsOf(request.threads ?? "auto"),
    seed: request.seed ?? 1,
    top: request.top ?? 20,
  };
}

/** As many threads as asked for; `auto` leaves one core to whatever else the machine runs. */
function threadsOf(threads: number | "auto"): number {
  return threads === "auto" ? Math.max(1, availableParallelism() - 1) : threads;
}
