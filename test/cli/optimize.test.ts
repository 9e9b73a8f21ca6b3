import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OptimizeResult } from "../../src/run/results.ts";
import { edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";
import { learningConfig } from "../support/learningConfig.ts";
import { describeMarkets, heldMarket } from "../support/referenceData.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const months = fileURLToPath(heldMarket.candles);
const smallSpace = fileURLToPath(new URL("../library/space.json", import.meta.url));
const learning = learningConfig();
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const sluice = (...args: string[]): Answer =>
  spawnSync(process.execPath, [main, ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, CI: "true" } });
const at = (...names: string[]): string => join(folder, ...names);
const parse = (answer: Answer): OptimizeResult => JSON.parse(answer.stdout) as OptimizeResult;

/** A result without what may differ between two runs of the same: memory, times, backup names. */
function comparable(result: OptimizeResult): unknown {
  return {
    ...result,
    memory: 0,
    runs: result.runs.map((run) => ({ ...run, config: 0, saved: run.saved?.bytes_written })),
  };
}

function configNamed(name: string, text = learning): string {
  writeFileSync(at(name), text);
  return at(name);
}

describeMarkets("optimize", (source) => {
  it("loads once and tells the same twice; a night without a change writes nothing", () => {
    const before = learning;
    const own = source === heldMarket ? "made-up" : "real";
    const names = [`${own}-a.json`, `${own}-b.json`] as const;
    const results = names.map((name) => {
      const answer = sluice(
        "optimize",
        "--candles",
        fileURLToPath(source.candles),
        "--symbols",
        source.symbols.slice(1, 4).join(","),
        "--config",
        configNamed(name),
        "--out",
        at("runs", name),
        "--allow-stale",
        "--json",
      );
      expect(answer.status, answer.stderr).toBe(0);
      return parse(answer);
    });
    expect(comparable(results[0]!)).toEqual(comparable(results[1]!));
    const [run] = results[0]!.runs;
    expect(run!.config_loads).toBe(1);
    const path = at(names[0]);
    expect(readdirSync(at("runs", names[0])).sort()).toEqual(["history", "report.html", "report.txt", "result.json"]);
    // Nothing that these months hold may be believed on so few days.
    expect([run!.diff!.changed, run!.saved, run!.not_saved_because]).toEqual([0, null, "no parameter changed"]);
    expect(readFileSync(path, "utf8")).toBe(before);
    // That it looked is on record, and nothing else.
    expect(readdirSync(folder).filter((name) => name.startsWith(`${names[0]}.`))).toEqual([`${names[0]}.sluice`]);
  });
});

describe("optimize and the configs it is given", () => {
  it("leaves the config alone under --dry-run, and takes two configs in one scan", () => {
    const bare = JSON.parse(learning) as Record<string, unknown>;
    delete bare["scalping_params"];
    delete bare["swing_params"];
    const paths = [configNamed("one.json"), configNamed("bare.json", JSON.stringify(bare, null, 1))];
    const texts = paths.map((path) => readFileSync(path, "utf8"));
    const answer = sluice(
      "optimize",
      "--candles",
      months,
      "--space",
      smallSpace,
      ...paths.flatMap((path) => ["--config", path]),
      "--dry-run",
      "--json",
    );
    expect(answer.status, answer.stderr).toBe(0);
    const result = parse(answer);
    expect(result.runs.map((run) => [run.config, run.config_loads, run.saved])).toEqual(
      paths.map((path) => [path, 1, null]),
    );
    expect(result.memory.filter(({ phase, event }) => phase === "phase1" && event === "start")).toHaveLength(1);
    expect(paths.map((path) => readFileSync(path, "utf8"))).toEqual(texts);
  });

  it("does not save on stale candles, and says so", () => {
    const { candles, signals, spaceFile } = writeEdgeMarket(at("market"));
    const path = configNamed("stale.json", edgeConfig);
    const files = ["--candles", candles, "--signals", signals, "--space", spaceFile, "--config", path];
    const answer = sluice("optimize", ...files, "--timeframe", "1h", "--lookahead", "6", "--min-profit", "1");
    expect(answer.status, answer.stderr).toBe(0);
    expect(answer.stdout).toContain("--allow-stale");
    expect(readFileSync(path, "utf8")).toBe(edgeConfig);
  });

  it("refuses or waits where two runs save one config at once, and loses neither's word", async () => {
    const market = writeEdgeMarket(at("market"));
    const path = configNamed("shared.json", edgeConfig);
    const run = (): Promise<number | null> =>
      new Promise((resolve) => {
        const child = spawn(
          process.execPath,
          [
            main,
            "optimize",
            "--candles",
            market.candles,
            "--signals",
            market.signals,
            "--space",
            market.spaceFile,
            "--timeframe",
            "1h",
            "--lookahead",
            "6",
            "--min-profit",
            "1",
            "--config",
            path,
            "--allow-stale",
            "--quiet",
          ],
          { stdio: "ignore" },
        );
        child.on("close", resolve);
      });
    const statuses = await Promise.all([run(), run()]);
    for (const status of statuses) expect([0, 3]).toContain(status);
    expect(statuses).toContain(0);
    expect(JSON.parse(readFileSync(path, "utf8")).good_params.min_strength).toBe(50);
    expect(readdirSync(folder).filter((name) => name.startsWith("shared.json.lock"))).toEqual([]);
  });
});

describe("a run that cannot be", () => {
  /** A folder of candles with one line of a sound file replaced. */
  function candlesWith(name: string, line: number, text: string): string {
    mkdirSync(at(name), { recursive: true });
    const lines = readFileSync(join(months, "AAAUSDT-15m.csv"), "utf8").split("\n").slice(0, 500);
    lines[line - 1] = text;
    writeFileSync(at(name, "AAAUSDT-15m.csv"), lines.join("\n"));
    return at(name);
  }

  function refused(args: string[], status: number, ...words: string[]): void {
    const config = configNamed("refused.json");
    const before = readdirSync(folder).sort();
    const answer = sluice("optimize", "--config", config, "--allow-stale", ...args);
    expect(answer.status, answer.stderr).toBe(status);
    expect(answer.stdout).toBe("");
    for (const word of words) expect(answer.stderr).toContain(word);
    expect(answer.stderr).not.toMatch(/\n\s+at /);
    expect(readFileSync(config, "utf8")).toBe(learning);
    expect(readdirSync(folder).sort()).toEqual(before);
  }

  it("has no such folder, or an empty one", () => {
    refused(["--candles", at("nowhere")], 3, "nowhere");
    mkdirSync(at("empty"));
    refused(["--candles", at("empty")], 3, "empty");
  });

  it("has impossible candles: the block names file and line", () => {
    refused(["--candles", candlesWith("nan", 5, "1735693200000,NaN,1,1,1,1")], 3, "AAAUSDT-15m.csv:5", "NaN");
    refused(["--candles", candlesWith("order", 5, "1735689600000,1,1,1,1,1")], 3, "AAAUSDT-15m.csv:5");
    refused(["--candles", candlesWith("twice", 5, "1735691400000,1,1,1,1,1")], 3, "AAAUSDT-15m.csv:5", "twice");
    refused(["--candles", candlesWith("high", 5, "1735692300000,5,4,6,5,1")], 3, "AAAUSDT-15m.csv:5", "high");
  });

  it.each([
    ["an unknown feature", '{"min_luck": [1]}', "min_luck"],
    ["an empty list", '{"min_signal_score": []}', "min_signal_score"],
    ["a text for a number", '{"min_signal_score": ["60"]}', "min_signal_score"],
    ["a value twice", '{"min_signal_score": [60, 60]}', "min_signal_score"],
    ["no JSON", "{", "space.json"],
  ])("has a space with %s", (_, text, word) => {
    writeFileSync(at("space.json"), text);
    refused(["--candles", months, "--symbols", "AAAUSDT", "--space", at("space.json")], 3, word);
  });

  it.each([
    ["is not JSON", "hello"],
    ["is truncated", learning.slice(0, 1000)],
    ["is a list", "[]"],
  ])("has a config that %s", (_, text) => {
    const config = configNamed("broken.json", text);
    const answer = sluice("optimize", "--candles", months, "--config", config, "--allow-stale");
    expect(answer.status).toBe(3);
    expect(answer.stderr).toContain("broken.json");
    expect(readFileSync(config, "utf8")).toBe(text);
  });

  it("has a config in a read-only folder", () => {
    mkdirSync(at("locked"));
    writeFileSync(at("locked", "c.json"), learning);
    chmodSync(at("locked"), 0o555);
    const answer = sluice("optimize", "--candles", months, "--config", at("locked", "c.json"), "--allow-stale");
    chmodSync(at("locked"), 0o755);
    expect(answer.status).toBe(3);
    expect(answer.stderr).toContain("read-only folder");
  });

  it("has too little memory: exit 4, and how much would do", () => {
    refused(["--candles", months, "--symbols", "AAAUSDT", "--memory", "64kb"], 4, "at least");
  });
});

describe("demo", () => {
  it("leaves one folder, and the same result for the same seed", () => {
    const [a, b] = ["d1", "d2"].map((name) => {
      const answer = sluice("demo", "--seed", "1", "--out", at(name), "--json");
      expect(answer.status, answer.stderr).toBe(0);
      return parse(answer);
    });
    expect({ ...(comparable(a!) as object), folder: 0 }).toEqual({ ...(comparable(b!) as object), folder: 0 });
    expect(readdirSync(at("d1"))).toContain("learning_config.json");
    // An earned change where an edge was planted, an honest refusal where none was.
    const [run] = a!.runs;
    expect(run!.decision["swing"]!.advice).toBe("apply");
    expect(["keep", "pause"]).toContain(run!.decision["scalping"]!.advice);
    expect(run!.diff!.entries.every(({ path }) => path.startsWith("swing_params."))).toBe(true);
    expect(run!.saved).not.toBeNull();
  });
});
