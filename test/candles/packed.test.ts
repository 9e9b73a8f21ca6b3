import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ByteSource, openFile } from "../../src/candles/byteSource.ts";
import { gunzipped, unzipped } from "../../src/candles/packed.ts";
import { InputError } from "../../src/errors.ts";
import { zipOf } from "../support/candleFiles.ts";

const text = Buffer.from(Array.from({ length: 3000 }, (_, k) => `${k * 900_000},1,2,1,${1 + k / 7},3\n`).join(""));

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-packed-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Bytes with some in the middle of the packed data changed. */
function damaged(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed.fill(0xa5, 200, 260);
  return changed;
}

const sources: Readonly<Record<string, () => Promise<ByteSource>>> = {
  "damaged gzip": async () => {
    const path = join(folder, "a.gz");
    writeFileSync(path, damaged(gzipSync(text)));
    return gunzipped(path, await openFile(path));
  },
  "a damaged zip": () => {
    const path = join(folder, "a.zip");
    writeFileSync(path, damaged(zipOf([["a.csv", text]])));
    return unzipped(path);
  },
  "a zip with a wrong size": () => {
    const path = join(folder, "b.zip");
    writeFileSync(path, zipOf([["a.csv", text]], { size: text.length - 5 }));
    return unzipped(path);
  },
};

// An error that nobody listens to ends the process, and this run of tests with it.
describe.each(Object.entries(sources))("%s", (_, open) => {
  it("is refused where the error comes before the first read", async () => {
    const source = await open();
    await after(100);
    const all = async (): Promise<void> => {
      while ((await source.read(new Uint8Array(1 << 16), 0, 1 << 16)) > 0);
    };
    await expect(all()).rejects.toThrow(InputError);
    await source.close();
  });

  it("leaves no error behind where it is closed before it is read", async () => {
    const source = await open();
    await source.close();
    await after(100);
  });
});
