import type { ConfigRun, Phase3Type } from "../run/results.ts";
import type { CandidateResult, TypeValidation } from "../validation/result.ts";
import { share } from "../words/figures.ts";
import type { MaybeChallenged } from "./challengerText.ts";
import { gateText } from "./decisionText.ts";
import { ambiguousLines, evidenceLines, holeLines } from "./evidenceLines.ts";
import { paragraph, unbroken } from "./lines.ts";
import { matrixTable } from "./matrixTable.ts";
import { missedLines } from "./missedLines.ts";
import { type Paint, verdictWord } from "./paint.ts";
import { parametersText } from "./parametersText.ts";
import { replayTable } from "./replayTable.ts";
import { setName } from "./setName.ts";
import { testRows } from "./testRows.ts";

/** One type of one run: the verdict and why, the proposed set, how it compares, its tests, and what it misses. */
export function typeSection(type: string, run: ConfigRun, paint: Paint): string[] {
  const validation = run.phase4.types[type];
  const phase3 = run.phase3[type] ?? null;
  const missed = run.missed[type];
  const lines: string[] = [];
  if (validation) lines.push(...verdictLines(type, validation, paint));
  if (phase3) lines.push(...paragraph("  Proposed   ", parametersText(phase3.params)));
  else lines.push("  Proposed   nothing: no set of this type could be ranked in phase 3");
  if (validation) lines.push(...appliedLines(validation, run.decision[type]));
  if (phase3)
    lines.push(...replayTable(phase3.replays, paint), ...ambiguousLines(phase3.replays), ...holeLines(phase3.replays));
  if (validation)
    lines.push(...testRows(validation.tests, paint), ...evidenceLines(validation), ...gateLines(validation, paint));
  if (phase3?.importance) lines.push(...importanceLines(phase3.importance));
  if (phase3) lines.push(...matrixTable(phase3.matrix, paint));
  if (missed) lines.push(...missedLines(missed));
  return lines;
}

/** A type's verdict with its reason, and whose parameters are applied. */
export function verdictLines(type: string, validation: TypeValidation, paint: Paint): string[] {
  const applied =
    validation.applied === "current" ? "the current parameters stay" : `${setName(validation.applied)} is applied`;
  return [
    ...paragraph(`${paint.bold(type)}  `, `${paint.bold(verdictWord(validation.verdict, paint))}  ${applied}`),
    ...paragraph("  Why        ", validation.reason),
    ...otherLines(validation),
  ];
}

/** The verdicts on the other sets, each with its reason. */
function otherLines({ candidates }: TypeValidation): string[] {
  return candidates
    .slice(1)
    .map(otherLine)
    .flatMap((text) => paragraph("  Other      ", text));
}

function otherLine({ candidate, suggestion, verdict, reason }: CandidateResult): string {
  return `${setName(candidate, suggestion)} ${verdict}: ${reason}`;
}

/** The applied set, if it is not the proposed one. */
function appliedLines({ applied, candidates }: TypeValidation, decision: MaybeChallenged | undefined): string[] {
  if (applied === "current" || applied === "phase3") return [];
  if (applied === "challenger")
    return decision?.challenger
      ? paragraph("  Applied    ", `the challenger: ${parametersText(decision.challenger.params)}`)
      : [];
  const place = decision?.reasons.find(({ code }) => code === "APPLIED")?.suggestion ?? null;
  const chosen = candidates.find(({ candidate, suggestion }) => candidate === applied && suggestion === place);
  return chosen ? paragraph("  Applied    ", `${setName(applied, place)}: ${parametersText(chosen.params)}`) : [];
}

const importancesShown = 6;

/** Parameters by how much of the scores of all ranked sets each explains alone, largest first. */
function importanceLines(importance: NonNullable<Phase3Type["importance"]>): string[] {
  const shown = Object.entries(importance)
    .filter(([, { share }]) => share >= 0.001)
    .sort(([, a], [, b]) => b.share - a.share)
    .slice(0, importancesShown)
    .map(([name, { share: explained }]) => unbroken(`${name} ${share(explained)}`));
  if (shown.length === 0) return [];
  return paragraph("  Importance ", `${shown.join(", ")} (share of the scores' variance that each explains alone)`);
}

/** Why the gate is open or closed to the first proposed set. */
export function gateLines({ gate }: TypeValidation, paint: Paint): string[] {
  const word = gate.open ? paint.green("open") : paint.yellow("closed");
  const sentence = [
    `${word}: ${gateText(gate)}`,
    ...(gate.current_saw_holdout
      ? ["the current parameters were updated after the split, so the comparison favours them"]
      : []),
  ];
  return paragraph("  Gate       ", sentence.join("; "));
}
