import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release, totalmem, type } from "node:os";

const root = new URL("../", import.meta.url);

/** Where and on what a result was measured. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly v8: string;
  /** Of the minute before. */
  readonly load: number;
  /** Version and commit, and the first digits of the core's SHA-256: which engine. */
  readonly engine: string;
}

export function thisMachine(): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    v8: process.versions.v8,
    load: loadavg()[0]!,
    engine: engineName(),
  };
}

function engineName(): string {
  const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { version: string };
  const core = createHash("sha256")
    .update(readFileSync(new URL("src/core/core.wasm", root)))
    .digest("hex");
  return `sluice ${version}${commit()}, core ${core.slice(0, 8)}`;
}

/** ` (1a2b3c4)`, with a + where files differ from the commit; nothing outside a checkout. */
function commit(): string {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: "pipe" });
  try {
    const isChanged = git("status", "--porcelain", "--", "src", "assembly").trim() !== "";
    return ` (${git("rev-parse", "--short", "HEAD").trim()}${isChanged ? "+" : ""})`;
  } catch {
    return "";
  }
}
