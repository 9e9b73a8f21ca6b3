import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { underLock } from "../../src/config/lock.ts";
import { breakLock, lookAt, take } from "../../src/config/lockFolder.ts";
import { ConfigFile, codeOf, errorOf, holdLock } from "./configFile.ts";

const file = new ConfigFile();
const lock = (): string => `${file.path}.lock`;
const longAgo = new Date(Date.now() - 120_000);

/** A lock as a run leaves it that was killed two minutes ago. */
function leaveDeadLock(token = "0123456789abcdef"): void {
  mkdirSync(lock());
  writeFileSync(join(lock(), `${token}.json`), '{"pid": 1, "host": "elsewhere", "since": "2026-01-01T00:00:00.000Z"}');
  utimesSync(lock(), longAgo, longAgo);
}

describe("a lock", () => {
  it("is a folder with one note, which says who holds it, and is gone when it is let go", async () => {
    await underLock(file.path, {}, async () => {
      expect(file.names()).toEqual(["learning_config.json.lock"]);
      const [note] = readdirSync(lock());
      expect(JSON.parse(readFileSync(join(lock(), note!), "utf8"))).toEqual({
        pid: process.pid,
        host: hostname(),
        since: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
      });
    });
    expect(file.names()).toEqual([]);
  });

  it("is let go where the work fails, whose error stays", async () => {
    await expect(underLock(file.path, {}, () => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
    expect(file.names()).toEqual([]);
  });

  it("is held by one of twenty that ask at once, and by each of them in turn", async () => {
    let inside = 0;
    let most = 0;
    let turns = 0;
    const turn = (): Promise<void> =>
      underLock(file.path, {}, async (assertHeld) => {
        most = Math.max(most, ++inside);
        await assertHeld();
        turns++;
        inside--;
      });
    await Promise.all(Array.from({ length: 20 }, turn));
    expect([most, turns]).toEqual([1, 20]);
    expect(file.names()).toEqual([]);
  });

  it("lets no two processes in at once: none of 100 increments by four of them is lost", async () => {
    const counter = join(file.folder, "counter");
    writeFileSync(counter, "0");
    const built = new URL("../../modules/config/lock.js", import.meta.url).href;
    const program = `
      import { readFileSync, writeFileSync } from "node:fs";
      const { underLock } = await import(${JSON.stringify(built)});
      for (let k = 0; k < 25; k++)
        await underLock(${JSON.stringify(file.path)}, { lockTimeoutMs: 60_000 }, async (assertHeld) => {
          const count = Number(readFileSync(${JSON.stringify(counter)}, "utf8"));
          await assertHeld();
          writeFileSync(${JSON.stringify(counter)}, String(count + 1));
        });
    `;
    const run = (): Promise<unknown> =>
      promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
    await Promise.all([run(), run(), run(), run()]);
    expect(readFileSync(counter, "utf8")).toBe("100");
    expect(file.names()).toEqual(["counter"]);
  });

  it("says who holds it where it is waited for in vain", async () => {
    const { release, ended } = await holdLock(file.path);
    const error = await errorOf(underLock(file.path, { lockTimeoutMs: 0 }, () => Promise.resolve()));
    release();
    await ended;
    expect(error).toMatchObject({ code: "CONFIG_LOCKED", message: "another run is saving this config" });
    expect(error.details["found"]).toContain(`${lock()} of process ${process.pid} on ${hostname()}, since 2`);
  });

  it("can be given up while it is waited for", async () => {
    const { release, ended } = await holdLock(file.path);
    const whileWaiting = (): never => {
      throw new Error("enough");
    };
    await expect(underLock(file.path, { whileWaiting }, () => Promise.resolve())).rejects.toThrow("enough");
    release();
    await ended;
  });
});

describe("the lock of a dead run", () => {
  it.each([
    ["with its note", () => leaveDeadLock()],
    [
      "whose folder is empty",
      () => {
        mkdirSync(lock());
        utimesSync(lock(), longAgo, longAgo);
      },
    ],
  ])("%s is broken without waiting where it is older than any two clocks differ", async (_, leave) => {
    leave();
    expect(await underLock(file.path, { lockTimeoutMs: 0 }, () => Promise.resolve("done"))).toBe("done");
    expect(file.names()).toEqual([]);
  });

  it("is broken by five that find it, and then held by one at a time", async () => {
    leaveDeadLock();
    let inside = 0;
    let most = 0;
    const turn = (): Promise<void> =>
      underLock(file.path, {}, async () => {
        most = Math.max(most, ++inside);
        await Promise.resolve();
        inside--;
      });
    await Promise.all(Array.from({ length: 5 }, turn));
    expect(most).toBe(1);
  });

  it("is not mistaken for the one that another run has taken meanwhile", async () => {
    leaveDeadLock();
    const seen = await lookAt(file.path);
    await breakLock(file.path, "0123456789abcdef.json");
    const theirs = (await take(file.path))!;
    // A second run that saw the dead one as well comes late.
    await breakLock(file.path, seen.kind === "held" ? seen.note : null);
    expect(await theirs.renew()).toBe(true);
    expect(await take(file.path)).toBeNull();
    await theirs.release();
    expect(file.names()).toEqual([]);
  });

  it("is lost by a run that slept: it learns so before it replaces anything, and leaves the new holder alone", async () => {
    const error = await errorOf(
      underLock(file.path, {}, async (assertHeld) => {
        await assertHeld();
        const [note] = readdirSync(lock());
        await breakLock(file.path, note!);
        expect(await take(file.path)).not.toBeNull();
        await assertHeld();
      }),
    );
    expect([error.code, error.details["found"]]).toEqual(["CONFIG_LOCKED", "another run took over the lock"]);
    expect(readdirSync(lock())).toHaveLength(1);
  });
});

describe("what is no lock", () => {
  it("is left alone and named", async () => {
    writeFileSync(lock(), "mine");
    const error = await errorOf(underLock(file.path, { lockTimeoutMs: 0 }, () => Promise.resolve()));
    expect(error).toMatchObject({
      code: "CONFIG_LOCKED",
      message: `${lock()} exists but was not made by Sluice`,
      details: { where: lock(), found: "a file" },
    });
    expect(readFileSync(lock(), "utf8")).toBe("mine");
  });

  it("a folder that is gone is refused", async () => {
    rmSync(file.folder, { recursive: true });
    expect(await codeOf(underLock(file.path, {}, () => Promise.resolve()))).toBe("CONFIG_READ_ONLY");
  });
});
