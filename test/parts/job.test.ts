import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { mergeParts } from "../../src/parts/merge.ts";
import { runPart } from "../../src/parts/part.ts";
import { partFile, partFromText, partText } from "../../src/parts/partFile.ts";
import type { PartResult } from "../../src/parts/result.ts";
import { splitSearch } from "../../src/parts/split.ts";
import { jobStatus } from "../../src/parts/status.ts";
import { jsonText } from "../../src/report/json.ts";
import { plainPaint } from "../../src/report/paint.ts";
import { splitSummary, statusSummary } from "../../src/report/partsSummary.ts";
import { search } from "../../src/run/search.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { type FileSearch, searchFiles } from "./jobFiles.ts";

let folder = "";
let job = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-parts-"));
  job = join(folder, "job");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const parts = 5;
const bytesOf = ({ engine: _, ...result }: SearchResult): string => jsonText(result);
const split = (more: Partial<FileSearch> = {}, force = false) =>
  splitSearch({ ...searchFiles(folder, more), parts, out: job, force });

/** Splits and searches every part; the last first. */
async function finishedJob(more: Partial<FileSearch> = {}): Promise<void> {
  await split(more);
  for (let part = parts - 1; part >= 0; part--) await runPart({ job, part });
}

/** The refusal of a merge. */
async function refusal(): Promise<InputError> {
  const error = await mergeParts({ job }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

const read = (part: number): PartResult => partFromText(readFileSync(partFile(job, part), "utf8"))!;
const write = (part: PartResult, at = part.part): void => writeFileSync(partFile(job, at), partText(part));

describe("a job", () => {
  it.each<[string, Partial<FileSearch>]>([
    ["by default", {}],
    ["by drawdown", { objective: "calmar", maxDrawdown: 80, top: 3 }],
    [
      "with some of the candles, entering at the next open",
      { symbols: ["BBB"], lookaheadHours: 5, entry: "next-open", minTrades: 1 },
    ],
    ["by the summary exit model", { exitModel: "summary", lookaheadHours: 6, objective: "balanced", top: 40 }],
    ["where no set makes money", { fee: 0.02, objective: "total" }],
    ["with a leaderboard of every set", { top: 500, objective: "sqn" }],
  ])("gives the bytes of one search: %s", async (_, more) => {
    await finishedJob(more);
    const whole = await search(searchFiles(folder, more));
    expect(whole.top.length).toBeGreaterThan(0);
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(whole));
  });

  it("names every part that is missing, truncated, changed, another's or an older job's, each with its remedy", async () => {
    await finishedJob({ fee: 0.001 });
    const older = read(4);
    await split({}, true);
    for (const part of [0, 1, 2, 3]) await runPart({ job, part });
    rmSync(partFile(job, 0));
    writeFileSync(partFile(job, 1), readFileSync(partFile(job, 1), "utf8").slice(0, -40));
    const text = readFileSync(partFile(job, 2), "utf8");
    writeFileSync(partFile(job, 2), text.replace('"sets":', '"sets":1'));
    copyFileSync(partFile(job, 3), partFile(job, 4));
    const { code, details } = await refusal();
    expect(code).toBe("JOB_PARTS");
    for (const found of [
      "part 0 missing",
      "part 1 damaged",
      "part 2 damaged",
      "part 4 foreign: it is the file of part 3",
    ])
      expect(details.found).toContain(found);
    for (const part of [0, 1, 2, 4]) expect(details.remedy).toContain(`sluice part --job ${job} --part ${part}`);
    write(older);
    expect((await jobStatus({ job })).open[3]).toMatchObject({ part: 4, problem: "foreign" });
    for (const part of [0, 1, 2, 4]) await runPart({ job, part });
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(searchFiles(folder))));
  });

  it("takes no part of another version, and no job of one", async () => {
    await finishedJob();
    write({ ...read(1), version: "0.0.1" });
    expect((await refusal()).details.found).toMatch(/part 1 foreign: Sluice 0\.0\.1 made it/);
    const manifest = join(job, "manifest.json");
    writeFileSync(manifest, readFileSync(manifest, "utf8").replace(/"version": "[^"]+"/, '"version": "0.0.1"'));
    expect((await refusal()).code).toBe("JOB_VERSION");
    await expect(runPart({ job, part: 0 })).rejects.toMatchObject({ code: "JOB_VERSION" });
  });

  it("takes no part whose order is not certain, and none whose floor was too high", async () => {
    await finishedJob();
    const { floor } = await jobStatus({ job });
    expect(floor).not.toBeNull();
    write({ ...read(0), proven: false });
    expect((await refusal()).details.found).toContain("part 0 unproven");
    rmSync(partFile(job, 0));
    await runPart({ job, part: 0, floor: floor! });
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(searchFiles(folder))));
    for (const part of [0, 1, 2, 3, 4]) {
      rmSync(partFile(job, part));
      await runPart({ job, part, floor: floor! + 1000 });
    }
    expect((await refusal()).details.found).toContain("part 3 floor");
    // A part with a floor is searched again where none is wanted.
    for (const part of [0, 1, 2, 3, 4]) expect((await runPart({ job, part })).floor).toBeNull();
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(searchFiles(folder))));
  });

  it("does not search a finished part again, and is kept where the same search is split again", async () => {
    await split();
    const first = await runPart({ job, part: 2 });
    const { ino, mtimeMs } = statSync(partFile(job, 2));
    expect((await split()).existed).toBe(true);
    expect(await runPart({ job, part: 2, threads: 2 })).toEqual(first);
    expect(statSync(partFile(job, 2))).toMatchObject({ ino, mtimeMs });
    expect(await jobStatus({ job })).toMatchObject({ parts, finished: 1 });
    await expect(split({ fee: 0.001 })).rejects.toMatchObject({ code: "JOB_OTHER" });
    expect((await split({ fee: 0.001 }, true)).existed).toBe(false);
    expect(await jobStatus({ job })).toMatchObject({ parts, finished: 0 });
  });

  it("may have more parts than exits", async () => {
    const request = searchFiles(folder);
    const { empty } = await splitSearch({ ...request, parts: 50, out: job });
    expect(empty).toBeGreaterThanOrEqual(14);
    for (let part = 0; part < 50; part++) await runPart({ job, part });
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(request)));
  });

  it("refuses a number that it has no part for, inputs that were changed, and a folder without a job", async () => {
    await split();
    await expect(runPart({ job, part: parts })).rejects.toMatchObject({ code: "JOB_PART_NUMBER" });
    const { inputs } = JSON.parse(readFileSync(join(job, "manifest.json"), "utf8")) as {
      inputs: { space: { path: string } };
    };
    writeFileSync(join(job, inputs.space.path), "{}");
    await expect(runPart({ job, part: 0 })).rejects.toMatchObject({ code: "JOB_INPUT" });
    await split();
    expect((await runPart({ job, part: 0 })).sets).toBeGreaterThan(0);
    await expect(jobStatus({ job: folder })).rejects.toMatchObject({ code: "JOB_MISSING" });
    writeFileSync(join(job, "manifest.json"), "{");
    await expect(jobStatus({ job })).rejects.toMatchObject({ code: "JOB_DAMAGED" });
  });

  it("whose manifest was changed by hand is refused, with a remedy that restores it and keeps the part that was finished", async () => {
    await split();
    const finished = await runPart({ job, part: 1 });
    const path = join(job, "manifest.json");
    const whole = readFileSync(path, "utf8");
    for (const [change, code, found] of [
      [{ threads: "2" }, "JOB_DAMAGED", 'options.threads: "2"'],
      [{ treads: 2 }, "JOB_DAMAGED", "options.treads: 2"],
      [{ symbols: 5 }, "JOB_DAMAGED", "options.symbols: 5"],
      [{ fee: 0.05 }, "JOB_INPUT", "fingerprint"],
    ] as const) {
      const manifest = JSON.parse(whole) as { options: object };
      writeFileSync(path, JSON.stringify({ ...manifest, options: { ...manifest.options, ...change } }));
      const error = await runPart({ job, part: 0 }).catch((thrown: InputError) => thrown);
      expect(error).toMatchObject({ code, details: { found: expect.stringContaining(found) } });
      expect((await split()).existed).toBe(true);
    }
    writeFileSync(path, whole.slice(0, 100));
    await expect(split()).rejects.toMatchObject({
      code: "JOB_DAMAGED",
      details: { remedy: "run sluice split again with the same flags and --force: finished parts are kept" },
    });
    await split({}, true);
    expect(await runPart({ job, part: 1 })).toEqual(finished);
    for (const part of [0, 2, 3, 4]) await runPart({ job, part });
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(searchFiles(folder))));
  });

  it("in a folder with a space in its name has commands that a shell takes", async () => {
    job = join(folder, "my job");
    const made = await split();
    const command = `sluice part --job '${job}' --part`;
    expect(splitSummary(made, plainPaint, 400)).toContain(
      `${command} N, for N from 0 to 4; then sluice merge --job '${job}'`,
    );
    const status = await jobStatus({ job });
    expect(status.open[3]!.remedy).toBe(`${command} 3`);
    expect(statusSummary(status, plainPaint, 400)).toMatch(/^Next +5 parts to run$/m);
  });

  it("that was replaced while a part ran gets no file of it", async () => {
    await split();
    const other = join(folder, "other");
    await splitSearch({ ...searchFiles(folder, { fee: 0.001 }), parts, out: other });
    const onProgress = (): void => copyFileSync(join(other, "manifest.json"), join(job, "manifest.json"));
    await expect(runPart({ job, part: 0 }, { onProgress })).rejects.toMatchObject({ code: "JOB_CHANGED" });
    expect((await jobStatus({ job })).open[0]).toMatchObject({ part: 0, problem: "missing" });
  });
});

const child = fileURLToPath(new URL("crash/child.mjs", import.meta.url));
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

function ended(
  argv: readonly string[],
): Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const run: ChildProcess = spawn(process.execPath, argv);
    let [stdout, stderr] = ["", ""];
    run.stdout!.on("data", (text) => (stdout += text));
    run.stderr!.on("data", (text) => (stderr += text));
    run.on("error", reject).on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
}

describe("a part in a process of its own", () => {
  it("leaves nothing that a merge takes where it is killed at any file operation of its writing", async () => {
    await finishedJob();
    const whole = bytesOf(await search(searchFiles(folder)));
    let killed = 0;
    for (let at = 1; ; at++) {
      rmSync(partFile(job, 3));
      const { signal, stdout } = await ended([child, job, "3", String(at)]);
      const { open } = await jobStatus({ job });
      if (signal === null) {
        expect(Number(stdout)).toBe(at - 1);
        expect(open).toEqual([]);
        break;
      }
      killed++;
      // Before the rename the part is missing; after it, whole.
      expect(open.map(({ problem }) => problem)).toEqual(open.length === 0 ? [] : ["missing"]);
      if (open.length === 0) expect(bytesOf(await mergeParts({ job }))).toBe(whole);
      else writeFileSync(partFile(job, 3), "");
    }
    expect(killed).toBeGreaterThan(5);
    expect(bytesOf(await mergeParts({ job }))).toBe(whole);
  });

  it("may run twice at once", async () => {
    await split();
    const argv = [main, "part", "--job", job, "--json", "--quiet", "--part"];
    const runs = await Promise.all(["0", "0", "0", "1", "1", "2", "3", "4"].map((part) => ended([...argv, part])));
    expect(runs.map(({ code }) => code)).toEqual(runs.map(() => 0));
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(await search(searchFiles(folder))));
  });

  it("is merged, refused and counted by the command, with its exit codes", async () => {
    const { candles, opportunities, spaceFile } = searchFiles(folder);
    const files = ["--candles", candles, "--opportunities", opportunities, "--space", spaceFile];
    const flags = [...files, "--min-trades", "5", "--min-profit", "2"];
    expect(await ended([main, "split", ...flags, "--parts", "2", "--out", job])).toMatchObject({ code: 0 });
    expect(await ended([main, "part", "--job", job, "--part", "0"])).toMatchObject({ code: 0 });
    expect(await ended([main, "part", "--job", job, "--part", "2"])).toMatchObject({ code: 3 });
    const refused = await ended([main, "merge", "--job", job, "--json"]);
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: "JOB_PARTS" } });
    expect(refused.stderr).toContain("part 1 missing");
    expect((await ended([main, "status", "--job", job])).stdout).toContain("Finished 1 of 2 parts");
    expect(await ended([main, "part", "--job", job, "--part", "1", "--threads", "2", "--memory", "1mb"])).toMatchObject(
      { code: 0 },
    );
    const [merged, whole] = [
      await ended([main, "merge", "--job", job, "--json"]),
      await ended([main, "search", ...flags, "--json"]),
    ].map(({ stdout }) => stdout.replace(/"engine": \{[^}]*\}/, ""));
    expect(merged).toBe(whole);
    const best = join(folder, "best.json");
    const saved = await ended([main, "merge", "--job", job, "--json", "--save-best", best]);
    const { saved_best, top } = JSON.parse(saved.stdout) as SearchResult;
    expect(saved_best).toBe(best);
    expect(JSON.parse(readFileSync(best, "utf8"))).toEqual(top[0]!.params);
    const plan = await ended([main, "plan", ...flags, "--parts", "4"]);
    expect(plan.stdout).toMatch(/Parts +4; the largest 27 sets/);
  });
});
