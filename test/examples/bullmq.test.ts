import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runPart } from "../../src/parts/part.ts";
import { partFile } from "../../src/parts/partFile.ts";
import { splitSearch } from "../../src/parts/split.ts";
import { jobStatus } from "../../src/parts/status.ts";
import { jsonText } from "../../src/report/json.ts";
import { search } from "../../src/run/search.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { searchFiles } from "../parts/jobFiles.ts";
import { installExample, missing, RedisServer } from "./redis.ts";

const why = missing();
if (why !== null) console.warn(`skipped: the example on BullMQ (${why})`);

const kills = 40;
const lockMs = 1500;
/** More parts than kills, so that no worker finds an empty queue while workers are still killed. */
const manyParts = 96;
const parts = 16;

/** 6 stops by 16 targets: one exit a part. */
const wide = {
  min_luck: [0, 0.3, 0.5],
  atr_tp_multiplier: [1, 1.5, 2, 2.5, 3, 3.5, 4, 5],
  atr_stop_multiplier: [1, 1.5, 2, 2.5, 3, 4],
  max_holding_hours: [2, 5],
};

let example = "";
let folder = "";
let job = "";
let redis: RedisServer;
const workers = new Set<ChildProcess>();

const env = () => ({ ...process.env, REDIS_URL: redis.url, LOCK_MS: String(lockMs) });
const start = (script: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, [join(example, script), ...args], { cwd: example, env: env() });

function ended(child: ChildProcess): Promise<{ code: number | null; stdout: string; stderr: string }> {
  let [stdout, stderr] = ["", ""];
  child.stdout!.on("data", (text) => (stdout += text));
  child.stderr!.on("data", (text) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
}

/** A worker, and what it says; `heard` resolves once it says something like that. */
function worker(queue: string) {
  const child = start("worker.mjs", queue);
  workers.add(child);
  let said = "";
  const waiting = new Set<() => void>();
  child.stdout!.on("data", (text) => {
    said += text;
    for (const look of waiting) look();
  });
  return {
    child,
    said: () => said,
    heard: (what: RegExp) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (what.test(said)) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

const bytesOf = ({ engine: _, ...result }: SearchResult): string => jsonText(result);

describe.skipIf(why !== null)("the example on BullMQ", () => {
  beforeAll(async () => {
    example = installExample();
    folder = mkdtempSync(join(tmpdir(), "sluice-queue-"));
    mkdirSync(join(folder, "redis"));
    redis = await RedisServer.start(join(folder, "redis"));
  });
  afterEach(() => {
    for (const child of workers) child.kill("SIGKILL");
    workers.clear();
    rmSync(job, { recursive: true, force: true });
  });
  afterAll(async () => {
    await redis?.kill();
    rmSync(folder, { recursive: true, force: true });
    rmSync(example, { recursive: true, force: true });
  });

  async function split(name: string): Promise<void> {
    job = join(folder, name);
    await splitSearch({ ...searchFiles(folder), parts, out: job });
  }

  /** Kills a worker at a moment of its own; says whether it was within a part. */
  async function killed(kill: number): Promise<boolean> {
    const { child, said, heard } = worker("parts");
    // One in five while it starts, the others from the beginning of a part on: within it, or in one of those that follow.
    if (kill % 5 > 0) await heard(/^part/m);
    await setTimeout(kill % 5 > 0 ? (kill * 7) % 100 : (kill * 37) % 400);
    child.kill("SIGKILL");
    await new Promise((resolve) => child.once("close", resolve));
    const times = (what: RegExp): number => said().match(what)?.length ?? 0;
    return times(/^part/gm) > times(/^done/gm);
  }

  it("merges to the bytes of one search through killed workers, duplicates and a killed server", async () => {
    job = join(folder, "killed");
    const request = searchFiles(folder);
    writeFileSync(request.spaceFile, JSON.stringify(wide));
    await splitSearch({ ...request, parts: manyParts, out: job });
    for (let twice = 0; twice < 2; twice++)
      expect((await ended(start("produce.mjs", job))).stdout).toContain(`queued ${manyParts} of ${manyParts} parts`);
    const merging = ended(start("merge.mjs", job));
    let within = 0;
    for (let kill = 0; kill < kills; kill++) {
      if (await killed(kill)) within++;
      if (kill === 20) {
        await redis.kill();
        await redis.up();
      }
    }
    // Otherwise most of them would have been between two parts, and the queue nearly empty.
    expect(within).toBeGreaterThan(10);
    expect((await jobStatus({ job })).finished).toBeLessThan(manyParts);
    const two = [worker("parts"), worker("parts")];
    await Promise.race(two.map(({ heard }) => heard(/^done/m)));
    await redis.kill();
    await redis.up();
    const { code, stdout, stderr } = await merging;
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(bytesOf(JSON.parse(stdout) as SearchResult)).toBe(bytesOf(await search(request)));
    expect(two.map(({ said }) => said()).join()).not.toContain("failed");
  });

  it("keeps finished parts where the queue was lost, and takes a late duplicate", async () => {
    await split("lost");
    for (const part of [0, 1, 2, 3, 4, 5]) await runPart({ job, part });
    const { ino } = statSync(partFile(job, 3));
    expect((await ended(start("produce.mjs", job))).stdout).toContain(`queued ${parts - 6} of ${parts}`);
    const { heard } = worker("parts");
    await heard(/^done/m);
    // While others are in the queue, one part is searched elsewhere as well.
    await runPart({ job, part: parts - 1 });
    const { code, stdout } = await ended(start("merge.mjs", job));
    expect(code).toBe(0);
    expect(statSync(partFile(job, 3)).ino).toBe(ino);
    expect(bytesOf(JSON.parse(stdout) as SearchResult)).toBe(bytesOf(await search(searchFiles(folder))));
  });

  it("fails a part that cannot succeed once, and names it", async () => {
    await split("poison");
    for (let part = 2; part < parts; part++) await runPart({ job, part });
    const { inputs } = JSON.parse(readFileSync(join(job, "manifest.json"), "utf8")) as {
      inputs: { space: { path: string } };
    };
    const space = join(job, inputs.space.path);
    const good = readFileSync(space);
    writeFileSync(space, "{}");
    await ended(start("produce.mjs", job));
    const { said } = worker("parts");
    const { code, stdout, stderr } = await ended(start("merge.mjs", job));
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    for (const part of [0, 1]) {
      expect(stderr).toMatch(new RegExp(`part ${part} missing: JOB_INPUT: .* \\(attempts: 1\\)`));
      expect(said().match(new RegExp(`^part ${part}$`, "gm"))).toHaveLength(1);
    }
    // Once the cause is gone, they are queued again.
    writeFileSync(space, good);
    expect((await ended(start("produce.mjs", job))).stdout).toContain("queued 2 of");
    expect((await ended(start("merge.mjs", job))).code).toBe(0);
    expect((await jobStatus({ job })).open).toEqual([]);
  });

  it("makes a fleet's recommendations once for each question, saves nothing, and applies them where the bot is", async () => {
    job = join(folder, "fleet");
    mkdirSync(job);
    const { candles, opportunities, spaceFile } = searchFiles(job);
    const content = JSON.stringify({ dip_params: { min_luck: 0 }, other: 1 });
    const request = { candles, signals: opportunities, spaceFile, minTrades: 5, nowMs: 1_736_121_600_000 };
    const bots = ["a", "b", "c"].map((bot) => {
      const config = join(job, `${bot}.json`);
      writeFileSync(config, content);
      return { bot, config, request: bot === "c" ? { ...request, seed: 2 } : request };
    });
    const fleet = join(job, "fleet.json");
    writeFileSync(fleet, JSON.stringify(bots));
    const results = join(job, "results");
    const { heard, said } = worker("recommendations");
    const first = (await ended(start("fleet.mjs", fleet, results))).stdout;
    const ids = [...first.matchAll(/^\w (\w{32})$/gm)].map(([, id]) => id!);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
    for (const id of new Set(ids)) await heard(new RegExp(`^done ${id}`, "m"));
    expect(readdirSync(results).sort()).toEqual([...new Set(ids)].map((id) => `${id}.json`).sort());
    expect((await ended(start("fleet.mjs", fleet, results))).stdout).toBe(first);
    for (const id of new Set(ids)) await heard(new RegExp(`^known ${id}`, "m"));
    expect(said().match(/^recommend/gm)).toHaveLength(2);
    for (const { config } of bots) expect(readFileSync(config, "utf8")).toBe(content);
    const applied = await ended(start("apply.mjs", fleet, results, "a"));
    expect(applied).toMatchObject({ code: 0, stderr: "" });
    expect(applied.stdout).toMatch(/^(nothing to change|changed)/);
  });
});
