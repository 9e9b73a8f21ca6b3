import type { CandleCounts } from "../candles/counts.ts";
import type { PortfolioMetrics } from "../portfolio/metrics.ts";
import type { JointAccount } from "../portfolio/result.ts";
import type { RankedSet } from "../portfolio/searchResult.ts";
import type { RehearseResult } from "../rehearsal/result.ts";
import type { ListedRun } from "../run/answers.ts";
import type { Drawn } from "../run/drawing/drawn.ts";
import type { Explored } from "../run/drawing/explored.ts";
import type { MemorySample, Missed } from "../run/results.ts";
import type { Metrics } from "../search/trades.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import type { SetVerdict } from "../validation/result.ts";
import type { Texts } from "../words/catalogue/en.ts";
import type { PageVerb } from "./data/frame.ts";

/** One set beside others. */
export interface ShownSet {
  /** Its part on the page, which the catalogue has in words. */
  readonly label: keyof Texts["page"]["sets"];
  readonly params: Parameters;
  /** On the hold-out with one position per symbol, or of the whole simulation; null if unknown. */
  readonly metrics: Metrics | null;
  /** What its purse made there; only with a portfolio. */
  readonly account?: PortfolioMetrics | null;
}

/** One signal type of one config: what the parts that are about trades, tests and parameters go through. */
export interface Subject {
  /** The type, after the config's name if there are several. */
  readonly name: string;
  readonly type: string;
  readonly now: ShownSet | null;
  readonly proposed: ShownSet | null;
  /** What was decided and why, in words; null if nothing was to be decided. */
  readonly decision: string | null;
  readonly verdict: SetVerdict | null;
  readonly space: Space | null;
  readonly top: readonly RankedSet[];
  /** Sets that were ranked; null if unknown. */
  readonly ranked: number | null;
  readonly missed: Missed | null;
  readonly drawn: Drawn | null;
  /** The search that its set was chosen from; null if there was none. */
  readonly explored: Explored | null;
}

/** What every verb hands to its page; the parts ask for nothing else. */
export interface PageSource {
  readonly verb: PageVerb;
  /** The words of the language that the page is written in. */
  readonly texts: Texts;
  readonly version: string;
  readonly headline: string;
  readonly identity: string;
  readonly subjects: readonly Subject[];
  readonly candles: CandleCounts;
  readonly splitMs: number | null;
  readonly notes: readonly { readonly text: string; readonly isWarning: boolean }[];
  readonly undo: readonly string[];
  readonly memory: readonly MemorySample[];
  /** Bytes that the process might take; null without a limit. */
  readonly rssLimit: number | null;
  /** Facts about the run in words, by what they are. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly options: Readonly<Record<string, unknown>>;
  /** The command line as it was typed; null if the library was called. */
  readonly command: string | null;
  readonly rehearsal: RehearseResult | null;
  /** One purse for the sets of all types, by config; empty without a portfolio, or of one type. */
  readonly together: readonly (JointAccount & { readonly name: string })[];
  /** Earlier runs, the newest first. */
  readonly nights: readonly ListedRun[];
}
