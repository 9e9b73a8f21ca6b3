import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boundedJson } from "../../src/cli/mcp/bounded.ts";
import { tools } from "../../src/cli/mcp/tools.ts";
import { search } from "../../src/library/calls.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { type EdgeMarket, writeEdgeMarket } from "../support/edgeMarket.ts";

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

let folder = "";
let market: EdgeMarket;
let client: Client;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-mcp-"));
  market = writeEdgeMarket(folder);
  writeFileSync(join(folder, "sluice.config.json"), JSON.stringify({ "save-best": "best.json", top: 7 }));
  client = new Client({ name: "test", version: "1" });
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [main, "mcp"], cwd: folder, stderr: "ignore" }),
  );
});
afterAll(async () => {
  await client?.close();
  rmSync(folder, { recursive: true, force: true });
});

const table = () => ({ opportunities: "signals.csv", candles: "candles", timeframe: "1h", type: "good" });

async function answer(name: string, given: Record<string, unknown>, options: object = {}) {
  const { content, isError = false } = await client.callTool({ name, arguments: given }, options);
  const texts = (content as { readonly text: string }[]).map(({ text }) => text);
  return {
    isError,
    summary: texts[0]!,
    json: texts[1] === undefined ? null : (JSON.parse(texts[1]) as { result: unknown }),
  };
}

describe("the tools for agents", () => {
  it("are the verbs that save nothing, with a schema and a description for every argument", async () => {
    const listed = (await client.listTools()).tools;
    expect(listed.map(({ name }) => name)).toEqual(["inspect", "plan", "search", "simulate", "validate", "rehearse"]);
    for (const { name, description, inputSchema, annotations } of listed) {
      expect(description!.length).toBeGreaterThan(60);
      expect(annotations).toMatchObject({ readOnlyHint: true });
      const properties = inputSchema.properties as Record<string, { description: string }>;
      expect(Object.keys(properties).length, name).toBeGreaterThan(2);
      for (const argument of Object.values(properties)) expect(argument.description.length).toBeGreaterThan(5);
    }
  });

  it("have no argument that names a file to write", () => {
    for (const { verb, inputSchema } of tools) {
      const writing = verb.groups.flatMap(({ rows }) =>
        rows.flatMap(({ flags }) =>
          flags.filter(({ field }) => /^(out|report|bestFile|allFile|tradesFile|force)$/.test(field)),
        ),
      );
      expect(Object.keys(inputSchema.properties).filter((name) => writing.some(({ long }) => long === name))).toEqual(
        [],
      );
    }
  });

  it("answer as the library does, summary first", async () => {
    const { isError, summary, json } = await answer("search", {
      ...table(),
      space: "space.json",
      lookahead: 6,
      "min-profit": 1,
      top: 3,
    });
    expect(isError).toBe(false);
    const own = await search(
      { ...market, opportunities: market.signals, type: "good", top: 3, signals: undefined, nowMs: undefined } as never,
      { thread: "caller" },
    );
    const { top, ranked, fingerprint } = json!.result as SearchResult;
    expect({ top, ranked, fingerprint }).toEqual({ top: own.top, ranked: own.ranked, fingerprint: own.fingerprint });
    expect(summary).toContain("In-sample");
  });

  it("inspect a folder, and judge a set", async () => {
    expect((await answer("inspect", { path: "candles" })).summary).toContain("AAA");
    writeFileSync(
      join(folder, "set.json"),
      JSON.stringify({ min_strength: 50, atr_tp_multiplier: 3, atr_stop_multiplier: 2, max_holding_hours: 6 }),
    );
    const judged = await answer("validate", {
      ...table(),
      params: "set.json",
      space: "space.json",
      lookahead: 6,
      "min-profit": 1,
      threads: "1",
    });
    expect(judged.summary.split("\n")[0]).toContain("BELIEVABLE");
  });

  it("refuse what they do not know with the remedy, and what is missing, and stay", async () => {
    const unknown = await answer("search", { ...table(), space: "space.json", tops: 3 });
    expect([unknown.isError, unknown.summary]).toEqual([true, expect.stringContaining("did you mean top?")]);
    expect((await answer("search", { ...table(), space: "space.json", out: "x" })).summary).toContain(
      "does not have this argument",
    );
    expect((await answer("inspect", { path: ".", constructor: "x" })).summary).toContain("does not have this argument");
    expect((await answer("search", table())).summary).toContain("--space is missing");
    expect((await answer("search", { ...table(), space: 7 })).isError).toBe(true);
    expect((await answer("inspect", { path: "nowhere" })).isError).toBe(true);
    expect((await answer("plan", { ...table(), space: "space.json" })).isError).toBe(false);
  });

  it("take defaults from their folder, and write nothing whatever those say", async () => {
    const before = readdirSync(folder).sort();
    const { json } = await answer("search", { ...table(), space: "space.json" });
    expect((json!.result as SearchResult).top).toHaveLength(7);
    expect(readdirSync(folder).sort()).toEqual(before);
  });

  it("tell how far they are, and stop when they are cancelled", async () => {
    const shares: number[] = [];
    const cancel = new AbortController();
    const rehearsal = answer(
      "rehearse",
      {
        signals: "signals.csv",
        candles: "candles",
        timeframe: "1h",
        space: "space.json",
        lookahead: 6,
        every: "1d",
        window: "40d",
      },
      {
        signal: cancel.signal,
        onprogress: ({ progress }: { progress: number }) => {
          shares.push(progress);
          if (progress > 0) cancel.abort();
        },
      },
    );
    await expect(rehearsal).rejects.toThrow();
    expect(shares.length).toBeGreaterThan(0);
    // The next call is answered: the cancelled one has left.
    expect((await answer("inspect", { path: "candles" })).isError).toBe(false);
  });
});

describe("a bounded answer", () => {
  it("is the whole result if that is short, otherwise valid JSON that says what is left out", () => {
    const list = fc.array(
      fc.record({
        a: fc.double({ noNaN: true, noDefaultInfinity: true }),
        b: fc.array(fc.record({ c: fc.integer() }), { maxLength: 30 }),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(list, fc.integer({ min: 500, max: 20_000 }), (top, most) => {
        const text = boundedJson({ top }, most);
        const { result, left_out } = JSON.parse(text) as {
          result: { top: unknown[] };
          left_out?: Record<string, number>;
        };
        if (left_out === undefined) expect(result).toEqual(JSON.parse(JSON.stringify({ top })));
        else {
          expect(result.top.length + (left_out["top"] ?? 0)).toBe(top.length);
          expect(text.length).toBeLessThanOrEqual(most + 1_500);
        }
      }),
    );
  });

  it("has a summary that loses its last lines, and says how many, where a folder holds 1,200 files", async () => {
    const many = join(folder, "many");
    mkdirSync(many);
    for (let k = 0; k < 1_200; k++)
      writeFileSync(join(many, `S${k}USDT-1h.csv`), "timestamp,open,high,low,close,volume\n1735689600000,1,1,1,1,1\n");
    const { summary, isError } = await answer("inspect", { path: "many" });
    expect(isError).toBe(false);
    expect(summary.length).toBeLessThan(24_100);
    const lines = summary.trim().split("\n");
    const [, left] = /^\.\.\. \((\d+) more lines\)$/.exec(lines.at(-1)!)!;
    // A line for each file, those of names and counts, and an empty one.
    expect(lines.length - 1 + Number(left)).toBeGreaterThanOrEqual(1_202);
  });

  it("keeps lists that are values", () => {
    expect(JSON.parse(boundedJson({ space: Array(500).fill([1, 2, 3]) }, 1000)).result.space[0]).toEqual([1, 2, 3]);
  });
});

it("ends with exit code 0 when the client leaves, also if that never said anything", () => {
  const { status, stderr } = spawnSync(process.execPath, [main, "mcp"], { input: "", encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});

it("the docs name every tool", () => {
  const page = readFileSync(new URL("../../docs/agents.md", import.meta.url), "utf8");
  for (const { verb } of tools) expect(page).toContain(`\`${verb.name}\``);
});
