import { stat } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join, resolve } from "node:path";
import { SluiceError } from "../errors.ts";
import type { FetchResult } from "../exchange/result.ts";
import type { SearchResult } from "../portfolio/searchResult.ts";
import type { RehearseResult } from "../rehearsal/result.ts";
import { optimizeBrief } from "../report/brief/brief.ts";
import { outcomeLine } from "../report/brief/outcome.ts";
import { reportPlaces } from "../report/brief/report.ts";
import { searchBrief } from "../report/brief/searchBrief.ts";
import { validateBrief } from "../report/brief/validateBrief.ts";
import { errorBlock } from "../report/errorBlock.ts";
import { fetchSummary } from "../report/fetchSummary.ts";
import { padEnd, padStart, paragraph } from "../report/lines.ts";
import { plainPaint } from "../report/paint.ts";
import { printableCopy } from "../report/printable.ts";
import { rehearseSummary } from "../report/rehearseSummary.ts";
import type { ValidateResult } from "../run/answers.ts";
import type { ConfigRun, OptimizeResult } from "../run/results.ts";
import { version } from "../run/version.ts";
import { escaped } from "../text.ts";
import type { Texts } from "../words/catalogue/en.ts";
import { type Language, languages } from "../words/catalogue/languages.ts";
import { minute } from "../words/figures.ts";
import { fitLine } from "./fit.ts";
import type { Attachment, Message, NewsEvent } from "./message.ts";
import { phoneText, unaligned } from "./phoneText.ts";

/** What was run. */
export interface Errand {
  /** The verb or call, such as `optimize`. */
  readonly verb: string;
  /** The report's folder, if the run writes one. */
  readonly out?: string | undefined;
  /** The report's file, if the run writes one. */
  readonly report?: string | undefined;
  /** The command line, without secrets; undefined for a call of the library. */
  readonly command?: string | undefined;
  /** When it began, epoch ms: an older report is another run's. */
  readonly beganMs: number;
  /** Default `en`. */
  readonly language?: Language | undefined;
}

/** Columns of a summary in a message: what a mail shows without wrapping. */
const width = 72;
/** Longer subjects are cut by most programs. */
const mostHeadline = 150;
const mostAttachedBytes = 5 * 2 ** 20;

const textsOf = ({ language = "en" }: Errand): Texts => languages[language];

/** News of a run that ended. */
export async function newsOf(errand: Errand, result: unknown): Promise<Message> {
  const attachment = await attachmentOf(errand);
  return errand.verb === "optimize"
    ? optimizeNews(errand, result as OptimizeResult, attachment)
    : otherNews(errand, result, attachment);
}

function optimizeNews(errand: Errand, result: OptimizeResult, attachment: Attachment | null): Message {
  const shown = printableCopy(result);
  const texts = textsOf(errand);
  const headline = outcomeLine(shown, texts);
  // A mail is read elsewhere: a path from the folder that the run was started in would lead nowhere.
  const { out, page } = reportPlaces(errand);
  const places = { out: absolute(out), page: absolute(page) };
  const brief = optimizeBrief(result, plainPaint, { width, ...places, texts, nowMs: errand.beganMs })
    .trimEnd()
    .split("\n");
  const event = eventOf(result);
  return {
    event,
    headline,
    // The headline may take several lines there.
    text: brief.slice(paragraph("", headline, width).length).join("\n"),
    phoneText: phoneText(shown, places.out, texts),
    attachment,
    facts: { ...factsOf(errand), fingerprint: result.fingerprint, runs: result.runs.map(runFacts) },
  };
}

const absolute = (path: string | undefined): string | undefined => (path === undefined ? undefined : resolve(path));

/** Whether a bot was changed, or somebody should look. */
function eventOf({ runs }: OptimizeResult): NewsEvent {
  if (runs.some(({ saved }) => saved !== null)) return "changed";
  return runs.some(needsAttention) ? "attention" : "unchanged";
}

function needsAttention({ changed, not_saved, decision }: ConfigRun): boolean {
  const advices = Object.values(decision).map(({ advice }) => advice);
  return changed || not_saved?.code === "STALE" || advices.includes("pause") || advices.includes("apply");
}

function runFacts({ config, saved, decision }: ConfigRun): object {
  const advice = Object.fromEntries(Object.entries(decision).map(([type, each]) => [type, each.advice]));
  return { config, saved: saved !== null, advice };
}

/** A summary whose first line says what matters most. */
function otherNews(errand: Errand, result: unknown, attachment: Attachment | null): Message {
  const { news: words } = textsOf(errand);
  const [first = "", ...rest] = summaryOf(errand, result).trimEnd().split("\n");
  const text = rest.join("\n").replace(/^\n+/, "");
  return {
    event: errand.verb === "fetch" ? fetchEvent(result as FetchResult) : "finished",
    headline: first === "" ? words.finished(errand.verb) : words.ofVerb(errand.verb, first.replace(/\s+/g, " ")),
    text,
    phoneText: unaligned(text),
    attachment,
    facts: factsOf(errand),
  };
}

/** A fetch of every night is worth a word only where a file was refused. */
function fetchEvent({ files }: FetchResult): NewsEvent {
  return files.some(({ problem }) => problem !== null) ? "failed" : "unchanged";
}

function summaryOf(errand: Errand, result: unknown): string {
  const texts = textsOf(errand);
  switch (errand.verb) {
    case "rehearse":
      return rehearseSummary(result as RehearseResult, plainPaint, width, texts);
    case "search":
      return searchBrief(result as SearchResult, plainPaint, width, texts);
    case "fetch":
      return fetchSummary(result as FetchResult, plainPaint, width, texts);
    case "validate":
      return validateBrief(result as ValidateResult, plainPaint, width, texts);
    default:
      return "";
  }
}

/** News of a run that failed: what it printed last, and what was run where. */
export function newsOfFailure(errand: Errand, error: unknown): Message {
  const said = escaped(error instanceof Error && error.message !== "" ? error.message : String(error));
  const title = paragraph("error: ", said, width).length;
  const block = errorBlock(error, { paint: plainPaint, stack: false, width }).trimEnd().split("\n");
  const { news: words } = textsOf(errand);
  const beside = (name: string): string => `  ${padEnd(name, 10)}`;
  const place = [
    ...(errand.command === undefined ? [] : paragraph(beside(words.command), escaped(errand.command), width)),
    beside(words.host) + escaped(hostname()),
  ];
  const headline = fitLine(words.failed(errand.verb, said), mostHeadline);
  // The block's title is in the headline already, unless that is too short for it.
  const text = [...(headline.endsWith(said) ? block.slice(title) : block), ...place].join("\n");
  return {
    event: "failed",
    headline,
    text,
    phoneText: unaligned(text),
    attachment: null,
    facts: {
      ...factsOf(errand),
      error: { code: error instanceof SluiceError ? error.code : "INTERNAL", message: said },
    },
  };
}

/** A message that only shows that messages arrive, and how. */
export function testNews(nowMs: number, language: Language = "en"): Message {
  const { news: words, table } = languages[language];
  const row = (type: string, now: string, proposed: string, decision: string): string =>
    `${padEnd(type, 8)}  ${padStart(now, 9)}  ${padStart(proposed, 9)}   ${decision}`;
  const from = words.testFrom(version, escaped(hostname()), minute(nowMs));
  const text = [
    from,
    "",
    words.columns,
    row("", table.now, table.proposed, table.decision),
    row("scalping", "-0.08%", "+0.34%", words.nothingRun),
    row("swing", "-0.28%", "-0.65%", words.nothingChanged),
  ].join("\n");
  return {
    event: "test",
    headline: words.test,
    text,
    phoneText: `${from}\n${words.nothing}`,
    attachment: null,
    facts: { verb: "notify", version, host: hostname() },
  };
}

function factsOf({ verb, out }: Errand): Record<string, unknown> {
  return { verb, version, host: hostname(), ...(out !== undefined && { out }) };
}

/** The report that this run has written: the page, or else the text. */
async function attachmentOf({ out, report, beganMs }: Errand): Promise<Attachment | null> {
  const paths = [...(report === undefined ? [] : [report]), ...(out === undefined ? [] : reportsIn(out))];
  for (const path of paths) {
    const found = await stat(path).catch(() => null);
    if (!found?.isFile() || found.size > mostAttachedBytes) continue;
    // Clocks of file systems tick more coarsely.
    if (found.mtimeMs >= beganMs - 2000) return { name: basename(path), path };
  }
  return null;
}

const reportsIn = (folder: string): string[] => ["report.html", "report.txt"].map((name) => join(folder, name));
