import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Reader } from "../support/reader.ts";
import { root } from "../support/sources.ts";

const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.warn("skipped: examples/python: no python3 here");

const config = "bot/signals_config.json";
const flags = "--candles data/candles --signals signals.csv --space space.json --json --quiet";

describe.skipIf(!python)("examples/python (needs python3)", () => {
  let reader: Reader;
  beforeAll(() => {
    reader = new Reader();
    reader.runs("python", [`cp "${root}examples/python/bot.py" .`]);
  });
  afterAll(() => reader.close());
  const bot = (...given: string[]) => reader.runs("python", [`python3 bot.py ${given.join(" ")}`]);

  it("acts on the decision of the run", () => {
    const { status, stdout, stderr } = bot(config);
    expect([status, stderr]).toEqual([0, ""]);
    const steps = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(steps.map(({ type }) => type)).toEqual(["swing"]);
    expect(["reload", "pause", "keep"]).toContain(steps[0].step);
    // The parameters are reloaded if and only if the file changed.
    const original = reader.runs("untouched", [`cat ${config}`]).stdout;
    const now = reader.runs("python", [`cat ${config}`]).stdout;
    expect(steps[0].step === "reload").toBe(now !== original);
  });

  it("saves nothing with --dry-run, and decides as the command does", () => {
    const command = `sluice optimize ${flags} --config ${config} --dry-run`;
    const run = JSON.parse(reader.runs("dry", [command]).stdout);
    reader.runs("dry", [`cp "${root}examples/python/bot.py" .`]);
    const { stdout } = reader.runs("dry", [`python3 bot.py ${config} --dry-run`]);
    const { type, verdict, reasons } = JSON.parse(stdout);
    expect(verdict).toBe(run.runs[0].phase4.types[type].verdict);
    expect(reasons).toEqual(run.runs[0].decision[type].reasons.map(({ code }: { code: string }) => code));
    expect(reader.runs("dry", [`cat ${config}`]).stdout).toBe(reader.runs("untouched", [`cat ${config}`]).stdout);
  });

  it("keeps the parameters and says why, whatever ends the run", () => {
    const [missing, small, wrong] = [bot("nothing.json"), bot(config, "--max-rss", "60mb"), bot(config, "--no-flag")];
    expect([missing, small, wrong].map(({ status, stdout }) => [status, stdout])).toEqual(Array(3).fill([1, ""]));
    expect(missing.stderr).toContain("the data or the config is wrong");
    expect(small.stderr).toContain("not enough memory");
    expect(wrong.stderr).toContain("the command line is wrong");
  });

  it("tells a saved change from one that was not saved, and a pause from both", () => {
    const decision = {
      better: { applied: "phase3", advice: "apply" },
      worse: { applied: null, advice: "pause" },
      same: { applied: null, advice: "keep" },
    };
    const stepsOf = (saved: object | null): unknown => {
      const result = JSON.stringify({ runs: [{ decision, saved }] });
      const script = "import bot, json, sys; print(json.dumps(bot.steps(json.loads(sys.argv[1]))))";
      const { stdout, stderr } = reader.runs("python", [`python3 -c '${script}' '${result}'`]);
      return stdout === "" ? stderr : JSON.parse(stdout);
    };
    expect(stepsOf({ file: "x" })).toEqual({ better: "reload", worse: "pause", same: "keep" });
    expect(stepsOf(null)).toEqual({ better: "keep", worse: "pause", same: "keep" });
  });
});
