import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "../../src/errors.ts";
import { saveReport } from "../../src/report/save.ts";
import { checkOut } from "../../src/run/reportFolder.ts";
import { optimizeResult } from "./fixtures.ts";

describe("a saved report", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-report-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("is a JSON document and a plain text, in a folder that is made", async () => {
    const out = join(folder, "runs", "today");
    const saved = await saveReport(out, optimizeResult());
    expect(await readdir(out)).toEqual(["history", "report.txt", "result.json"]);
    expect(JSON.parse(await readFile(saved.json, "utf8"))).toEqual(optimizeResult());
    const text = await readFile(saved.text, "utf8");
    expect(text).toContain("OVERFITTED");
    expect(text).not.toContain("\u001b");
  });

  it("replaces an older one", async () => {
    await saveReport(folder, optimizeResult());
    await saveReport(folder, optimizeResult({ fingerprint: "new" }));
    expect(await readFile(join(folder, "result.json"), "utf8")).toContain('"new"');
  });

  it("of every run stays in the history, whatever else ran in the same second", async () => {
    const nowMs = Date.UTC(2026, 10, 26, 3, 0, 12, 345);
    for (const fingerprint of ["7d1ea2f1aaaa", "7d1ea2f1bbbb", "0000000099"])
      await saveReport(folder, optimizeResult({ fingerprint }), { nowMs });
    const names = ["20261126T030012Z-00000000", "20261126T030012Z-7d1ea2f1", "20261126T030012Z-7d1ea2f1-2"];
    expect((await readdir(join(folder, "history"))).sort()).toEqual(names);
    const held = await Promise.all(
      names.map(async (name) => JSON.parse(await readFile(join(folder, "history", name, "result.json"), "utf8"))),
    );
    expect(held.map(({ fingerprint }) => fingerprint)).toEqual(["0000000099", "7d1ea2f1aaaa", "7d1ea2f1bbbb"]);
    const newest = join(folder, "history", names[0]!);
    for (const name of ["result.json", "report.txt"])
      expect(await readFile(join(newest, name), "utf8")).toBe(await readFile(join(folder, name), "utf8"));
  });

  it("is refused before the run where the path is a file, or lies below one", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await expect(checkOut(file)).rejects.toThrow(InputError);
    await expect(checkOut(join(file, "below"))).rejects.toThrow(InputError);
    await writeFile(join(folder, "history"), "");
    await expect(checkOut(folder)).rejects.toThrow(InputError);
  });

  it("is checked without making anything", async () => {
    await checkOut(join(folder, "a", "b"));
    await checkOut(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing behind where the result cannot be written", async () => {
    const out = join(folder, "out");
    const split = { ...optimizeResult().split, time: Number.NaN };
    await expect(saveReport(out, optimizeResult({ split }))).rejects.toThrow("finite");
    expect(await readdir(folder)).toEqual([]);
  });
});
