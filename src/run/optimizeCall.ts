import type { ConfigDocument } from "../config/document.ts";
import type { MemoryLedger } from "../config/ledgerMemory.ts";
import { prepareCore } from "../core/instance.ts";
import { CoreFault, InputError } from "../errors.ts";
import { usesAtr } from "../space/exits.ts";
import { mayUseAtr, openParameters, openSpaces } from "../space/files.ts";
import { asSpace, type Parameters, type Space } from "../space/parameters.ts";
import type { Language } from "../words/catalogue/languages.ts";
import { checkCeiling } from "./ceiling.ts";
import { openConfigs } from "./configs.ts";
import type { Drawn } from "./drawing/drawn.ts";
import type { Explored } from "./drawing/explored.ts";
import { candlesIn, expectScan } from "./expectations.ts";
import { checkFreqtradeConfigs, freqtradeMapIn } from "./freqtrade.ts";
import { currentGiven, spaceGiven, suggestionsGiven } from "./given.ts";
import { type GroupOption, readGroups } from "./groups/groupsGiven.ts";
import { checkReportOutput } from "./outputs.ts";
import { loadMarket, ownSignalsOf, type Prepared, prepare } from "./prepare.ts";
import { askAboutSettings } from "./questions.ts";
import { type OptimizeRequest, type RunOptions, type Settings, settingsOf } from "./request.ts";
import type { OptimizeResult } from "./results.ts";
import { Session } from "./session.ts";

/** Options of a run of `optimize`. */
export interface OptimizeOptions extends RunOptions {
  /** Writes the report where the request wants it; the caller brings the renderer. */
  readonly saveReport?: (places: ReportPlaces, finished: FinishedRun) => Promise<unknown>;
}

/** Where a run's report goes: a folder for all its files, a file for the one with pictures, or both. */
export type ReportPlaces = Pick<OptimizeRequest, "out" | "report">;

/** A run as its report needs it. */
export interface FinishedRun {
  readonly request: OptimizeRequest;
  readonly result: OptimizeResult;
  /** The present, epoch ms. */
  readonly nowMs: number;
  /** The command line that it was started by; null if there was none. */
  readonly command: string | null;
  /** The language of what is written for people. */
  readonly language: Language;
  /** By config, in the order of the result's runs. */
  readonly drawn: readonly DrawnConfig[];
}

/** What is drawn of one config: by type, with the space that its set was searched in. */
export type DrawnConfig = ReadonlyMap<
  string,
  { readonly drawn: Drawn | null; readonly space: Space | null; readonly explored: Explored | null }
>;

/** Data that an internal caller already has: a night of a rehearsal has no folder or files of its own. */
export interface Held {
  readonly prepared?: Prepared;
  /** Instead of the request's. */
  readonly configs?: readonly ConfigDocument[];
  /** Instead of the files beside the configs. */
  readonly ledger?: MemoryLedger;
  /** The run saves nothing, but somebody may apply what it decides: its looks and challengers are recorded like those of a run that saves. */
  readonly isRecommendation?: boolean;
}

/** One call of `optimize`: its request, its settings and its session. */
export interface OptimizeCall {
  readonly request: OptimizeRequest;
  readonly options: OptimizeOptions;
  readonly settings: Settings;
  readonly session: Session;
  readonly configs: readonly ConfigDocument[];
  readonly held: Held;
  /** The opportunities are selected by their future. */
  readonly isHindsight: boolean;
  readonly savesNothing: boolean;
  /** Groups of symbols that get parameters of their own; null if all share them. */
  readonly groups: GroupOption | null;
}

/** Checks a call: everything that can be refused is refused before any work. Throws InputError. */
export async function acceptCall(
  request: OptimizeRequest,
  options: OptimizeOptions,
  held: Held,
): Promise<OptimizeCall> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  if (request.policy === "shadow" && !held.configs && (request.configs ?? []).length === 0)
    session.warn(
      "POLICY_WITHOUT_CONFIG",
      "--policy shadow has no effect without --config: challengers are kept in the ledger beside a config",
    );
  if (wantsReport(request) && !options.saveReport)
    throw new CoreFault("NO_REPORT_WRITER", "a run with a report needs saveReport");
  const isHindsight = request.universe === "objective";
  const savesNothing = request.dryRun === true || isHindsight;
  await checkReportOutput(request);
  await checkCeiling(request, settings);
  const configs = held.configs ?? (await openConfigs(request.configs ?? [], savesNothing, freqtradeMapIn(request)));
  if (!held.ledger) checkFreqtradeConfigs(configs, request, session);
  const groups = groupsFor(request, configs);
  return { request, options, settings, session, configs, held, isHindsight, savesNothing, groups };
}

/** The groups that a request names, unless a config has no place for them. Throws InputError. */
function groupsFor({ group }: OptimizeRequest, configs: readonly ConfigDocument[]): GroupOption | null {
  if (group === undefined) return null;
  const single = configs.find((config) => config.holdsOneType);
  if (single)
    throw new InputError("GROUP_CONFIG", "a parameter file of freqtrade has one set for all symbols", {
      where: `--config ${single.path}`,
      found: "--group",
      expected: "a config with per_symbol, or no groups",
      remedy: "leave out --group",
    });
  return readGroups(group);
}

/** Whether anything is drawn. */
export function wantsReport({ out, report }: ReportPlaces): boolean {
  return out !== undefined || report !== undefined;
}

/** Phase 1, unless the caller already has it: candles, opportunities and their labels; the core is ready when it ends. */
export async function preparedFor(call: OptimizeCall): Promise<Prepared> {
  const { request, settings, session, held } = call;
  const core = prepareCore();
  const signals = ownSignalsOf(request);
  const prepared = held.prepared ?? (await read());
  await core;
  return prepared;

  async function read(): Promise<Prepared> {
    const market = await session.phase("load", "reading candles", () =>
      session.piece("load", () => loadMarket(request, settings, { withVolume: signals === undefined, session })),
    );
    expectScan(session.meter, candlesIn(market), signals !== undefined);
    const source = { ...request, ...(signals !== undefined && { opportunities: signals }) };
    return session.phase("phase1", "scanning for opportunities", () =>
      session.piece("scan", () => prepare(source, settings, market, session, needsAtr(call))),
    );
  }
}

/** Whether a level of the run may be a multiple of the ATR: of its space, a suggestion, or the current parameters of a config. */
function needsAtr({ request, configs }: OptimizeCall): boolean {
  const space = spaceGiven(request);
  // Parameters of single symbols are not looked into.
  if (request.group !== undefined) return true;
  if (space === undefined || suggestionsGiven(request) !== undefined || mayUseAtr([openSpaces(space)])) return true;
  const current = currentGiven(request);
  if (current !== undefined && mayUseAtr([openParameters(current, "current")])) return true;
  const types = (config: ConfigDocument): string[] => config.typeBlockNames.map((name) => name.replace(/_params$/, ""));
  return configs.some((config) =>
    // A type without a block of its own has derived parameters, which are in ATRs.
    ["scalping", "swing", ...types(config)].some((type) => usesAtr(asSpace(config.currentParams(type) as Parameters))),
  );
}
