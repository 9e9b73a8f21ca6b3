import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { InputError } from "../../src/errors.ts";
import { demo, optimize, scan, simulate } from "../../src/library/calls.ts";
import type { OptimizeRequest, Progress } from "../../src/run/request.ts";
import { checkRequest } from "../../src/run/requestCheck.ts";
import { AbortedError } from "../../src/run/session.ts";
import { holdLock } from "../config/configFile.ts";
import { type EdgeMarket, edgeConfig, writeEdgeMarket } from "../support/edgeMarket.ts";

const endTimeMs = Date.UTC(2026, 0, 1);
const candles = syntheticMarket({
  seed: 5,
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  days: 30,
  timeframeMs: 900_000,
  endTimeMs,
});
const spaceFile = fileURLToPath(new URL("../library/space.json", import.meta.url));
const small = { candles, spaceFile, lookaheadHours: 12, minProfit: 0.04, minTrades: 5, nowMs: endTimeMs };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-saves-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]): string => join(folder, ...names);

const fresh = JSON.stringify({
  swing_params: { min_signal_score: 55 },
  phase2_learning: { latest: null, history: [] },
});

function configs(...names: string[]): string[] {
  for (const name of names) writeFileSync(at(name), fresh);
  return names.map((name) => at(name));
}

async function refusal(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => "not refused",
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(InputError);
  return error as InputError;
}

describe("what a run refuses before it works", () => {
  it("a config that is named twice, by its path or through a link", async () => {
    const [a] = configs("a.json");
    symlinkSync(a!, at("b.json"));
    for (const other of [a!, at("b.json")]) {
      expect((await refusal(optimize({ ...small, configs: [a!, other] }))).code).toBe("CONFIG_TWICE");
      expect(readFileSync(a!, "utf8")).toBe(fresh);
    }
  });

  it.each(["[]", '"mine"', '{"latest": {}, "history": {"1": {}}}'])(
    "a phase2_learning of another shape: %s",
    async (block) => {
      const text = `{"phase2_learning": ${block}}`;
      writeFileSync(at("a.json"), text);
      expect((await refusal(optimize({ ...small, configs: [at("a.json")] }))).code).toBe("CONFIG_BLOCK");
      expect(readFileSync(at("a.json"), "utf8")).toBe(text);
    },
  );

  it("a report folder in which the reports cannot be put", async () => {
    const [a] = configs("a.json");
    mkdirSync(at("out", "result.json"), { recursive: true });
    expect((await refusal(optimize({ ...small, configs: [a!], out: at("out") }))).code).toBe("OUT_NOT_A_FOLDER");
    expect(readFileSync(a!, "utf8")).toBe(fresh);
  });

  it.each<[keyof OptimizeRequest | "objective" | "unheard_of", unknown[]]>([
    ["threads", [1e9, 1.5, 0, -1, Number.NaN, "2"]],
    ["top", [Number.NaN, -1, 0, 2.5]],
    ["symbols", ["AAAUSDT", [""], [1]]],
    ["margin", ["0.1", Number.NaN, -1, Number.POSITIVE_INFINITY]],
    ["confidence", ["0.95", 0.49, 1, Number.NaN]],
    ["nowMs", [Number.NaN, "now"]],
    ["fee", [Number.NaN, "0.1", -5, 1]],
    ["slippage", [Number.NaN, -0.1]],
    ["fundingPer8h", [Number.NaN, 1]],
    ["objective", ["nope", "toString"]],
    ["exitModel", ["walk"]],
    ["intrabar", ["first"]],
    ["lookaheadHours", [Number.NaN, -1, 0]],
    ["minProfit", [Number.NaN, 0]],
    ["minTrades", [Number.NaN, -1, 1.5]],
    ["memoryBytes", [0, 2 ** 33, "16mb"]],
    ["configs", ["a.json", [""]]],
    ["candles", [7, "", [1]]],
    ["unheard_of", [1]],
  ])("an option of a call that cannot be meant: %s", (key, values) => {
    for (const value of values) {
      const request = { ...small, configs: [at("a.json")], [key]: value };
      expect(() => checkRequest("optimize", request)).toThrow(InputError);
      expect(() => checkRequest("optimize", request)).toThrow(
        expect.objectContaining({ code: "REQUEST_OPTION", details: expect.objectContaining({ where: key }) }),
      );
    }
  });

  it("such an option on whichever thread, and leaves the config alone", async () => {
    const [a] = configs("a.json");
    for (const thread of ["own", "caller"] as const)
      for (const option of [{ threads: 1e9 }, { unheard_of: 1 }]) {
        const error = await refusal(optimize({ ...small, configs: [a!], ...option } as OptimizeRequest, { thread }));
        expect([error.code, error.details.where]).toEqual(["REQUEST_OPTION", Object.keys(option)[0]]);
        expect(readFileSync(a!, "utf8")).toBe(fresh);
      }
  });

  it.each([
    ['{"swing": {"min_risk_reward": [1], "min_risk_reward": [2]}}', "spaceFile"],
    ['[{"atr_tp_multiplier": 1, "atr_tp_multiplier": 2}]', "suggestFile"],
  ])("a key that stands twice in one object: %s", async (text, key) => {
    writeFileSync(at("twice.json"), text);
    const error = await refusal(optimize({ ...small, [key]: at("twice.json") }));
    expect([error.code, error.details.where]).toEqual(["FILE_DUPLICATE_KEY", at("twice.json")]);
  });

  it("a call without a request, on either thread", async () => {
    for (const thread of ["own", "caller"] as const)
      for (const request of [undefined, null, "all", []])
        expect((await refusal(optimize(request as never, { thread }))).code).toBe("REQUEST_OPTION");
  });
});

describe("a run of two configs whose first is saved", () => {
  let market: EdgeMarket;
  beforeEach(() => {
    market = writeEdgeMarket(at("market"));
    for (const name of ["a.json", "b.json"]) writeFileSync(at(name), edgeConfig);
  });
  const bots = (): string[] => [at("a.json"), at("b.json")];
  /** Acts when the configs are judged and none is saved yet. */
  const beforeTheSaves = (act: () => void): ((event: Progress) => void) => {
    let phase5s = 0;
    return ({ phase }) => {
      if (phase === "phase5" && ++phase5s === 1) act();
    };
  };

  it("says so where the second meets a conflict", async () => {
    const theirs = edgeConfig.replace('"min_strength": 0', '"min_strength": 7');
    const error = await refusal(
      optimize(
        { ...market, configs: bots() },
        { thread: "caller", onProgress: beforeTheSaves(() => writeFileSync(at("b.json"), theirs)) },
      ),
    );
    expect(error.code).toBe("CONFIG_CONFLICT");
    expect(error.message).toContain(`saved before that: ${at("a.json")}`);
    expect(readFileSync(at("a.json"), "utf8")).not.toBe(edgeConfig);
    expect(readFileSync(at("b.json"), "utf8")).toBe(theirs);
  });

  it.each(["own", "caller"] as const)("says so where it is stopped before the second, thread: %s", async (thread) => {
    // While another run holds the second one's lock, this one has to wait, and can be stopped there.
    const { release, ended } = await holdLock(at("b.json"));
    const stop = new AbortController();
    const error = await optimize(
      { ...market, configs: bots() },
      { thread, signal: stop.signal, onProgress: ({ message }) => message.includes("waiting") && stop.abort() },
    ).catch((reason: unknown) => reason);
    release();
    await ended;
    expect(error).toBeInstanceOf(AbortedError);
    expect((error as AbortedError).saved.join()).toContain(at("a.json"));
    expect((error as AbortedError).message).toContain("saved before that");
    expect(readFileSync(at("a.json"), "utf8")).not.toBe(edgeConfig);
    expect(readFileSync(at("b.json"), "utf8")).toBe(edgeConfig);
    expect(readdirSync(folder).filter((name) => /lock|tmp/.test(name))).toEqual([]);
  });

  it("says so where the report cannot be written any more", async () => {
    const error = await refusal(
      optimize(
        { ...market, configs: [at("a.json")], out: at("out") },
        { thread: "caller", onProgress: beforeTheSaves(() => writeFileSync(at("out"), "")) },
      ),
    );
    expect(error.code).toBe("OUT_UNWRITABLE");
    expect(error.message).toContain(`saved before that: ${at("a.json")}`);
  });
});

describe("files that are replaced", () => {
  it("stay where links lead, and the links stay", async () => {
    mkdirSync(at("far"));
    for (const name of ["signals.csv", "trades.csv"]) {
      writeFileSync(at("far", name), "");
      symlinkSync(at("far", name), at(name));
    }
    await scan({ candles, out: at("signals.csv"), minProfit: 0.04 });
    writeFileSync(at("params.json"), "{}");
    await simulate({
      candles,
      opportunities: at("signals.csv"),
      type: "swing",
      paramsFile: at("params.json"),
      tradesFile: at("trades.csv"),
    });
    for (const name of ["signals.csv", "trades.csv"]) {
      expect(lstatSync(at(name)).isSymbolicLink()).toBe(true);
      expect(readFileSync(at("far", name), "utf8").length).toBeGreaterThan(100);
    }
  });

  it("are none that a rename would put an end to: pipes, folders, links that lead nowhere", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    mkdirSync(at("folder"));
    symlinkSync(at("nowhere"), at("link"));
    for (const name of ["pipe", "folder", "link"]) {
      const before = lstatSync(at(name)).mode;
      const said: string[] = [];
      const scanning = scan(
        { candles, out: at(name), minProfit: 0.04 },
        { onProgress: ({ phase }) => said.push(phase) },
      );
      expect((await refusal(scanning)).code).toBe("TABLE_UNWRITABLE");
      // Before the work, not after it.
      expect(said).toEqual([]);
      expect(lstatSync(at(name)).mode).toBe(before);
    }
    expect(readdirSync(folder).sort()).toEqual(["folder", "link", "pipe"]);
  });

  it("are no config of others by the demo, which goes on after one of its own that was stopped", async () => {
    writeFileSync(at("learning_config.json"), fresh);
    expect((await refusal(demo({ out: folder }))).code).toBe("DEMO_FOLDER");
    expect(readFileSync(at("learning_config.json"), "utf8")).toBe(fresh);
    const stop = new AbortController();
    const stopped = demo({ out: at("demo") }, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopped).rejects.toBeInstanceOf(AbortedError);
    const first = await demo({ out: at("demo") });
    expect(first.folder).toBe(at("demo"));
    expect(first.runs[0]!.saved).not.toBeNull();
    // Past runs are kept, whoever made them.
    const listed = (): string[] =>
      readdirSync(at("demo"), { recursive: true, encoding: "utf8" })
        .filter((name) => !name.startsWith("report/history"))
        .sort();
    const [left, saved] = [listed(), readFileSync(at("demo/learning_config.json"), "utf8")];
    // Again in its own folder: the same, as if it were the first.
    const again = await demo({ out: at("demo") });
    expect(again.fingerprint).toBe(first.fingerprint);
    expect(again.runs[0]!.ledger).toEqual(first.runs[0]!.ledger);
    expect([listed(), readFileSync(at("demo/learning_config.json"), "utf8")]).toEqual([left, saved]);
    const edited = saved.replace("the bot's own business", "somebody else's");
    writeFileSync(at("demo/learning_config.json"), edited);
    expect((await refusal(demo({ out: at("demo") }))).code).toBe("DEMO_FOLDER");
    expect(readFileSync(at("demo/learning_config.json"), "utf8")).toBe(edited);
    expect(listed()).toEqual(left);
  });
});
