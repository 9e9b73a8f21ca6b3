import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotReplaceable } from "../src/targetFile.ts";
import { writeDraft, writeWhole } from "../src/wholeFile.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-whole-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);

describe("a file that is written whole", () => {
  it("is made, or takes an older one's place with its mode", async () => {
    await writeWhole(at("a"), "first ü\n");
    expect(readFileSync(at("a"), "utf8")).toBe("first ü\n");
    chmodSync(at("a"), 0o640);
    await writeWhole(at("a"), async (file) => {
      await file.append("second ");
      await file.append(Uint8Array.of(0x33, 0x0a));
    });
    expect(readFileSync(at("a"), "utf8")).toBe("second 3\n");
    expect(statSync(at("a")).mode & 0o777).toBe(0o640);
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("leaves the older one, and nothing else, where the writing fails", async () => {
    writeFileSync(at("a"), "old");
    const failing = writeWhole(at("a"), async (file) => {
      await file.append("half");
      throw new Error("enough");
    });
    await expect(failing).rejects.toThrow("enough");
    expect(readFileSync(at("a"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("follows a link, which stays one, and refuses a folder", async () => {
    writeFileSync(at("far"), "");
    symlinkSync(at("far"), at("link"));
    await writeWhole(at("link"), "new");
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(at("far"), "utf8")).toBe("new");
    mkdirSync(at("folder"));
    await expect(writeWhole(at("folder"), "")).rejects.toThrow(NotReplaceable);
  });

  it("knows its size and the hash of its bytes", async () => {
    const draft = await writeDraft(at("a"), null, (file) => file.append("abc"));
    // FIPS 180-2, example B.1.
    expect(draft).toMatchObject({
      sizeBytes: 3,
      sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    });
    expect(readFileSync(draft.path, "utf8")).toBe("abc");
  });
});
