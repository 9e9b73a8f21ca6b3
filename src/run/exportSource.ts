import { InputError } from "../errors.ts";
import { featuresNamedIn, type JsonFile, openParameters, openRun, parametersIn } from "../space/files.ts";
import type { Parameters } from "../space/parameters.ts";
import { keyedResult } from "./groups/keyed.ts";
import type { ExportRequest } from "./request.ts";
import type { OptimizeResult } from "./results.ts";
import { wrong } from "./wrong.ts";

/** The set that is exported, and where it is from. */
export interface ExportSource {
  readonly params: Parameters;
  /** The file and the part of it, for messages. */
  readonly where: string;
  readonly source: "parameters" | "search" | "optimize";
  /** Null for a file of parameters. */
  readonly type: string | null;
  /** First and last open time of the candles that the set was found on, epoch ms; null if the file does not say. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
}

/** The set that a request names: of a parameter file, the best of a search, or the one that a run of `optimize` applies. Throws InputError. */
export function exportSourceOf(request: ExportRequest): ExportSource {
  const { runFile } = request;
  const given = request.params ?? request.paramsFile;
  if ((given === undefined) === (runFile === undefined))
    throw wrong({
      call: "export",
      rule: "give either a parameter set or a result",
      where: "params and runFile",
      found: given === undefined ? "neither" : "both",
      expected: "params (--params), or runFile (--run)",
    });
  if (given !== undefined) {
    const file = openParameters(given);
    return { params: checked(file), where: file.path, source: "parameters", type: null, span: null };
  }
  const file = openRun(runFile!);
  const document = file.document as Partial<OptimizeResult> & SearchLike;
  if (Array.isArray(document?.top) && typeof document.type === "string") return ofSearch(file, document);
  if (Array.isArray(document?.runs)) return ofRun(file, keyedResult(document as OptimizeResult), request);
  throw new InputError("EXPORT_RUN", "the file is not a result of Sluice", {
    where: `--run ${file.path}`,
    found: "no list of runs and no leaderboard",
    expected:
      "result.json of `sluice optimize --out`, or the output of `sluice search --json` or `sluice optimize --json`",
    remedy: "use that file, or a parameter set with --params",
  });
}

interface SearchLike {
  readonly type?: string;
  readonly top?: readonly { readonly params: unknown }[];
  readonly candles?: SpanLike;
}

interface SpanLike {
  readonly from?: unknown;
  readonly to?: unknown;
}

function ofSearch(file: JsonFile, { type, top, candles }: SearchLike): ExportSource {
  const [best] = top!;
  if (!best)
    throw new InputError("EXPORT_RUN", "the search ranked no set", {
      where: `--run ${file.path}`,
      found: "an empty leaderboard",
      expected: "at least one set",
      remedy: "search again with another space or fewer --min-trades",
    });
  const where = `${file.path}, rank 1`;
  const params = checked({ path: where, document: best.params });
  return { params, where, source: "search", type: type!, span: spanOf(candles) };
}

function ofRun(file: JsonFile, result: OptimizeResult, request: ExportRequest): ExportSource {
  const runs = result.runs.filter(({ config }) => request.config === undefined || config === request.config);
  if (runs.length !== 1)
    throw notOne(
      file,
      "config",
      "--config",
      result.runs.map(({ config }) => String(config)),
    );
  const [run] = runs;
  const types = Object.keys(run!.decision).filter((type) => request.type === undefined || type === request.type);
  if (types.length !== 1) throw notOne(file, "signal type", "--type", Object.keys(run!.decision));
  const [type] = types as [string];
  const { applied, reasons, challenger } = run!.decision[type]!;
  const suggestion = reasons.find(({ code }) => code === "APPLIED")?.suggestion ?? null;
  const candidate = run!.phase4.types[type]!.candidates.find(
    (each) => each.candidate === applied && (each.suggestion === null || each.suggestion === suggestion),
  );
  const document = applied === "challenger" ? challenger?.params : candidate?.params;
  const where = `${file.path}, ${type}`;
  if (applied === null || document === undefined)
    throw new InputError("EXPORT_NOTHING", "the run applies no new parameters, so there are none to export", {
      where: `--run ${where}`,
      found: `decision: ${run!.decision[type]!.advice}`,
      expected: "a decision to apply a set",
      remedy: "keep the current parameters; to export another set anyway, put it in a file and use --params",
    });
  return { params: checked({ path: where, document }), where, source: "optimize", type, span: spanOf(result.phase1) };
}

function checked(file: JsonFile): Parameters {
  return parametersIn(file, [...featuresNamedIn([file])]);
}

function spanOf(counts: SpanLike | undefined): ExportSource["span"] {
  const { from, to } = counts ?? {};
  return typeof from === "number" && typeof to === "number" ? { fromMs: from, toMs: to } : null;
}

function notOne(file: JsonFile, what: string, flag: string, there: readonly string[]): InputError {
  return new InputError("EXPORT_WHICH", `the result does not have exactly one such ${what}`, {
    where: `--run ${file.path}`,
    found: there.join(", ") || "none",
    expected: `one ${what}`,
    remedy: `name it with ${flag}`,
  });
}
