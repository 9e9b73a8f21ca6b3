import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { unwritable } from "../../src/config/fileFaults.ts";
import { isMounted } from "../../src/config/mounted.ts";
import { rollback } from "../../src/config/rollback.ts";
import { saveConfig } from "../../src/config/save.ts";
import { checkWritable } from "../../src/config/writable.ts";
import { awkward, ConfigFile, codeOf, errorOf, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Does work on a config that is mounted by itself on a file of a folder, as a container may be given it; skips where nothing can be mounted. */
async function whileMounted(context: TestContext, name: string, work: (path: string) => Promise<void>): Promise<void> {
  file.write(awkward);
  mkdirSync(join(file.folder, "app"));
  const path = join(file.folder, "app", name);
  writeFileSync(path, "");
  const mounted = spawnSync("mount", ["--bind", file.path, path], { encoding: "utf8" });
  if (mounted.status !== 0) {
    console.warn(`skipped: no file can be mounted here: ${mounted.stderr?.trim() || mounted.error}`);
    context.skip();
    return;
  }
  try {
    await work(path);
    expect(readFileSync(path, "utf8")).toBe(awkward);
    expect(readdirSync(join(file.folder, "app"))).toEqual([name]);
  } finally {
    spawnSync("umount", [path]);
  }
}

describe("a config that is mounted by itself, without its folder", () => {
  for (const name of ["config.json", "the bot's config \\ 设置.json"])
    it(`is refused before the work, and the remedy is to mount the folder: ${name}`, (context) =>
      whileMounted(context, name, async (path) => {
        expect(await isMounted(path)).toBe(true);
        const error = await errorOf(checkWritable(path));
        expect(error.code).toBe("CONFIG_UNWRITABLE");
        expect(error.details["remedy"]).toContain("mount the folder, not the file");
        expect(await codeOf(rollback(path))).toBe("CONFIG_UNWRITABLE");
        const saving = saveConfig(await openConfig(path), scalping({ min_signal_score: 70 }), { nowMs });
        expect(await codeOf(saving)).toBe("CONFIG_UNWRITABLE");
      }));

  it("is refused by the command before it reads a candle", (context) =>
    whileMounted(context, "config.json", async (path) => {
      const args = ["optimize", "--candles", join(file.folder, "nowhere"), "--config", path];
      const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
      expect(status).toBe(3);
      expect(stderr).toContain("mount the folder, not the file");
    }));

  it("is no other file of a folder that is mounted", async () => {
    file.write(awkward);
    expect(await isMounted(file.path)).toBe(false);
    expect(await checkWritable(file.path)).toBe(file.path);
  });

  it.each(["EBUSY", "EXDEV"])("gets the same remedy where only the rename finds out: %s", (code) => {
    const error = unwritable("c.json", Object.assign(new Error(`${code}: resource busy, rename`), { code }));
    expect(error.details.remedy).toContain("mount the folder, not the file");
    expect(error.details.found).toContain(code);
  });
});
