import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordLook, recordOutcome } from "../../src/config/ledger.ts";
import type { InputError } from "../../src/errors.ts";
import { jsonText } from "../../src/report/json.ts";
import { saveReport } from "../../src/report/save.ts";
import { diffRuns } from "../../src/run/diffRuns.ts";
import { areRuns } from "../../src/run/findRun.ts";
import { listRuns } from "../../src/run/listRuns.ts";
import type { OptimizeResult } from "../../src/run/results.ts";
import { showRun } from "../../src/run/showRun.ts";
import { ran } from "../cli/host.ts";
import { optimizeResult } from "../report/fixtures.ts";

let folder = "";
const at = (...names: string[]): string => join(folder, ...names);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-runs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const night = (day: number): number => Date.UTC(2026, 10, day, 3, 0, 12);
const fingerprint = (day: number): string => `${day}`.padStart(2, "0").repeat(16);
/** A report of each of these days, in one folder. */
async function nights(out: string, ...days: readonly number[]): Promise<void> {
  for (const day of days)
    await saveReport(out, optimizeResult({ fingerprint: fingerprint(day) }), { nowMs: night(day) });
}
const refusal = (work: Promise<unknown>): Promise<InputError> =>
  work.then(
    () => expect.fail("it went through"),
    (error: InputError) => error,
  );

describe("a list of past runs", () => {
  it("has the newest first, and says how many there are", async () => {
    await nights(at("runs"), 3, 1, 2);
    const { total, runs } = await listRuns({ folders: [at("runs")], limit: 2 });
    expect([total, runs.map(({ time }) => time)]).toEqual([3, [night(3), night(2)]]);
    const result = optimizeResult();
    expect(runs[0]).toMatchObject({
      folder: at("runs", "history", "20261103T030012Z-03030303"),
      version: result.version,
      fingerprint: fingerprint(3),
      data: { symbols: result.phase1.symbols, from: result.phase1.from, to: result.phase1.to },
      problem: null,
    });
    const [run] = result.runs;
    expect(runs[0]!.configs[0]).toMatchObject({
      config: run!.config,
      overall: run!.phase4.overall,
      changed: run!.changed,
    });
    const [type, { verdict }] = Object.entries(run!.phase4.types)[0]!;
    expect(runs[0]!.configs[0]!.types[type]).toEqual({
      verdict,
      advice: run!.decision[type]!.advice,
      applied: run!.decision[type]!.applied,
    });
  });

  it("finds report folders below the one it is given, each run once", async () => {
    await nights(at("runs", "a"), 1);
    await nights(at("runs", "b", "deeper"), 2);
    // A copy without its history, as of an earlier version.
    cpSync(at("runs", "a", "result.json"), at("runs", "plain", "result.json"), { recursive: true });
    utimesSync(at("runs", "plain", "result.json"), night(5) / 1000, night(5) / 1000);
    mkdirSync(at("runs", "empty"));
    mkdirSync(at("runs", "killed", "history", "20261109T030012Z-09090909"), { recursive: true });
    const { runs } = await listRuns({ folders: [at("runs"), at("runs", "a"), at("runs")] });
    expect(runs.map(({ time }) => time)).toEqual([night(5), night(2), night(1)]);
  });

  it("shows a result that is cut or foreign as such, and lists the others", async () => {
    await nights(at("runs"), 1, 2, 3);
    const cut = at("runs", "history", "20261102T030012Z-02020202", "result.json");
    writeFileSync(cut, readFileSync(cut, "utf8").slice(0, 2000));
    writeFileSync(at("runs", "history", "20261103T030012Z-03030303", "result.json"), '{"mine": 1}');
    const { runs } = await listRuns({ folders: [at("runs")] });
    expect(runs.map(({ problem }) => problem)).toEqual([
      expect.stringContaining("not the result of a run"),
      expect.stringContaining("the end of the file"),
      null,
    ]);
  });

  it("has what only a ledger knows, and a look of a listed run with that run", async () => {
    const config = at("bot.json");
    writeFileSync(config, "{}\n");
    for (const day of [1, 2]) {
      const look = {
        splitMs: night(1) - 30 * 86_400_000,
        dataEndMs: night(day),
        holdout: { firstDay: 20_700, lastDay: 20_730 + day },
        confidence: 0.95,
        fingerprint: fingerprint(day),
        configSha256: "",
        isDryRun: day === 1,
      };
      const options = { nowMs: night(day) };
      const { seq } = await recordLook(config, { ...look, types: ["swing"] }, options);
      const candidates = [{ name: "phase3", verdict: "UNSTABLE", figures: {} }];
      const types = { swing: { candidates, decision: { advice: "keep", applied: null } } };
      if (day === 1) await recordOutcome(config, { look: seq, types }, options);
    }
    const run = { ...optimizeResult().runs[0]!, config: "elsewhere/bot.json" };
    await saveReport(at("runs"), optimizeResult({ runs: [run], fingerprint: fingerprint(9) }), { nowMs: night(2) });
    const { total, runs } = await listRuns({ folders: [at("runs")], configs: [config], nowMs: night(4) });
    expect([total, runs.length]).toEqual([2, 2]);
    expect(runs[0]).toMatchObject({
      fingerprint: fingerprint(9),
      looks: [{ time: night(2), types: { swing: { advice: null } } }],
    });
    expect(runs[1]).toMatchObject({
      time: night(1),
      folder: null,
      looks: [{ dry_run: true, data_end: night(1) }],
      configs: [
        { types: { swing: { verdict: "UNSTABLE", advice: "keep", applied: null } }, changed: null, saved: null },
      ],
    });
    const alone = await listRuns({ configs: [config], limit: 1, nowMs: night(4) });
    expect([alone.total, alone.runs.map(({ time }) => time)]).toEqual([2, [night(2)]]);
  });

  it("needs somewhere to look", async () => {
    expect((await refusal(listRuns({}))).code).toBe("RUNS_NOWHERE");
    expect((await refusal(listRuns({ folders: [at("none")] }))).code).toBe("RUNS_FOLDER");
  });
});

describe("a past run", () => {
  beforeEach(() => nights(at("runs"), 1, 2, 12));

  it.each([
    ["latest", 12],
    ["0101", 1],
    [fingerprint(2), 2],
    ["2026-11-02", 2],
    ["2026-11-02T03:00", 2],
    ["20261112T0300", 12],
  ])("is found by %s", async (word, day) => {
    const shown = await showRun({ run: word, folders: [at("runs")] });
    expect([shown.time, shown.result]).toEqual([night(day), optimizeResult({ fingerprint: fingerprint(day) })]);
  });

  it("is found by its folder, and by its result", async () => {
    const path = at("runs", "history", "20261101T030012Z-01010101");
    for (const run of [path, join(path, "result.json")])
      expect(await showRun({ run })).toMatchObject({
        time: night(1),
        folder: path,
        result: { fingerprint: fingerprint(1) },
      });
    expect(await showRun({ run: at("runs") })).toMatchObject({ result: { fingerprint: fingerprint(12) } });
  });

  it("is the newest of several with one fingerprint, whose results are equal", async () => {
    await saveReport(at("runs"), optimizeResult({ fingerprint: fingerprint(1) }), { nowMs: night(20) });
    expect(await showRun({ run: "01010101", folders: [at("runs")] })).toMatchObject({ time: night(20) });
  });

  it("is refused where none or several are meant", async () => {
    const folders = [at("runs")];
    expect((await refusal(showRun({ run: "ffff", folders }))).code).toBe("RUN_NOT_FOUND");
    expect((await refusal(showRun({ run: "ffff" }))).details.remedy).toContain("--out");
    await saveReport(at("runs"), optimizeResult({ fingerprint: `0101${"2".repeat(28)}` }), { nowMs: night(21) });
    const error = await refusal(showRun({ run: "0101", folders }));
    expect([error.code, error.details.found]).toEqual(["RUN_AMBIGUOUS", expect.stringContaining("01012222")]);
  });

  it("is shown as its report was, and as JSON whole", async () => {
    const text = await ran(["show", "2026-11-02", "--out", at("runs"), "--quiet", "--verbose"]);
    const path = at("runs", "history", "20261102T030012Z-02020202");
    expect([text.code, text.stderr]).toEqual([0, ""]);
    const [report, shown] = [readFileSync(join(path, "report.txt"), "utf8"), text.stdout].map((each) =>
      each.slice(each.indexOf("\nSluice 0.1.0\n")).split("Report   "),
    );
    expect(text.stdout.split("\n")[0]).toBe(readFileSync(join(path, "report.txt"), "utf8").split("\n")[0]);
    // Where it is now, not where the newest run was.
    expect(shown![0]).toBe(report![0]);
    expect(shown![1]!.replace(/\s+/g, "")).toContain(`${path}:result.json,report.txt`);
    const json = await ran(["show", "latest", "--out", at("runs"), "--json", "--quiet"]);
    expect(jsonText(JSON.parse(json.stdout).result)).toBe(readFileSync(at("runs", "result.json"), "utf8"));
  });

  it("of another version that this one cannot show is refused with the file to read", async () => {
    const path = at("runs", "result.json");
    const { memory: _, ...older } = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...older, version: "0.0.1" }));
    const { code, stderr } = await ran(["show", path, "--quiet", "--verbose"]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("report.txt")]);
  });
});

describe("two runs", () => {
  const other = (changes: Partial<OptimizeResult>): Promise<unknown> => saveReport(at("b"), optimizeResult(changes));
  beforeEach(() => saveReport(at("a"), optimizeResult()));

  it("with the same inputs have the same results, whenever they ran", async () => {
    await other({ memory: [] });
    const diff = await diffRuns({ oldPath: at("a"), newPath: at("b", "result.json") });
    expect(diff).toMatchObject({ same_inputs: true, same_results: true, inputs: [], options: [], types: [] });
    const { stdout } = await ran(["diff", at("a"), at("b"), "--quiet"]);
    expect(stdout).toMatch(/^same inputs, same results\nold {2}/);
  });

  it("that differ say in what: inputs, options, outcome, parameters, metrics", async () => {
    const result = optimizeResult();
    const [run] = result.runs;
    const [type] = Object.keys(run!.phase4.types) as [string];
    const phase3 = run!.phase3[type]!;
    const replays = phase3.replays.map((replay) =>
      replay.set === "phase3" && replay.part === "holdout"
        ? { ...replay, one_position: { ...replay.one_position, n: 7 } }
        : replay,
    );
    const changed = {
      ...run!,
      phase3: { ...run!.phase3, [type]: { ...phase3, params: { ...phase3.params, min_signal_score: 99 }, replays } },
      phase4: {
        ...run!.phase4,
        types: { ...run!.phase4.types, [type]: { ...run!.phase4.types[type]!, verdict: "FAILED" as const } },
      },
      decision: { ...run!.decision, [type]: { ...run!.decision[type]!, advice: "pause" as const, applied: null } },
    };
    const phase1 = { ...result.phase1, to: result.phase1.to + 900_000 };
    await other({ fingerprint: "f".repeat(32), runs: [changed], phase1, options: { ...result.options, fee: 0.001 } });
    const diff = await diffRuns({ oldPath: at("a"), newPath: at("b") });
    expect(diff).toMatchObject({
      same_inputs: false,
      same_results: false,
      inputs: [{ name: "data_to", old: result.phase1.to, new: phase1.to }],
      options: [{ name: "fee", old: 0.0005, new: 0.001 }],
    });
    expect(diff.types).toHaveLength(1);
    expect(diff.types[0]).toMatchObject({
      type,
      params: [{ name: "min_signal_score", old: phase3.params["min_signal_score"], new: 99 }],
      metrics: [{ name: "phase3.n", new: 7 }],
    });
    expect(diff.types[0]!.outcome.map(({ name }) => name)).toContain("verdict");
    const { stdout } = await ran(["diff", at("a"), at("b"), "--quiet"]);
    expect(stdout).toMatch(/^different inputs, different results\n/);
    expect(stdout).toMatch(/fee +0\.0005 -> 0\.001/);
  });

  it("are told from two configs by their content, and not compared with one", async () => {
    writeFileSync(at("one.json"), '{"swing_params": {"a": 1}}');
    writeFileSync(at("two.json"), '{"swing_params": {"a": 2}}');
    expect([await areRuns(at("a"), at("a", "result.json")), await areRuns(at("one.json"), at("two.json"))]).toEqual([
      true,
      false,
    ]);
    expect((await ran(["diff", at("one.json"), at("two.json")])).stdout).toContain("swing_params.a 1 -> 2");
    const mixed = await ran(["diff", at("a"), at("one.json")]);
    expect([mixed.code, mixed.stderr]).toEqual([3, expect.stringContaining("a run and a config cannot be compared")]);
    const { code, stderr } = await ran(["diff", at("a"), folder]);
    expect([code, stderr]).toEqual([3, expect.stringContaining("no result of a run at this path")]);
  });
});

describe("sluice list", () => {
  it("is one table of at most 100 columns, in the order of time", async () => {
    await nights(at("runs"), 1, 2, 3);
    appendFileSync(at("runs", "history", "20261102T030012Z-02020202", "result.json"), "x");
    const { code, stdout } = await ran(["list", "--out", at("runs"), "--limit", "2", "--quiet", "--verbose"]);
    const lines = stdout.trimEnd().split("\n");
    expect(code).toBe(0);
    expect(lines[0]).toMatch(/^time \(UTC\) +run +version +candles +type +verdict +decision$/);
    expect(lines[1]).toMatch(/^2026-11-03 03:00 03030303 /);
    expect(lines.find((line) => line.startsWith("2026-11-02 03:00"))).toMatch(/unreadable$/);
    expect(lines.at(-1)).toBe("2 of 3 runs; --limit N lists more");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it("takes the folder that sluice.config.json sets for runs", async () => {
    await nights(at("runs"), 1);
    writeFileSync(at("sluice.config.json"), JSON.stringify({ out: at("runs") }));
    const { stdout } = await ran(["list", "--json", "--quiet"], { folder });
    expect(JSON.parse(stdout).total).toBe(1);
  });
});
