import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

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
