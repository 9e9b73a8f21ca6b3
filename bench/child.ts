import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { TooLong } from "./limit.ts";

export interface Ended {
  readonly stdout: string;
  /** From spawn to exit. */
  readonly milliseconds: number;
  /** The process's own high-water mark of resident memory, workers included. */
  readonly peakBytes: number;
}

/** Path of a compiled bench script. */
export const script = (name: string): string => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
/** The command as it is shipped. */
export const command = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/**
 * Runs node with these arguments to its end; throws where it fails, TooLong beyond the limit (none if 0). `watchesMemory` preloads a
 * module of a few lines that notes the peak at exit.
 */
export async function runNode(
  args: readonly string[],
  { watchesMemory = false, limitSeconds = 0 } = {},
): Promise<Ended> {
  const note = join(tmpdir(), `sluice-bench-${randomUUID()}`);
  const preload = watchesMemory ? ["--import", new URL("./peak.js", import.meta.url).href] : [];
  try {
    const started = performance.now();
    const child = spawn(process.execPath, [...preload, ...args], {
      env: { ...process.env, SLUICE_BENCH_PEAK: note },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 1000 * limitSeconds,
      // A command that ends tidily when asked to would take its time.
      killSignal: "SIGKILL",
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve, reject) => child.on("error", reject).on("close", resolve));
    const milliseconds = performance.now() - started;
    if (child.signalCode !== null && limitSeconds > 0) throw new TooLong(limitSeconds);
    if (code !== 0) throw new Error(`node ${args.join(" ")} ended with ${code}: ${stderr.slice(-2000)}`);
    return { stdout, milliseconds, peakBytes: watchesMemory ? Number(await readFile(note, "utf8")) : 0 };
  } finally {
    await rm(note, { force: true });
  }
}
