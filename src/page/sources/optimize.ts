import { decisionCell } from "../../report/brief/decisionCell.ts";
import { outcomeLine } from "../../report/brief/outcome.ts";
import { undoCommands } from "../../report/undo.ts";
import type { FinishedRun } from "../../run/optimizeCall.ts";
import type { ConfigRun, Replay } from "../../run/results.ts";
import { count } from "../../words/figures.ts";
import type { PageSource, ShownSet, Subject } from "../source.ts";
import { bareSubject, commonSource, minuteText } from "./common.ts";

/** What the page of a run shows. */
export function optimizePage({ request, result, command, drawn }: FinishedRun): PageSource {
  const { runs, phase1, split, warnings, memory, options, objective } = result;
  return {
    ...commonSource(phase1, warnings),
    verb: "optimize",
    headline: outcomeLine(result),
    subjects: runs.flatMap((run, k) =>
      Object.keys(run.decision).map((type) => subjectOf(run, type, drawn[k]?.get(type), runs.length > 1)),
    ),
    splitMs: split.time,
    notes: notesOf(result),
    undo: undoCommands(runs),
    memory,
    rssLimit: request.maxRssBytes ?? null,
    command,
    facts: [
      ["Objective", objective],
      [
        "Signals",
        `${count(split.training)} searched, ${count(split.holdout)} unseen; left out: ${count(split.purged)} whose trades might span the split, ${count(split.left_out)} that the data cannot finish`,
      ],
      ["Costs", costsText(options)],
      ["Fingerprint", result.fingerprint],
    ],
    options,
  };
}

/** Costs of a trade, from the options as the result has them. */
function costsText({ fee, slippage, fundingPer8h, funding }: Readonly<Record<string, unknown>>): string {
  const charged =
    funding === "data" ? "funding at the exchange's rates" : `funding ${fractionText(fundingPer8h)} per 8 hours`;
  return `fee ${fractionText(fee)} and slippage ${fractionText(slippage)} per side, ${charged}`;
}

const fractionText = (fraction: unknown): string => `${Math.round(Number(fraction ?? 0) * 1e6) / 1e4}%`;

type DrawnType = FinishedRun["drawn"][number] extends ReadonlyMap<string, infer Value> ? Value : never;

function subjectOf(run: ConfigRun, type: string, drawn: DrawnType | undefined, isOneOfSeveral: boolean): Subject {
  const judged = run.phase4.types[type];
  const phase3 = run.phase3[type] ?? null;
  const current = judged?.candidates.find(({ candidate }) => candidate === "current");
  const { proposed, verdict } = proposedOf(run, type);
  return {
    ...bareSubject,
    name: isOneOfSeveral ? `${(run.config ?? "none").split(/[/\\]/).slice(-2).join("/")}, ${type}` : type,
    type,
    now: current ? shownSet("now", current.params, run, type, "current") : null,
    proposed,
    decision: decisionCell(type, run),
    verdict,
    space: drawn?.space ?? null,
    top: phase3?.top ?? [],
    missed: run.missed[type] ?? null,
    drawn: drawn?.drawn ?? null,
    explored: drawn?.explored ?? null,
  };
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
  return { proposed: { ...shown, metrics: shown.metrics ?? chosen.gate?.candidate_metrics ?? null }, verdict: chosen };
}

function shownSet(
  label: string,
  params: ShownSet["params"],
  run: ConfigRun,
  type: string,
  set: Replay["set"],
): ShownSet {
  // Replays are kept of no numbered suggestion.
  const replays = run.phase3[type]?.replays ?? [];
  const found = replays.find((replay) => replay.set === set && replay.part === "holdout")?.one_position;
  const gate = run.phase4.types[type]?.gate;
  return { label, params, metrics: found ?? (set === "current" ? gate?.current_metrics : null) ?? null };
}

function notesOf({ phase1, split, runs, warnings }: FinishedRun["result"]): PageSource["notes"] {
  const stale = runs.find(({ not_saved }) => not_saved?.code === "STALE")?.not_saved_because;
  const searched = split.time === null ? "" : `; searched to ${minuteText(split.time)}, checked after`;
  return [
    { text: `The newest candle opened ${minuteText(phase1.to)}${searched}.`, isWarning: false },
    ...(stale ? [{ text: `${stale}; is the download running?`, isWarning: true }] : []),
    ...warnings.map(({ message }) => ({ text: message, isWarning: true })),
  ];
}
