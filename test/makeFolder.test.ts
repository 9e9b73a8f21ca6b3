import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder } from "../src/makeFolder.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-folders-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);
const codeOf = (path: string): Promise<string | undefined> =>
  makeFolder(path).then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );

describe("a folder that is made", () => {
  it("is made with those above it, and says which was the first", async () => {
    expect(await makeFolder(at("a", "b", "c"), 0o700)).toBe(at("a"));
    expect(statSync(at("a", "b", "c")).mode & 0o777).toBe(0o700);
    expect(await makeFolder(at("a", "b", "c"))).toBeUndefined();
    expect(await makeFolder(at("a", "d"))).toBe(at("a", "d"));
  });

  it("is made by several at once", async () => {
    await Promise.all(Array.from({ length: 8 }, () => makeFolder(at("x", "y", "z"))));
    expect(statSync(at("x", "y", "z")).isDirectory()).toBe(true);
  });

  it("is refused by the system where a file or a dangling link is in its way", async () => {
    writeFileSync(at("file"), "");
    symlinkSync(at("nowhere"), at("link"));
    expect(await codeOf(at("file"))).toBe("EEXIST");
    expect(await codeOf(at("file", "below"))).toBe("ENOTDIR");
    expect(await codeOf(at("link"))).toBe("EEXIST");
  });

  it.skipIf(!existsSync("/proc/self"))(
    "ends where the file system takes no folders and says that the one above is missing",
    async () => {
      expect(await codeOf("/proc/sluice/below")).toBe("ENOENT");
    },
  );
});
