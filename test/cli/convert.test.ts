import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ran } from "./host.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-convert-"));
  mkdirSync(at("in"));
  writeFileSync(at("in", "A-15m.csv"), `${["timestamp,open,high,low,close,volume", ...rows].join("\n")}\n`);
  writeFileSync(at("in", "B-15m.csv"), `${rows.join("\n")}\n`);
  writeFileSync(at("in", "EURUSD-1m.csv"), "20120201 000000;1.3;1.4;1.2;1.25;0\n20120201 000100;1.3;1.4;1.2;1.25;0\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const rows = Array.from({ length: 8 }, (_, k) => `${1_735_689_600_000 + k * 900_000},10,12,9,11,5`);

describe("sluice convert", () => {
  it("takes several files behind one flag, as a shell's pattern gives them, and folders behind another", async () => {
    mkdirSync(at("more"));
    writeFileSync(at("more", "C-15m.csv"), rows.join("\n"));
    const sources = ["--candles", at("in", "A-15m.csv"), at("in", "B-15m.csv"), "--candles", at("more")];
    const { code, stdout, stderr } = await ran(["convert", ...sources, "--out", at("out"), "--timeframe", "1h"]);
    expect([code, stderr.match(/error/)]).toEqual([0, null]);
    expect(readdirSync(at("out")).sort()).toEqual(["A-1h.csv", "B-1h.csv", "C-1h.csv"]);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("3 symbols, 6 candles, 2025-01-01 to 2025-01-01; 1h candles made of 15m candles");
    expect(text).toContain(`Written ${at("out")} (3 files)`);
  });

  it("says the zone of what does not tell it", async () => {
    const argv = ["convert", "--candles", at("in", "EURUSD-1m.csv"), "--out", at("out")];
    const refused = await ran(argv);
    expect([refused.code, refused.stdout, existsSync(at("out"))]).toEqual([3, "", false]);
    expect(refused.stderr.replace(/\s+/g, " ")).toContain("--time-zone=-05:00");
    for (const zone of [["--time-zone=-05:00"], ["--time-zone", "-05:00"]]) {
      const { code, stdout } = await ran([...argv, ...zone, "--json"]);
      expect([code, JSON.parse(stdout).files[0]]).toMatchObject([0, { first: Date.UTC(2012, 1, 1, 5), candles: 2 }]);
    }
    expect((await ran([...argv, "--time-zone", "EST"])).code).toBe(2);
    expect((await ran(["inspect", at("in", "EURUSD-1m.csv"), "--time-zone", "-05:00"])).code).toBe(0);
  });

  it("needs to be told what and where, whatever the file of defaults says", async () => {
    writeFileSync(at("sluice.config.json"), JSON.stringify({ candles: at("in"), out: at("runs") }));
    for (const argv of [
      ["--candles", at("in")],
      ["--out", at("out")],
    ])
      expect((await ran(["convert", ...argv], { folder })).code).toBe(2);
    const { code } = await ran(["convert", "--candles", at("in"), "--out", at("in")], { folder });
    expect(code).toBe(3);
  });
});
