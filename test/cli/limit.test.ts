import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { describeMarkets } from "../support/referenceData.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const limitBytes = 256 * 2 ** 20;

/** A control group with a limit on memory, or the reason why this machine allows none. */
function limited(): { folder: string } | { reason: string } {
  const own = existsSync("/proc/self/cgroup") ? readFileSync("/proc/self/cgroup", "utf8").split("\n") : [];
  const pathOf = (controller: string): string | undefined =>
    own.find((line) => line.split(":")[1] === controller)?.split(":")[2];
  const places = [
    { folder: `/sys/fs/cgroup${pathOf("") ?? ""}`, limit: "memory.max" },
    { folder: `/sys/fs/cgroup/memory${pathOf("memory") ?? ""}`, limit: "memory.limit_in_bytes" },
    { folder: "/sys/fs/cgroup/memory", limit: "memory.limit_in_bytes" },
  ];
  let reason = "no control groups";
  for (const place of places) {
    const folder = join(place.folder, `sluice-${process.pid}`);
    try {
      mkdirSync(folder);
    } catch (error) {
      reason = (error as Error).message;
      continue;
    }
    try {
      if (!existsSync(join(folder, place.limit))) throw new Error(`${folder} has no ${place.limit}`);
      writeFileSync(join(folder, place.limit), String(limitBytes));
      return { folder };
    } catch (error) {
      reason = (error as Error).message;
      rmdirSync(folder);
    }
  }
  return { reason };
}

describeMarkets("a limit of 256 MiB that the kernel enforces", (source) =>
  it("is enough for the whole run", (context) => {
    const group = limited();
    if ("reason" in group) {
      console.warn(`skipped: no control group with a memory limit can be made here: ${group.reason}`);
      context.skip();
      return;
    }
    try {
      const entered = `echo $$ > "${group.folder}/cgroup.procs" && exec "$@"`;
      const candles = fileURLToPath(source.candles);
      const args = ["-c", entered, "sh", process.execPath, main, "optimize", "--candles", candles, "--json", "--quiet"];
      const { status, signal, stdout } = spawnSync("sh", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
      expect([status, signal]).toEqual([0, null]);
      expect(JSON.parse(stdout).phase1.opportunities).toBeGreaterThan(1000);
    } finally {
      rmdirSync(group.folder);
    }
  }),
);
