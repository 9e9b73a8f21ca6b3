import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { syntheticMarket } from "../candles/synthetic.ts";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { writeWhole } from "../wholeFile.ts";
import { defaults } from "./defaults.ts";
import { optimize } from "./optimize.ts";
import type { OptimizeOptions } from "./optimizeCall.ts";
import type { DemoRequest } from "./request.ts";
import type { OptimizeResult } from "./results.ts";

/** The result of `demo`: that of a whole run on the synthetic market. */
export interface DemoResult extends OptimizeResult {
  /** The only thing left on disk: the demo's config, its backup and the report. */
  readonly folder: string;
}

const symbols = ["ALPHA", "BRAVO", "CHARLIE", "DELTA", "ECHO", "FOXTROT", "GOLF", "HOTEL"].map((name) => `${name}USDT`);
const days = 150;
const timeframeMs = 900_000;
/** A fixed present, so that the same seed gives the same result on any day. */
const nowMs = Date.UTC(2026, 0, 1);

/** The whole run on a seeded synthetic market and a generated config: no network, no files of the user. */
export async function demo(request: DemoRequest, options: OptimizeOptions): Promise<DemoResult> {
  const seed = request.seed ?? defaults.seed;
  const folder = request.out ?? (await mkdtemp(join(tmpdir(), "sluice-demo-")));
  const config = join(folder, "learning_config.json");
  await makeFolder(folder).catch((cause: Error) => {
    throw notOurs(folder, cause.message, cause);
  });
  await putConfig(config);
  const candles = syntheticMarket({ seed, symbols, days, timeframeMs, endTimeMs: nowMs });
  const strict = request.strict ?? false;
  const result = await optimize(
    {
      candles,
      timeframeMs,
      configs: [config],
      out: join(folder, "report"),
      force: request.force ?? false,
      seed,
      nowMs,
      minProfit: 0.04,
      strict,
    },
    options,
  );
  return { ...result, folder };
}

/** Writes the demo's config if there is none, or anew in place of that of an earlier demo, which then begins again. */
async function putConfig(path: string): Promise<void> {
  const text = demoConfig();
  await writeFile(path, text, { flag: "wx" }).catch(async (cause: NodeJS.ErrnoException) => {
    const there = cause.code === "EEXIST" ? await readFile(path, "utf8").catch(() => "") : "";
    if (there === text) return;
    if (!isDemos(there)) throw notOurs(path, cause.code === "EEXIST" ? "a file of this name" : cause.message, cause);
    await forget(path).then(
      () => writeWhole(path, text),
      (error: Error) => {
        throw notOurs(path, error.message, error);
      },
    );
  });
}

/** What a run writes into a config; the rest stays as it is. */
const written = new Set(["last_update", "scalping_params", "swing_params", "phase2_learning"]);

/** Whether a config is that of a demo, whatever its runs have saved. */
function isDemos(text: string): boolean {
  try {
    const restOf = (json: string): string =>
      JSON.stringify(JSON.parse(json), (key, value) => (written.has(key) ? key : value));
    return restOf(text) === restOf(demoConfig());
  } catch {
    return false;
  }
}

/** Removes what the saves of an earlier demo have left beside its config: backups, and the ledger, in which the same days would count as seen. */
async function forget(config: string): Promise<void> {
  const folder = dirname(config);
  const name = basename(config);
  for (const each of await readdir(folder))
    if (each === `${name}.sluice` || each.startsWith(`${name}.bak-`))
      await rm(join(folder, each), { recursive: true, force: true });
}

function notOurs(where: string, found: string, cause: Error): InputError {
  return new InputError(
    "DEMO_FOLDER",
    "the demo writes its own config and replaces no other",
    {
      where,
      found,
      expected: "a writable folder without a config, or with that of an earlier demo",
      remedy: "choose another folder with --out, or leave it out",
    },
    { cause },
  );
}

/** A small bot config: current parameters, some settings of the bot, and a little history. */
function demoConfig(): string {
  const current = {
    min_signal_score: 60,
    min_indicator_consensus: 2,
    min_risk_reward: 1.5,
    atr_tp_multiplier: 2,
    atr_stop_multiplier: 1.5,
    max_holding_hours: 12,
    trailing_stop_enabled: false,
    position_size: 0.05,
  };
  const config = {
    version: "1.0",
    last_update: "2025-10-01 03:15:00",
    global: { min_signal_score: 55, max_hold_time_hours: 24 },
    scalping_params: current,
    swing_params: { ...current, atr_stop_multiplier: 1, max_holding_hours: 6 },
    per_symbol: Object.fromEntries(symbols.map((symbol) => [symbol, { sample_count: 12, min_risk_reward: 1.5 }])),
    phase2_learning: { latest: null, history: [] },
    notes: ["the bot's own business"],
  };
  return `${JSON.stringify(config, null, 2)}\n`;
}
