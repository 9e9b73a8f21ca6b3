import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command in a folder. `meddle` gets the running process. */
function sluice(
  argv: readonly string[],
  folder: string,
  meddle: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, ...argv], { cwd: folder });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    meddle(child);
  });
}

describe("the built command", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-built-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("says where to begin", async () => {
    const { code, stdout, stderr } = await sluice([], folder);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("sluice demo");
  });

  it("refuses what it does not know with exit code 2 and a hint, on stderr alone", async () => {
    const { code, stdout, stderr } = await sluice(["optimise"], folder);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("Did you mean optimize?");
  });

  it("does not mind a reader that leaves", async () => {
    const { code, stderr } = await sluice(["--help"], folder, (child) => child.stdout!.destroy());
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("refuses a folder that is not there with exit code 3, in one block", async () => {
    const { code, stdout, stderr } = await sluice(["inspect", "no-such-folder"], folder);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain("no-such-folder");
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends with 130 on %s, and leaves nothing behind", async (signal) => {
    const { code, stdout } = await sluice(["demo", "--out", "interrupted"], folder, (child) => {
      child.stderr!.once("data", () => child.kill(signal));
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
    const left = await readdir(join(folder, "interrupted")).catch(() => []);
    expect(left.filter((name) => /result|report|tmp/.test(name))).toEqual([]);
  });
});
