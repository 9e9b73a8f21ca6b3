import { readFile, stat } from "node:fs/promises";
import { formatTimeframe } from "../candles/timeframe.ts";
import { openConfig } from "../config/document.ts";
import { exportLayout } from "../config/freqtrade/layout.ts";
import { newFreqtradeFile } from "../config/freqtrade/newFile.ts";
import { placesOf } from "../config/freqtrade/places.ts";
import type { Place } from "../config/layout.ts";
import { saveConfig } from "../config/save.ts";
import { InputError } from "../errors.ts";
import { shellWord } from "../text.ts";
import { differencesOf } from "../words/freqtrade.ts";
import type { ExportResult } from "./answers.ts";
import { defaults } from "./defaults.ts";
import type { ExportSource } from "./exportSource.ts";
import { freqtradeMapIn } from "./freqtrade.ts";
import { foreignLine } from "./ours.ts";
import type { ExportRequest } from "./request.ts";
import type { Session } from "./session.ts";
import { writeExport } from "./writeExport.ts";
import { wrong } from "./wrong.ts";

type Written = Pick<ExportResult, "backup" | "differences" | "check">;

/** A parameter file of a freqtrade strategy: a new one, or new values in the one that is there, whose other spaces stay. Throws InputError. */
export async function exportFreqtrade(
  request: ExportRequest,
  { params, where, span }: ExportSource,
  session: Session,
): Promise<Written> {
  const { out, maxOpen } = request;
  const strategy = strategyOf(request);
  if (!/\.json$/i.test(out))
    throw wrong({
      call: "export",
      rule: "freqtrade reads parameters from a .json file beside the strategy",
      where: "out",
      found: out,
      expected: "the strategy's file name with .json, such as user_data/strategies/MyStrategy.json",
    });
  const places = placesOf(params, freqtradeMapIn(request), where);
  if (maxOpen !== undefined) places.push({ path: ["params", "max_open_trades", "max_open_trades"], value: maxOpen });
  const nowMs = request.nowMs ?? Date.now();
  const isUpdate = (await stat(out).catch(() => null)) !== null && (await foreignLine(out, "freqtrade")) === null;
  const backup = await session.withFiles(async () => {
    if (isUpdate && (await hasContent(out))) return update(request, places, { strategy, nowMs });
    await writeExport(out, newFreqtradeFile(strategy, places, nowMs));
    return null;
  });
  await askAboutClass(out, strategy, session);
  const fee = (request.fee ?? defaults.fee) + (request.slippage ?? defaults.slippage);
  return { backup, differences: differencesOf(params, fee), check: checkCommand(request, strategy, span, fee) };
}

/** Saves into a file that is there; with `force`, a file of another strategy is replaced. Resolves to its backup. */
async function update(
  request: ExportRequest,
  places: Place[],
  { strategy, nowMs }: { readonly strategy: string; readonly nowMs: number },
): Promise<string | null> {
  const { out } = request;
  const document = await openConfig(
    out,
    exportLayout(() => places),
  );
  const named = document.value("strategy_name");
  if (named === strategy) {
    const saved = await saveConfig(document, { params: new Map([["", {}]]), phase2Learning: null }, { nowMs });
    return saved?.backup ?? null;
  }
  if (request.force !== true)
    throw new InputError("EXPORT_STRATEGY", "the file has the parameters of another strategy", {
      where: `--out ${out}`,
      found: `strategy_name ${JSON.stringify(named)}`,
      expected: `strategy_name "${strategy}"`,
      remedy: "choose the file of the strategy, or use --force to replace it",
    });
  await writeExport(out, newFreqtradeFile(strategy, places, nowMs));
  return null;
}

async function hasContent(path: string): Promise<boolean> {
  return (await readFile(path, "utf8")).trim() !== "";
}

function strategyOf({ strategy }: ExportRequest): string {
  if (strategy !== undefined && /^[\p{L}_][\p{L}\p{N}_]*$/u.test(strategy)) return strategy;
  throw wrong({
    call: "export",
    rule: "a parameter file of freqtrade names its strategy's class",
    where: "strategy",
    found: strategy,
    expected: "the name of a Python class, such as MyStrategy",
  });
}

/** Warns if the strategy beside the file has no class of that name: freqtrade would refuse to start. */
async function askAboutClass(out: string, strategy: string, session: Session): Promise<void> {
  const path = out.replace(/\.json$/i, ".py");
  const source = await readFile(path, "utf8").catch(() => null);
  if (source === null)
    session.warn(
      "EXPORT_CLASS",
      `freqtrade reads the file only beside the strategy's, as ${path}, which is not there; check that its class is called ${strategy}`,
    );
  else if (!new RegExp(`^class\\s+${strategy}\\s*[(:]`, "mu").test(source))
    session.warn(
      "EXPORT_CLASS",
      `${path} has no class ${strategy}: freqtrade refuses a parameter file whose strategy_name is not the class's name`,
    );
}

/** The command that backtests the exported parameters on the same candles and costs. */
function checkCommand(request: ExportRequest, strategy: string, span: ExportSource["span"], fee: number): string {
  const { timeframeMs } = request;
  const [fromMs, toMs] = [request.fromMs ?? span?.fromMs, request.toMs ?? span?.toMs];
  const timeOf = (ms: number): string =>
    ms % 86_400_000 === 0 ? new Date(ms).toISOString().slice(0, 10).replaceAll("-", "") : String(Math.floor(ms / 1000));
  const range =
    fromMs === undefined && toMs === undefined
      ? []
      : ["--timerange", `${fromMs === undefined ? "" : timeOf(fromMs)}-${toMs === undefined ? "" : timeOf(toMs)}`];
  return [
    "freqtrade",
    "backtesting",
    "--strategy",
    strategy,
    ...(timeframeMs === undefined ? [] : ["--timeframe", formatTimeframe(timeframeMs)]),
    ...range,
    "--fee",
    String(Math.round(fee * 1e9) / 1e9),
  ]
    .map(shellWord)
    .join(" ");
}
