import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { englishIn } from "../support/english.ts";
import { ran } from "./host.ts";

/** What is the user's own in these runs, and what stands for a missing value. */
const names = ["good", "bad", "AAA", "BBB", "CCC", "DDD", "EEE", "phase3", "phase2", "suggestion", "swing", "scalping"];

let folder = "";
const at = (name: string): string => join(folder, name);
const market = (): string[] => [
  "--candles",
  at("candles"),
  "--timeframe",
  "1h",
  "--lookahead",
  "6",
  "--min-profit",
  "2",
];
const table = (): string[] => [...market(), "--opportunities", at("signals.csv"), "--type", "good"];

/** A verb that makes a whole run, with all that it reads. */
const run = (verb: string): string[] => [
  ...[verb, ...market(), "--signals", at("signals.csv"), "--space", at("space.json"), "--config", at("bot.json")],
];

/** Stands for the folder of the oldest run. */
const oldest = "OLDEST";

/** Every verb that prints a summary, in an order in which each finds what it needs. */
const commands = (): Record<string, readonly string[]> => ({
  optimize: [...run("optimize"), ...["--out", at("runs"), "--allow-stale", "--threads", "1"]],
  "optimize again": [...run("optimize"), ...["--out", at("runs"), "--threads", "1", "--report", at("again.html")]],
  search: ["search", ...table(), "--space", at("space.json"), "--threads", "1", "--save-best", at("best.json")],
  simulate: ["simulate", ...table(), "--params", at("best.json"), "--trades", at("trades.csv")],
  validate: [
    ...["validate", ...table(), "--params", at("best.json"), "--space", at("space.json"), "--current", at("weak.json")],
    ...["--threads", "1"],
  ],
  plan: ["plan", ...table(), "--space", at("space.json")],
  "plan of parts": ["plan", ...table(), "--space", at("space.json"), "--parts", "40"],
  split: ["split", ...table(), "--space", at("space.json"), "--parts", "2000", "--out", at("job")],
  "split again": ["split", ...table(), "--space", at("space.json"), "--parts", "2000", "--out", at("job")],
  part: ["part", "--job", at("job"), "--part", "0", "--threads", "1"],
  "part with a floor": ["part", "--job", at("job"), "--part", "1", "--threads", "1", "--floor", "100000"],
  "status of a job": ["status", "--job", at("job")],
  "split in two": ["split", ...table(), "--space", at("space.json"), "--parts", "2", "--out", at("pair")],
  "first of two": ["part", "--job", at("pair"), "--part", "0", "--threads", "1"],
  "second of two": ["part", "--job", at("pair"), "--part", "1", "--threads", "1"],
  "status of a pair": ["status", "--job", at("pair")],
  merge: ["merge", "--job", at("pair")],
  scan: ["scan", "--candles", at("candles"), "--timeframe", "1h", "--out", at("scanned.csv")],
  rehearse: [...run("rehearse"), ...["--every", "14d", "--window", "40d", "--null-copies", "1", "--threads", "1"]],
  list: ["list", "--out", at("runs"), "--config", at("bot.json")],
  "show a run": ["show", "latest", "--out", at("runs")],
  "diff of runs": ["diff", oldest, at("runs")],
  "diff of configs": ["diff", at("before.json"), at("bot.json")],
  "no diff": ["diff", at("bot.json"), at("bot.json")],
  backups: ["rollback", "--config", at("bot.json"), "--list"],
  rollback: ["rollback", "--config", at("bot.json")],
  convert: ["convert", "--candles", at("candles"), "--timeframe", "4h", "--out", at("converted")],
  inspect: ["inspect", at("candles")],
  export: ["export", "--params", at("best.json"), "--format", "env", "--out", at("best.env")],
});

/** Names with their values, as a config, a result or a memory plan has them. */
const isData = (line: string): boolean => / -> /.test(line) || /^\w+ +[\d,]+( +x \d+)?$/.test(line);

const said: Record<string, string> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-zh-"));
  writeEdgeMarket(folder);
  for (const name of ["bot.json", "before.json"]) writeFileSync(at(name), edgeConfig);
  const weak = { min_strength: 0, atr_tp_multiplier: 3, atr_stop_multiplier: 2, max_holding_hours: 6 };
  writeFileSync(at("weak.json"), JSON.stringify(weak));
  for (const [name, argv] of Object.entries(commands())) {
    const own = argv.map((word) =>
      word === oldest ? at(`runs/history/${readdirSync(at("runs/history")).sort()[0]}`) : word,
    );
    const { code, stdout, stderr } = await ran([...own, "--lang", "zh", "--quiet", "--verbose"], { folder });
    expect(code, `${name}: ${stderr}`).toBe(0);
    said[name] = stdout;
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("in Chinese", () => {
  it.each(Object.keys(commands()))("%s says nothing in English, with every figure", (name) => {
    const lines = said[name]!.split("\n").map((line) => line.trim());
    expect(said[name]).toMatch(/\p{Script=Han}/u);
    const english = lines.filter((line) => !isData(line) && englishIn(line, names).length > 0);
    expect(english).toEqual([]);
    // Not even where a value is missing.
    expect(said[name]).not.toMatch(/\bnone\b/);
  });

  it("the report of a run begins with the same lines", () => {
    const [first] = said["optimize again"]!.split("\n");
    expect(readFileSync(at("runs/report.txt"), "utf8").split("\n")[0]).toBe(first);
  });

  it("JSON stays as it is", async () => {
    const [english, chinese] = await Promise.all(
      ["en", "zh"].map((lang) => ran([...commands()["simulate"]!, "--lang", lang, "--json"], { folder })),
    );
    expect(chinese!.stdout).toBe(english!.stdout);
    expect(JSON.parse(chinese!.stdout)).toHaveProperty("metrics");
  });
});
