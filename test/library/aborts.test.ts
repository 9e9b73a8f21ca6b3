import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { expect, it } from "vitest";
import { Interruption } from "../../src/library/interruption.ts";

it("calls that are stopped at random moments leave no descriptor, thread, handle or file, and the next ones find the same", () => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-aborts-"));
  try {
    const script = fileURLToPath(new URL("aborts.mjs", import.meta.url));
    const said = JSON.parse(execFileSync(process.execPath, [script, "20", folder], { encoding: "utf8" }));
    expect(said.left).toEqual({ descriptors: [], files: [] });
    for (const kind of ["descriptors", "threads", "handles"])
      expect(said.after[kind], kind).toBeLessThanOrEqual(said.before[kind]);
    expect(said.codes["ABORTED"]).toBeGreaterThan(5);
    expect(Object.keys(said.codes).filter((code) => code !== "ABORTED" && code !== "done")).toEqual([]);
    expect(said.isSameAgain).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it.skipIf(!existsSync("/proc/self/fd"))(
  "a thread that is ended while it opens or closes a file leaves none open",
  async () => {
    const path = fileURLToPath(import.meta.url);
    const open = (): number =>
      readdirSync("/proc/self/fd").filter((name) => {
        try {
          return readlinkSync(`/proc/self/fd/${name}`) === path;
        } catch {
          // The one that the listing itself was read by.
          return false;
        }
      }).length;
    const before = open();
    for (let k = 0; k < 100; k++) {
      const interruption = new Interruption();
      const workerData = { path, words: interruption.words.buffer };
      const worker = new Worker(new URL("closes.mjs", import.meta.url), { workerData });
      await new Promise((resolve) => worker.once("online", resolve));
      await pause(50 + (k % 10));
      while (!interruption.mayEnd()) await pause(1);
      await worker.terminate();
    }
    // An exited thread's own descriptors are closed a little later.
    for (let k = 0; k < 50 && open() > before; k++) await pause(100);
    expect(open()).toBe(before);
  },
);
