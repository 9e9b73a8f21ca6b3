import type { BigIntStats } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { candleFile, listFolder } from "../candles/folder.ts";
import { InputError } from "../errors.ts";
import { checkReplaceable } from "../opportunities/tableFile.ts";
import { allFormatOf, checkAll } from "./everySet/file.ts";
import { foreignLine, markOf, type OutputKind } from "./ours.ts";
import { checkPage } from "./pageFile.ts";
import { checkOut, reportFiles } from "./reportFolder.ts";
import type { ExportRequest, OptimizeRequest, ScanRequest, SearchRequest, SimulateRequest } from "./request.ts";
import { checkTrades } from "./tradesFile.ts";
import { checkExport } from "./writeExport.ts";
import { shown } from "./wrong.ts";

/** A file that a call will write, and its flag. */
interface Output {
  readonly flag: string;
  readonly path: string;
  readonly kind: OutputKind;
}

/** A file that a call reads, and its flag. */
interface Input {
  readonly flag: string;
  readonly path: string;
}

type Outgoing = Readonly<Record<string, unknown>>;

/** Refuses, before any work, a scan whose file cannot be written, is one of its inputs, or was not written by Sluice. */
export async function checkScanOutput(request: ScanRequest): Promise<void> {
  if (request.out === undefined) return;
  await checkReplaceable(request.out);
  await checkOutputs([{ flag: "--out", path: request.out, kind: "opportunities" }], request);
}

/** The same for the trades of a simulation. */
export async function checkTradesOutput(request: SimulateRequest): Promise<void> {
  const { tradesFile, report } = request;
  if (tradesFile !== undefined) await checkTrades(tradesFile);
  if (report !== undefined) await checkPage(report);
  await checkOutputs(
    [
      ...(tradesFile === undefined ? [] : [{ flag: "--trades", path: tradesFile, kind: "trades" } as const]),
      ...pageOutputs(report),
    ],
    request,
  );
}

/** The same for an exported parameter set. */
export async function checkExportOutput(request: ExportRequest): Promise<void> {
  await checkExport(request.out);
  await checkOutputs([{ flag: "--out", path: request.out, kind: request.format }], request);
}

/** The same for a report with pictures. */
export async function checkPageOutput(request: Outgoing & { readonly report?: string | undefined }): Promise<void> {
  if (request.report === undefined) return;
  await checkPage(request.report);
  await checkOutputs(pageOutputs(request.report), request);
}

/** The same for the files of a search: every set, and a report with pictures. */
export async function checkSearchOutput(request: SearchRequest): Promise<void> {
  const { allFile, bestFile, report } = request;
  if (allFile !== undefined) await checkAll(allFile);
  if (bestFile !== undefined) await checkExport(bestFile);
  if (report !== undefined) await checkPage(report);
  const all: Output[] =
    allFile === undefined ? [] : [{ flag: "--all", path: allFile, kind: `sets.${allFormatOf(allFile)}` }];
  const best: Output[] = bestFile === undefined ? [] : [{ flag: "--save-best", path: bestFile, kind: "json" }];
  const outputs = [...all, ...best, ...pageOutputs(report)];
  await checkOutputs(outputs, request);
  for (const [k, output] of outputs.entries())
    for (const other of outputs.slice(k + 1))
      if (resolve(output.path) === resolve(other.path)) throw isInput(output, other);
}

function pageOutputs(report: string | undefined): Output[] {
  return report === undefined ? [] : [{ flag: "--report", path: report, kind: "page" }];
}

/** The same for the files of a report folder, and for a report with pictures elsewhere. */
export async function checkReportOutput(request: OptimizeRequest): Promise<void> {
  await checkPageOutput(request);
  const { out } = request;
  if (out === undefined) return;
  await checkOut(out);
  const kinds = ["result", "report", "page"] as const;
  const outputs = reportFiles.map((name, k) => ({ flag: "--out", path: join(out, name), kind: kinds[k]! }));
  await checkOutputs(outputs, request);
}

async function checkOutputs(outputs: readonly Output[], request: Outgoing): Promise<void> {
  const inputs = await inputsOf(request);
  for (const output of outputs) {
    const there = await statOf(output.path);
    for (const input of there ? inputs : []) if (await isSameFile(there!, input.path)) throw isInput(output, input);
    if (await isAmongCandles(output.path, request["candles"])) throw amongCandles(output);
    if (request.force === true || !there) continue;
    const line = await foreignLine(output.path, output.kind);
    if (line !== null) throw foreign(output, line);
  }
}

/** Refuses, before any work, candle files that cannot be written, would replace or join what is read, or were not written by Sluice. */
export async function checkCandleOutputs(
  outputs: { readonly folder: string; readonly paths: readonly string[]; readonly force: boolean },
  inputs: { readonly folders: readonly string[]; readonly paths: readonly string[] },
): Promise<void> {
  const real = await realpath(outputs.folder).catch(() => null);
  for (const folder of inputs.folders)
    if (real !== null && real === (await realpath(folder).catch(() => null)))
      throw isInput({ flag: "--out", path: outputs.folder, kind: "candles" }, { flag: "--candles", path: folder });
  const idOf = (file: BigIntStats): string => `${file.dev} ${file.ino}`;
  const read = new Map<string, string>();
  for (const path of inputs.paths) {
    const there = await statOf(path);
    if (there) read.set(idOf(there), path);
  }
  for (const path of outputs.paths) {
    const there = await statOf(path);
    if (!there) continue;
    const output = { flag: "--out", path, kind: "candles" } as const;
    const same = read.get(idOf(there));
    if (same !== undefined) throw isInput(output, { flag: "--candles", path: same });
    const line = outputs.force ? null : await foreignLine(path, "candles");
    if (line !== null) throw foreign(output, line);
  }
}

const inputFlags = {
  opportunities: "--opportunities",
  signals: "--signals",
  snapshots: "--snapshots",
  space: "--space",
  spaceFile: "--space",
  suggestions: "--suggest",
  suggestFile: "--suggest",
  params: "--params",
  paramsFile: "--params",
  current: "--current",
  currentFile: "--current",
  runFile: "--run",
  mapFile: "--map",
  group: "--group",
  configs: "--config",
} as const;

/** Every file that a request reads; for a candle folder, every candle file in it. */
async function inputsOf(request: Outgoing): Promise<Input[]> {
  // What is no path is a value.
  const named = Object.entries(inputFlags).flatMap(([key, flag]) =>
    [request[key] ?? []].flat().flatMap((path) => (typeof path === "string" ? [{ flag, path }] : [])),
  );
  const { candles } = request;
  if (typeof candles !== "string") return named;
  // A missing folder is refused when it is read.
  const files = await listFolder(candles).catch(() => []);
  return [...named, ...files.flatMap((path) => (candleFile(path) ? [{ flag: "--candles", path }] : []))];
}

const statOf = (path: string): Promise<BigIntStats | null> => stat(path, { bigint: true }).catch(() => null);

/** Whether a path leads to a file, however it is written and through any links. */
async function isSameFile(file: BigIntStats, path: string): Promise<boolean> {
  const other = await statOf(path);
  return other !== null && other.ino === file.ino && other.dev === file.dev;
}

/** Whether a file would be in the candle folder under a name that is read as candles. */
async function isAmongCandles(path: string, candles: unknown): Promise<boolean> {
  if (typeof candles !== "string" || !candleFile(path)) return false;
  const folders = await Promise.all([dirname(path), candles].map((folder) => realpath(folder).catch(() => null)));
  return folders[0] !== null && folders[0] === folders[1];
}

function isInput({ flag, path }: Output, input: Input): InputError {
  return new InputError("OUTPUT_IS_INPUT", "an output would replace an input", {
    where: `${flag} ${path}`,
    found: `the same file as ${input.flag} ${input.path}`,
    expected: "a file that this command does not read",
    remedy: "choose another file",
  });
}

function amongCandles({ flag, path }: Output): InputError {
  return new InputError("OUTPUT_IS_INPUT", "an output would be read as candles", {
    where: `${flag} ${path}`,
    found: "a name such as SYMBOL-TIMEFRAME.csv in the candle folder",
    expected: "another name or another folder",
    remedy: "choose another file",
  });
}

function foreign({ flag, path, kind }: Output, line: string): InputError {
  return new InputError("OUTPUT_FOREIGN", "the output would replace a file that Sluice did not write", {
    where: `${flag} ${path}`,
    found: `a file that begins with ${shown(line)}`,
    expected: `no file, an empty one, or ${markOf(kind)}`,
    remedy: "choose another file, or use --force to replace it",
  });
}
