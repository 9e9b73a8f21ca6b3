import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { backupsOf } from "../../src/config/backups.ts";
import { openConfig } from "../../src/config/document.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { CapacityError, InputError } from "../../src/errors.ts";
import { optimize as optimizeCall, search as searchCall, simulate as simulateCall } from "../../src/library/calls.ts";
import { type Ran, ran } from "../cli/host.ts";
import { learningConfig } from "../support/learningConfig.ts";
import { heldMarket, reference } from "../support/referenceData.ts";
import { dirtyCandles } from "./dirtyCandles.ts";
import { callOutcome, checkExits, csvOf, rowsOf, spoiltSeries, troubled } from "./markets.ts";
import { mutated } from "./mutate.ts";
import { sameAsFile } from "./rowsInMemory.ts";

/** What one case came to. */
export type Outcome = "done" | "refused";

/** A way into the program: makes one case of some randomness, and throws where the program did what it never may. */
export type Door = (random: Random) => Promise<Outcome>;

/** Randomness for one case, or null for the sound one. */
export type Random = (() => number) | null;

const head = (file: URL, lines: number): string => readFileSync(file, "utf8").split("\n").slice(0, lines).join("\n");

const bars = 160;
const firstBar = 1_735_689_600_000;
const signalRows = Array.from({ length: 40 }, (_, k) =>
  [
    k % 2 === 0 ? "AAAUSDT" : "BBBUSDT",
    firstBar + (4 + 3 * k) * 900_000,
    k % 3 === 0 ? "short" : "long",
    k % 5 === 0 ? "swing" : "scalping",
    "",
    k % 2 === 0 ? 200 : 0.4,
    30 + k,
    k / 40,
    k % 4 === 0 ? firstBar + (8 + 3 * k) * 900_000 : "",
  ].join(","),
);
const columns = ["symbol", "timestamp", "direction", "type", "entry", "atr", "signal_score", "luck", "exit_time"];

/** Sound files of every kind; a case spoils one or two of them. */
const sound: Readonly<Record<string, string>> = {
  "candles/AAAUSDT-15m.csv": head(new URL("AAAUSDT-15m.csv", heldMarket.candles), bars),
  "candles/BBBUSDT-15m.csv": head(new URL("BBBUSDT-15m.csv", heldMarket.candles), bars),
  "signals.csv": `${[columns.join(","), ...signalRows].join("\n")}\n`,
  "signals.json": JSON.stringify(
    signalRows.map((row) => {
      const cells = row.split(",");
      return Object.fromEntries(
        columns.map((name, k) => [
          name,
          cells[k] === "" || k === 0 || k === 2 || k === 3 ? cells[k] : Number(cells[k]),
        ]),
      );
    }),
  ),
  "space.json": JSON.stringify({
    scalping: { min_signal_score: [30, 50], min_luck: [0, 0.5], atr_tp_multiplier: [1, 2], max_holding_hours: [2, 6] },
    swing: {
      atr_stop_multiplier: [1, 3],
      trailing_stop_enabled: [true, false],
      trailing_stop_activation: [1],
      trailing_stop_distance: [0.5],
    },
  }),
  "params.json": JSON.stringify({ min_signal_score: 40, atr_tp_multiplier: 2, atr_stop_multiplier: 1 }),
  "suggestions.json": JSON.stringify([{ atr_tp_multiplier: 3, atr_stop_multiplier: 1, max_holding_hours: 8 }]),
  "config.json": learningConfig(),
  "sluice.config.json": JSON.stringify({ fee: 0.0004, "min-trades": 3, threads: 1 }),
};

/** Those of which a call may be given the contents. */
const valueFiles = ["signals.json", "space.json", "params.json", "suggestions.json"];

/** How others write a time of `firstBar`'s years. */
const timeSpellings: readonly ((ms: number) => string)[] = [
  (ms) => String(ms / 1000),
  (ms) => `${ms / 1000}.0`,
  (ms) => `${ms}000`,
  (ms) => `${ms}000000`,
  (ms) => (ms / 1000).toExponential(),
  (ms) => new Date(ms).toISOString(),
  (ms) => new Date(ms).toISOString().replace("T", " ").slice(0, 19),
  (ms) => new Date(ms + 5_400_000).toISOString().replace("Z", "+0130"),
];
/** What others call the columns of signals. */
const otherNames: readonly (readonly string[])[] = [
  ["pair", "coin", "Symbol"],
  ["Date", "open_time", "unix", "ts", ""],
  ["side", "signal", "Direction"],
  ["Type", "signal_type"],
  ["price", "entry_price"],
  ["ATR"],
];
const pickedOf = <T>(all: readonly T[], random: Random): T => all[Math.floor((random ?? (() => 0))() * all.length)]!;

/** The sound signals with their times spelt in one other way. */
function otherTimes(random: Random): string {
  const spelt = pickedOf(timeSpellings, random);
  const rows = signalRows.map((row) => row.replace(/,(\d+),/, (_, ms) => `,${spelt(Number(ms))},`));
  return `${[columns.join(","), ...rows].join("\n")}\n`;
}

/** The sound signals with other names for some of their columns; an unnamed time stands first. */
function otherHeader(random: Random): string {
  const names = columns.map((name, k) => {
    const others = otherNames[k];
    return others && (random ?? (() => 0))() < 0.7 ? pickedOf(others, random) : name;
  });
  if (names[1] !== "") return `${[names.join(","), ...signalRows].join("\n")}\n`;
  const timeFirst = (cells: readonly string[]): string => [cells[1], cells[0], ...cells.slice(2)].join(",");
  return `${[names, ...signalRows.map((row) => row.split(","))].map(timeFirst).join("\n")}\n`;
}
const soundRows = rowsOf(sound["candles/AAAUSDT-15m.csv"]!);
const otherRows = rowsOf(sound["candles/BBBUSDT-15m.csv"]!);
const dirty = [...Object.values(dirtyCandles()), ...realDirt()];

/** Heads of the real files with defects, where there is a folder of reference data. */
function realDirt(): string[] {
  if (!reference) return [];
  const folder = new URL("data/dirty/", reference);
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  return names.map((name) => head(new URL(name, folder), 200));
}

/** The doors over a folder of their own. */
export async function openDoors(folder: string): Promise<Readonly<Record<string, Door>>> {
  await mkdir(join(folder, "candles"), { recursive: true });
  await mkdir(join(folder, "dirty"), { recursive: true });
  const at = (name: string): string => join(folder, name);
  for (const [name, text] of Object.entries(sound)) writeFileSync(at(name), text);
  const data = ["--candles", at("candles")];
  const few = ["--min-trades", "1", "--threads", "1", "--json", "--quiet"];

  /** Runs a command line while one file is spoilt, or as it stands where none is; `text` is the sound one where it varies. */
  async function command(
    argv: readonly string[],
    spoilt: string | null,
    random: Random,
    text = spoilt === null ? "" : sound[spoilt]!,
  ): Promise<Outcome> {
    if (spoilt !== null) writeFileSync(at(spoilt), spoiltBytes(text, random));
    try {
      const end = await ran(argv, { folder });
      if (!random && end.code !== 0) throw new Error(`sound input is refused: ${end.stderr}`);
      return judged(end, argv);
    } finally {
      if (spoilt !== null) writeFileSync(at(spoilt), sound[spoilt]!);
    }
  }

  const search = (file: string): string[] => [
    ...["search", ...data, "--opportunities", at(file), "--space", at("space.json")],
    ...["--type", "scalping", "--objective", "total", ...few],
  ];
  const simulate = ["simulate", ...data, "--opportunities", at("signals.csv"), "--params", at("params.json")];
  return {
    "candles, simulated": (random) =>
      command(
        [...simulate, ...(random && random() < 0.3 ? ["--lenient"] : []), "--json", "--quiet"],
        "candles/AAAUSDT-15m.csv",
        random,
      ),
    "candles, inspected": (random) => command(["inspect", at("candles"), "--json"], "candles/BBBUSDT-15m.csv", random),
    "holes, breaks and grids": async (random) => {
      const spoilt = random ? troubled(soundRows, random) : soundRows;
      writeFileSync(at("candles/AAAUSDT-15m.csv"), csvOf(spoilt));
      const trades = at("trades.csv");
      rmSync(trades, { force: true });
      try {
        const end = await ran([...simulate, "--lenient", "--trades", trades, "--json", "--quiet"], { folder });
        const outcome = judged(end, simulate);
        if (outcome === "done") checkExits(readFileSync(trades, "utf8"), { AAAUSDT: spoilt, BBBUSDT: otherRows });
        return outcome;
      } finally {
        writeFileSync(at("candles/AAAUSDT-15m.csv"), sound["candles/AAAUSDT-15m.csv"]!);
      }
    },
    "columns in memory": (random) =>
      callOutcome(() =>
        simulateCall(
          {
            candles: [spoiltSeries("AAAUSDT", soundRows, random), spoiltSeries("BBBUSDT", otherRows, null)] as never,
            opportunities: at("signals.csv"),
            paramsFile: at("params.json"),
            lenient: random !== null && random() < 0.3,
          },
          { thread: "caller" },
        ),
      ),
    "rows in memory": async (random) => {
      const rows = rowsOf(Buffer.from(spoiltBytes(sound["candles/AAAUSDT-15m.csv"]!, random)).toString());
      const rules = { lenient: random !== null && random() < 0.3, now: firstBar + 2 * bars * 900_000 };
      return sameAsFile(rows, rules, at("dirty"));
    },
    "values in place of files": (random) => {
      const values = Object.fromEntries(valueFiles.map((name) => [name, JSON.parse(sound[name]!)]));
      const spoilt = valueFiles[Math.floor(valueFiles.length * (random ?? (() => 0))())]!;
      if (random)
        try {
          values[spoilt] = JSON.parse(Buffer.from(spoiltBytes(sound[spoilt]!, random)).toString());
        } catch {
          // What is not JSON may still be a value.
          values[spoilt] = Number.NaN;
        }
      const candles = at("candles");
      const opportunities = values["signals.json"];
      const [space, params, suggestions] = ["space.json", "params.json", "suggestions.json"].map(
        (name) => values[name],
      );
      return callOutcome(() => {
        const how = { thread: "caller" } as const;
        if (spoilt === "params.json") return simulateCall({ candles, opportunities, params }, how);
        if (spoilt === "suggestions.json")
          return optimizeCall({ candles, signals: opportunities, space, suggestions, minTrades: 1, threads: 1 }, how);
        return searchCall({ candles, opportunities, space, type: "scalping", minTrades: 1, threads: 1 }, how);
      });
    },
    clocks: (random) => {
      // Around the span of the candles: before all of them, inside one, after all.
      const nowMs = random ? firstBar + Math.floor((random() * 1.4 - 0.2) * bars * 900_000) : firstBar + bars * 900_000;
      return callOutcome(() =>
        simulateCall(
          { candles: at("candles"), opportunities: at("signals.csv"), paramsFile: at("params.json"), nowMs },
          { thread: "caller" },
        ),
      );
    },
    "dirty candles": async (random) => {
      const place = Math.floor(dirty.length * (random ?? (() => 0))());
      const path = join(at("dirty"), "AAAUSDT-1h.csv");
      writeFileSync(path, spoiltBytes(dirty[place]!, random));
      return judged(await ran(["inspect", path, "--json"], { folder }), ["inspect", `dirty ${place}`]);
    },
    "signals, CSV": (random) => command(search("signals.csv"), "signals.csv", random),
    "signals, other times": (random) => command(search("signals.csv"), "signals.csv", random, otherTimes(random)),
    "signals, other names": (random) =>
      command(
        [...search("signals.csv"), ...(random && random() < 0.3 ? ["--lenient"] : [])],
        "signals.csv",
        random,
        otherHeader(random),
      ),
    "signals, JSON": (random) => command(search("signals.json"), "signals.json", random),
    space: (random) => command(search("signals.csv"), "space.json", random),
    params: (random) => command([...simulate, "--json", "--quiet"], "params.json", random),
    "defaults file": (random) => command(search("signals.csv"), "sluice.config.json", random),
    suggestions: (random) =>
      command(
        [
          "optimize",
          ...data,
          "--signals",
          at("signals.csv"),
          "--suggest",
          at("suggestions.json"),
          "--space",
          at("space.json"),
          ...few,
        ],
        "suggestions.json",
        random,
      ),
    flags: (random) => {
      const argv = [
        ...search("signals.csv"),
        "--fee",
        "0.001",
        "--top",
        "3",
        "--symbols",
        "AAAUSDT,BBBUSDT",
        "--slippage",
        "0.001",
      ];
      for (let changes = random ? 1 + Math.floor(2 * random()) : 0; random && changes > 0; changes--) {
        const place = 1 + Math.floor((argv.length - 1) * random());
        // A path stays what it is: another one may be a file of the user's.
        if (!argv[place]!.includes("/"))
          argv[place] = Buffer.from(mutated(Buffer.from(argv[place]!), random)).toString();
      }
      return command(argv, null, random);
    },
    config: async (random) => {
      const path = at("config.json");
      const bytes = spoiltBytes(sound["config.json"]!, random);
      writeFileSync(path, bytes);
      const before = Buffer.from(bytes);
      try {
        const document = await openConfig(path);
        document.snapshot();
        const params = new Map([["scalping", { min_signal_score: 71, atr_tp_multiplier: 2.5 }]]);
        const saved = await saveConfig(document, { params, phase2Learning: { latest: 1 } }, { nowMs: firstBar });
        if (saved) {
          const again = (await openConfig(path)).currentParams("scalping");
          if (again["min_signal_score"] !== 71) throw new Error("the saved value is not there");
          await rollback(path);
        }
        if (!readFileSync(path).equals(before)) throw new Error("a rollback did not restore every byte");
        return "done";
      } catch (error) {
        if (!isOnPurpose(error)) throw error;
        if (!readFileSync(path).equals(before)) throw new Error("a refused config was changed");
        const strange = readdirSync(folder).filter((name) => name.endsWith(".tmp") || name.endsWith(".lock"));
        if (strange.length > 0) throw new Error(`left behind: ${strange.join(", ")}`);
        return "refused";
      } finally {
        for (const backup of await backupsOf(path)) {
          rmSync(backup.path, { force: true });
          rmSync(`${backup.path}.json`, { force: true });
        }
      }
    },
  };
}

function spoiltBytes(text: string, random: Random): Uint8Array {
  return random ? mutated(Buffer.from(text), random) : Buffer.from(text);
}

function isOnPurpose(error: unknown): boolean {
  return error instanceof InputError || error instanceof CapacityError;
}

// Colours were not asked for; line breaks and tabs are the only control codes that a plain text needs.
const unprintable = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u;

/** Success, or one of the errors for input and capacity: never an internal error, a stack trace, or a code for the terminal. */
function judged({ code, stdout, stderr }: Ran, argv: readonly string[]): Outcome {
  const wrong = (what: string): Error => new Error(`${what}: ${argv.join(" ")}\n${stderr}`);
  if (![0, 2, 3, 4].includes(code)) throw wrong(`exit code ${code}`);
  if (/\n\s+at .*:\d+:\d+/.test(stderr)) throw wrong("a stack trace");
  if (unprintable.test(stderr) || unprintable.test(stdout)) throw wrong("a control code");
  if (code === 0) checkFigures(stdout, wrong);
  return code === 0 ? "done" : "refused";
}

function checkFigures(stdout: string, wrong: (what: string) => Error): void {
  if (!/^[[{]/.test(stdout)) return;
  JSON.parse(stdout, (_, value) => {
    if (typeof value === "number" && !Number.isFinite(value)) throw wrong("a figure that is no number");
    return value;
  });
}
