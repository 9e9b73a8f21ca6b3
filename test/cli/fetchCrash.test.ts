import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ExchangeServer, startExchange } from "../support/exchangeServer.ts";
import { randomFrom } from "../support/random.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const step = 15 * 60_000;
const nowMs = Date.UTC(2026, 0, 31, 12, 7);
const firstMs = Date.UTC(2026, 0, 29, 12, 15);
const names = ["BTC_USDT-15m.csv", "ETH_USDT-15m.csv"];
/** One that only a second asking fills, and one that stays. */
const [lateHole, hole] = [firstMs + 90 * step, firstMs + 150 * step];

let folder = "";
let server: ExchangeServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-fetch-"));
  const rules = { nowMs, listedMs: 0, pageLimit: 40, overlap: 2, delayMs: 10 };
  server = await startExchange({ ...rules, lateHoles: new Set([lateHole]), holes: new Set([hole]) });
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command; `meddle` gets the running process. */
function fetched(
  out: string,
  {
    days = 2,
    more = [],
    main = join(root, "dist/cli/main.js"),
  }: { days?: number; more?: string[]; main?: string } = {},
  meddle: (child: ReturnType<typeof spawn>) => void = () => undefined,
): Promise<Ended> {
  const request = ["--exchange", "binance", "--symbols", "BTC/USDT,ETH/USDT", "--days", String(days), "--out", out];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main, "fetch", ...request, "--url", server.url, ...more], { cwd: folder });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
    meddle(child);
  });
}

const textOf = (out: string, name: string): string | null =>
  readdirSync(out).includes(name) ? readFileSync(join(out, name), "utf8") : null;
const at = (name: string): string => join(folder, name);

describe("the built command", () => {
  it("fetches candle files, says what is missing, and as JSON nothing else", async () => {
    const { code, stdout, stderr } = await fetched(at("plain"));
    expect(code).toBe(0);
    // Progress, as far as it took so long: a line after a second, then one every ten.
    expect(stderr).toMatch(/^(\d+:\d\d +\d+%.+\n)*$/);
    expect(stdout).toMatch(/^380 new candles of 15m from binance in /);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "BTC/USDT: the exchange has no candle for 1 time, though asked twice",
    );
    const again = await fetched(at("plain"), { more: ["--json", "--quiet"] });
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(JSON.parse(again.stdout).files).toHaveLength(2);
    expect(JSON.parse(again.stdout).files[0]).toMatchObject({ state: "current", candles: 190, missing: 1 });
  });

  it("makes the same files whatever moment it is killed at, and none of them is ever half there", async () => {
    const random = randomFrom(20);
    await fetched(at("short"), { days: 1 });
    const asked = server.asked.length;
    await fetched(at("whole"));
    const requests = server.asked.length - asked;
    const whole = names.map((name) => textOf(at("whole"), name));
    const short = names.map((name) => textOf(at("short"), name));
    expect(whole.every((text) => text !== null)).toBe(true);
    let parts = 0;
    for (let kill = 0; kill < 20; kill++) {
      const out = at(`kill-${kill}`);
      // Half of them continue files.
      const before = kill % 2 === 0 ? short : [null, null];
      if (kill % 2 === 0) cpSync(at("short"), out, { recursive: true });
      else mkdirSync(out);
      // A while after one of the requests.
      const last = server.asked.length + 3 + Math.floor(random() * (requests - 3));
      await fetched(out, {}, async (child) => {
        while (server.asked.length < last && child.exitCode === null) await pause(1);
        await pause(20 * random());
        child.kill("SIGKILL");
      });
      for (const [k, name] of names.entries()) expect([before[k], whole[k]]).toContain(textOf(out, name));
      if (readdirSync(out).some((name) => name.endsWith(".part"))) parts++;
      // A dead lock is waited out, five seconds; twice is enough.
      if (kill > 1) rmSync(join(out, ".fetch.lock"), { recursive: true, force: true });
      const { code, stderr } = await fetched(out);
      expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
      expect(names.map((name) => textOf(out, name))).toEqual(whole);
      expect(readdirSync(out).sort()).toEqual(names);
    }
    // Most moments are in the middle of a file.
    expect(parts).toBeGreaterThan(5);
  });

  it("ends with 130 on SIGINT, and goes on afterwards without waiting for a lock", async () => {
    const { code, stdout, stderr } = await fetched(at("interrupted"), {}, async (child) => {
      while (
        !readdirSync(folder).includes("interrupted") ||
        !readdirSync(at("interrupted")).some((name) => /part$/.test(name))
      )
        await pause(5);
      child.kill("SIGINT");
    });
    expect([code, stdout]).toEqual([130, ""]);
    expect(stderr).toContain("interrupted; no file was left half-written");
    expect(readdirSync(at("interrupted")).filter((name) => !name.endsWith(".part"))).toEqual([]);
    expect((await fetched(at("interrupted"))).stderr).not.toContain("waiting");
    expect(names.map((name) => textOf(at("interrupted"), name))).toEqual(
      names.map((name) => textOf(at("plain"), name)),
    );
  });

  it("lets only one fetch write to a folder", async () => {
    const [one, other] = await Promise.all([fetched(at("both")), fetched(at("both"))]);
    expect([one.code, other.code]).toEqual([0, 0]);
    expect(names.map((name) => textOf(at("both"), name))).toEqual(names.map((name) => textOf(at("plain"), name)));
  });

  it("exits with 3 where a file contradicts the exchange, and still says what it did", async () => {
    cpSync(at("short"), at("odd"), { recursive: true });
    const path = join(at("odd"), names[0]!);
    const text = readFileSync(path, "utf8");
    rmSync(path);
    // The last volume is not what the exchange has.
    writeFileSync(path, text.replace(/,[^,]*\n$/, ",123456\n"));
    const { code, stdout } = await fetched(at("odd"));
    expect(code).toBe(3);
    expect(stdout).toContain("Refused  ");
    expect(stdout.replaceAll(/\s+/g, " ")).toContain("the exchange has other values for a candle than before");
    expect(textOf(at("odd"), names[1]!)).toBe(textOf(at("plain"), names[1]!));
  });

  it("names the package that is missing, and how to install it", async () => {
    cpSync(join(root, "dist"), at("bare/dist"), { recursive: true });
    cpSync(join(root, "package.json"), at("bare/package.json"));
    const { code, stdout, stderr } = await fetched(at("none"), { main: at("bare/dist/cli/main.js") });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^error: fetching candles needs the package ccxt/);
    expect(stderr).toContain("npm i ccxt");
    expect(readdirSync(folder)).not.toContain("none");
  });
});
