import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-bot-"));
  cpSync(join(root, "examples/bot"), folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules/sluice"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the bot of the examples improves itself while it trades, and reloads what was applied", () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(folder, "bot.mjs"), "2"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, TMPDIR: folder },
  });
  expect([stderr, status]).toEqual(["", 0]);
  expect(stdout).toContain("burst: apply, PASSED, APPLIED");
  expect(stdout).toContain("reloaded: burst_params.min_strength 1 -> 2");
  expect(stdout).toContain("48 hours traded");
  const [, config] = /sluice rollback --config (.*)/.exec(stdout)!;
  expect(JSON.parse(readFileSync(config!, "utf8"))).toMatchObject({
    burst_params: { min_strength: 2 },
    trades_so_far: 0,
  });
});
