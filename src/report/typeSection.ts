import type { ConfigRun, Phase3Type } from "../run/results.ts";
import type { Parameters } from "../space/parameters.ts";
import type { CandidateResult, TypeValidation } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { share } from "../words/figures.ts";
import type { MaybeChallenged } from "./challengerText.ts";
import { gateText } from "./decisionText.ts";
import { ambiguousLines, evidenceLines, holeLines } from "./evidenceLines.ts";
import { innerLabel, paragraph, unbroken } from "./lines.ts";
import { matrixTable } from "./matrixTable.ts";
import { missedLines } from "./missedLines.ts";
import { type Paint, verdictWord } from "./paint.ts";
import { parametersText } from "./parametersText.ts";
import { portfolioTexts, rankingTexts } from "./portfolioLines.ts";
import { replayTable } from "./replayTable.ts";
import { setName } from "./setName.ts";
import { testRows } from "./testRows.ts";

/** One type of one run: the verdict and why, the proposed set, how it compares, its tests, and what it misses. */
export function typeSection(type: string, run: ConfigRun, paint: Paint, texts: Texts = en): string[] {
  const { details: words } = texts;
  const validation = run.phase4.types[type];
  const phase3 = run.phase3[type] ?? null;
  const missed = run.missed[type];
  const lines: string[] = [];
  if (validation) lines.push(...verdictLines(type, validation, paint, texts));
  if (phase3) lines.push(...paragraph(innerLabel(words.proposed), parametersText(phase3.params)));
  else lines.push(innerLabel(words.proposed) + words.nothingProposed);
  if (validation) lines.push(...appliedLines(validation, run.decision[type], texts));
  if (phase3)
    lines.push(
      ...replayTable(phase3.replays, paint, texts),
      ...purseLines(phase3, texts),
      ...ambiguousLines(phase3.replays, texts),
      ...holeLines(phase3.replays, texts),
    );
  if (validation)
    lines.push(
      ...testRows(validation.tests, paint, texts),
      ...evidenceLines(validation, texts),
      ...gateLines(validation, paint, texts),
    );
  if (phase3?.importance) lines.push(...importanceLines(phase3.importance, texts));
  if (phase3) lines.push(...matrixTable(phase3.matrix, paint, texts));
  if (missed) lines.push(...missedLines(missed, texts));
  return lines;
}

/** A type's verdict with its reason, and whose parameters are applied. */
export function verdictLines(type: string, validation: TypeValidation, paint: Paint, texts: Texts = en): string[] {
  const { details: words, sentence } = texts;
  const applied =
    validation.applied === "current" ? words.currentStays : words.isApplied(setName(validation.applied, null, texts));
  return [
    ...paragraph(`${paint.bold(type)}  `, `${paint.bold(verdictWord(validation.verdict, paint))}  ${applied}`),
    ...paragraph(innerLabel(words.why), sentence(validation.reason)),
    ...otherLines(validation, texts),
  ];
}

/** The verdicts on the other sets, each with its reason. */
function otherLines({ candidates }: TypeValidation, texts: Texts): string[] {
  return candidates
    .slice(1)
    .map((candidate) => otherLine(candidate, texts))
    .flatMap((text) => paragraph(innerLabel(texts.details.other), text));
}

function otherLine({ candidate, suggestion, verdict, reason }: CandidateResult, texts: Texts): string {
  return texts.details.otherSet(setName(candidate, suggestion, texts), verdict, texts.sentence(reason));
}

/** How the set was ranked by portfolio, and what the purses of it and of the current set made on unseen days; nothing without a portfolio. */
function purseLines({ replays, ranking }: Phase3Type, texts: Texts): string[] {
  const ranked = ranking ? rankingTexts(ranking, ranking.portfolio, texts) : [];
  const purses = replays.flatMap(({ set, part, portfolio }) => {
    if (!portfolio || part !== "holdout" || (set !== "phase3" && set !== "current")) return [];
    const [[label, made]] = portfolioTexts(portfolio, texts) as [readonly [string, string]];
    return [[label, texts.phone.labelled(setName(set, null, texts), made)] as const];
  });
  return [...ranked, ...purses].flatMap(([label, text]) => paragraph(innerLabel(label), text));
}

/** The applied set, if it is not the proposed one. */
function appliedLines(
  { applied, candidates }: TypeValidation,
  decision: MaybeChallenged | undefined,
  texts: Texts,
): string[] {
  const { details: words } = texts;
  const line = (set: string, params: Parameters): string[] =>
    paragraph(innerLabel(words.applied), words.appliedSet(set, parametersText(params)));
  if (applied === "current" || applied === "phase3") return [];
  if (applied === "challenger")
    return decision?.challenger ? line(setName(applied, null, texts), decision.challenger.params) : [];
  const place = decision?.reasons.find(({ code }) => code === "APPLIED")?.suggestion ?? null;
  const chosen = candidates.find(({ candidate, suggestion }) => candidate === applied && suggestion === place);
  return chosen ? line(setName(applied, place, texts), chosen.params) : [];
}

const importancesShown = 6;

/** Parameters by how much of the scores of all ranked sets each explains alone, largest first. */
function importanceLines(importance: NonNullable<Phase3Type["importance"]>, { details: words, list }: Texts): string[] {
  const shown = Object.entries(importance)
    .filter(([, { share }]) => share >= 0.001)
    .sort(([, a], [, b]) => b.share - a.share)
    .slice(0, importancesShown)
    .map(([name, { share: explained }]) => unbroken(`${name} ${share(explained)}`));
  if (shown.length === 0) return [];
  return paragraph(innerLabel(words.importance), words.importanceOf(shown.join(list)));
}

/** Why the gate is open or closed to the first proposed set. */
export function gateLines({ gate }: TypeValidation, paint: Paint, texts: Texts = en): string[] {
  const { details, reasoning } = texts;
  const { gate: words } = reasoning;
  const word = gate.open ? paint.green(words.open) : paint.yellow(words.closed);
  const sentence = [details.gateIs(word, gateText(gate, texts)), ...(gate.current_saw_holdout ? [words.saw] : [])];
  return paragraph(innerLabel(details.gate), sentence.join(texts.and));
}
