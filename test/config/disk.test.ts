import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openConfig } from "../../src/config/document.ts";
import { saveConfig } from "../../src/config/save.ts";
import { InputError } from "../../src/errors.ts";
import { ConfigFile, nowMs, scalping } from "./configFile.ts";

const file = new ConfigFile();
const changes = scalping({ min_signal_score: 71 });
const config = `{"scalping_params": {"min_signal_score": 65}, "history": "${"x".repeat(200_000)}"}\n`;

async function refusal(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => new Error("it was saved"),
    (reason) => reason as Error,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("a save that the machine cannot do", () => {
  it("for want of space on the disk leaves the config, and nothing else", async (context) => {
    const disk = join(file.folder, "disk");
    mkdirSync(disk);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", disk], { encoding: "utf8" });
    if (mounted.status !== 0) {
      console.warn(`skipped: no small disk can be mounted here: ${mounted.stderr?.trim() || mounted.error}`);
      context.skip();
      return;
    }
    try {
      const path = join(disk, "learning_config.json");
      writeFileSync(path, config);
      // The draft finds room, its backup does not; then not even the draft.
      for (const [filler, code] of [
        [0, "CONFIG_BACKUP"],
        [200_000, "CONFIG_UNWRITABLE"],
      ] as const) {
        writeFileSync(join(disk, "filler"), "x".repeat(filler));
        const error = await refusal(saveConfig(await openConfig(path), changes, { nowMs }));
        expect([error.code, error.details.found]).toEqual([code, expect.stringContaining("ENOSPC")]);
        expect(error.details.remedy).toContain("disk space");
        expect(readFileSync(path, "utf8")).toBe(config);
        expect(readdirSync(disk).sort()).toEqual(["filler", "learning_config.json"]);
      }
    } finally {
      spawnSync("umount", [disk]);
    }
  });

  it("for a folder that became read-only after the load", async () => {
    file.write(config);
    const document = await openConfig(file.path);
    chmodSync(file.folder, 0o555);
    try {
      const error = await refusal(saveConfig(document, changes, { nowMs }));
      expect([error.code, error.details.found]).toEqual(["CONFIG_READ_ONLY", "a read-only folder"]);
      expect(file.read()).toBe(config);
      expect(file.names()).toEqual(["learning_config.json"]);
    } finally {
      chmodSync(file.folder, 0o755);
    }
  });

  it("for a folder that is gone", async () => {
    const folder = join(file.folder, "bot");
    mkdirSync(folder);
    const path = join(folder, "learning_config.json");
    writeFileSync(path, config);
    const document = await openConfig(path);
    renameSync(folder, join(file.folder, "elsewhere"));
    expect((await refusal(saveConfig(document, changes, { nowMs }))).code).toBe("CONFIG_UNREADABLE");
    expect(readFileSync(join(file.folder, "elsewhere", "learning_config.json"), "utf8")).toBe(config);
    expect(readdirSync(join(file.folder, "elsewhere"))).toEqual(["learning_config.json"]);
    rmSync(join(file.folder, "elsewhere"), { recursive: true });
  });
});
