import { decisionCell } from "../../report/brief/decisionCell.ts";
import { outcomeLine } from "../../report/brief/outcome.ts";
import { undoCommands } from "../../report/undo.ts";
import { keyedResult } from "../../run/groups/keyed.ts";
import type { FinishedRun } from "../../run/optimizeCall.ts";
import type { ConfigRun, Replay } from "../../run/results.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { languages } from "../../words/catalogue/languages.ts";
import type { PageSource, ShownSet, Subject } from "../source.ts";
import { bareSubject, commonSource, minuteText } from "./common.ts";

/** What the page of a run shows. */
export function optimizePage({ request, result, command, language, drawn }: FinishedRun): PageSource {
  const texts = languages[language];
  const words = texts.page.facts;
  const { phase1, split, warnings, memory, options, objective } = result;
  const { runs } = keyedResult(result);
  return {
    ...commonSource(phase1, warnings, texts),
    verb: "optimize",
    headline: outcomeLine(result, texts),
    subjects: runs.flatMap((run, k) =>
      changedFirst(run).map((type) => {
        const subject = subjectOf(run, type, drawn[k]?.get(type), texts);
        return runs.length > 1 ? { ...subject, name: `${configName(run, texts)}${texts.comma}${type}` } : subject;
      }),
    ),
    together: runs.flatMap((run) => {
      const { account, decision } = run;
      const name = runs.length > 1 ? `${configName(run, texts)}${texts.comma}` : "";
      return account && Object.keys(decision).length > 1 ? [{ ...account, name: name + texts.portfolio.together }] : [];
    }),
    splitMs: split.time,
    notes: notesOf(result, texts),
    undo: undoCommands(runs),
    memory,
    rssLimit: request.maxRssBytes ?? null,
    command,
    facts: [
      [words.objective, objective],
      [words.signals, words.signalsOf(split.training, split.holdout, split.purged, split.left_out)],
      [words.costs, costsText(options, words)],
      [words.fingerprint, result.fingerprint],
    ],
    options,
  };
}

/** Types in the order of the run; types in groups that change come first, because of many a part shows the first alone. */
function changedFirst({ decision, groups }: ConfigRun): string[] {
  const keys = Object.keys(decision);
  if (!groups) return keys;
  const changes = (key: string): number => Number(decision[key]!.advice === "apply");
  return keys.sort((a, b) => changes(b) - changes(a));
}

/** Costs of a trade, from the options as the result has them. */
function costsText(
  { fee, slippage, fundingPer8h, funding }: Readonly<Record<string, unknown>>,
  words: Texts["page"]["facts"],
): string {
  const charged = funding === "data" ? words.fundingOfData : words.fundingRate(fractionText(fundingPer8h));
  return words.costsOf(fractionText(fee), fractionText(slippage), charged);
}

const fractionText = (fraction: unknown): string => `${Math.round(Number(fraction ?? 0) * 1e6) / 1e4}%`;

type DrawnType = FinishedRun["drawn"][number] extends ReadonlyMap<string, infer Value> ? Value : never;

function subjectOf(run: ConfigRun, type: string, drawn: DrawnType | undefined, texts: Texts): Subject {
  const judged = run.phase4.types[type];
  const phase3 = run.phase3[type] ?? null;
  const current = judged?.candidates.find(({ candidate }) => candidate === "current");
  const { proposed, verdict } = proposedOf(run, type);
  return {
    ...bareSubject,
    name: type,
    type,
    now: current ? shownSet("now", current.params, run, type, "current") : null,
    proposed,
    decision: decisionCell(type, run, texts),
    verdict,
    space: drawn?.space ?? null,
    top: phase3?.top ?? [],
    missed: run.missed[type] ?? null,
    drawn: drawn?.drawn ?? null,
    explored: drawn?.explored ?? null,
  };
}

/** A config's name among several: its folder and its file. */
function configName({ config }: ConfigRun, { page }: Texts): string {
  return (config ?? page.none).split(/[/\\]/).slice(-2).join("/");
}

/** The set that was applied, as the terminal's table has it, or else the one that was proposed first. */
function proposedOf(run: ConfigRun, type: string): Pick<Subject, "proposed" | "verdict"> {
  const judged = run.phase4.types[type];
  const { applied = null, reasons = [], challenger = null } = run.decision[type] ?? {};
  if (applied === "challenger" && challenger)
    return { proposed: { label: "challenger", params: challenger.params, metrics: null }, verdict: null };
  const { suggestion } = reasons.find(({ code }) => code === "APPLIED") ?? {};
  const candidates = judged?.candidates.filter(({ candidate }) => candidate !== "current") ?? [];
  const chosen =
    candidates.find((one) => one.candidate === applied && (one.suggestion ?? undefined) === suggestion) ??
    candidates[0];
  if (!chosen) return { proposed: null, verdict: judged ?? null };
  const shown = shownSet("proposed", chosen.params, run, type, chosen.candidate);
  const account = shown.account ?? chosen.gate?.accounts?.candidate;
  const metrics = shown.metrics ?? chosen.gate?.candidate_metrics ?? null;
  return { proposed: { ...shown, metrics, ...(account && { account }) }, verdict: chosen };
}

function shownSet(
  label: ShownSet["label"],
  params: ShownSet["params"],
  run: ConfigRun,
  type: string,
  set: Replay["set"],
): ShownSet {
  // Replays are kept of no numbered suggestion.
  const replays = run.phase3[type]?.replays ?? [];
  const replay = replays.find((one) => one.set === set && one.part === "holdout");
  const gate = run.phase4.types[type]?.gate;
  const account = replay?.portfolio?.metrics ?? (set === "current" ? gate?.accounts?.current : null);
  const metrics = replay?.one_position ?? (set === "current" ? gate?.current_metrics : null) ?? null;
  return { label, params, metrics, ...(account && { account }) };
}

function notesOf({ phase1, split, runs, warnings }: FinishedRun["result"], texts: Texts): PageSource["notes"] {
  const { page, brief, sentence } = texts;
  const stale = runs.find(({ not_saved }) => not_saved?.code === "STALE")?.not_saved_because;
  const searched = split.time === null ? "" : page.searchedTo(minuteText(split.time));
  return [
    { text: page.newest(minuteText(phase1.to)) + searched + page.stop, isWarning: false },
    ...(stale ? [{ text: brief.stale(sentence(stale)), isWarning: true }] : []),
    ...warnings.map(({ message }) => ({ text: sentence(message), isWarning: true })),
  ];
}
