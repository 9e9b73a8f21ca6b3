import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A port that nobody listens on. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** A Redis of the test's own, whose data outlive it. */
export class RedisServer {
  private child: ChildProcess | null = null;

  private constructor(
    private readonly port: number,
    private readonly folder: string,
  ) {}

  static async start(folder: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), folder);
    await server.up();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    const flags = ["--port", String(this.port), "--bind", "127.0.0.1", "--dir", this.folder, "--save", ""];
    this.child = spawn("redis-server", [...flags, "--appendonly", "yes", "--appendfsync", "always"], {
      stdio: "ignore",
    });
    while (spawnSync("redis-cli", ["-p", String(this.port), "ping"], { encoding: "utf8" }).stdout.trim() !== "PONG")
      await setTimeout(50);
  }

  /** Ends it without a word. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.child!.once("exit", resolve));
    this.child!.kill("SIGKILL");
    await gone;
  }
}

/** Why the example cannot run here; null if it can. */
export function missing(): string | null {
  if (spawnSync("redis-server", ["--version"]).status !== 0) return "no redis-server";
  if (spawnSync("npm", ["view", "bullmq", "version"], { timeout: 30_000 }).status !== 0)
    return "the registry cannot be reached";
  return null;
}

/** The example with its dependencies in a folder of its own. */
export function installExample(): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice-bullmq-"));
  cpSync(join(root, "examples/scale/bullmq"), folder, {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  const install = ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=dev"];
  // Sluice itself is the one that is tested here.
  spawnSync("npm", ["pkg", "delete", "dependencies.sluice"], { cwd: folder });
  const done = spawnSync("npm", install, { cwd: folder, encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  symlinkSync(root, join(folder, "node_modules/sluice"));
  return folder;
}
