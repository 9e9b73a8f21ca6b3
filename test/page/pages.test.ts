import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optimize, search, simulate } from "../../src/library/calls.ts";
import { compactJson } from "../../src/page/json.ts";
import { partsOf } from "../../src/page/parts/list.ts";
import { blocksOf, writePages } from "../support/pages.ts";

let folder = "";
let pages: Record<string, string> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-pages-"));
  pages = await writePages(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const textOf = (verb: string): string => readFileSync(pages[verb]!, "utf8");

interface Frame {
  readonly headline: string;
  readonly parts: readonly { readonly id: string }[];
}
const frameOf = (path: string): Frame => blocksOf(path)["frame"] as Frame;

describe("a page", () => {
  it("has the parts of its verb, in order, and each part's data", () => {
    const ids = (verb: keyof typeof partsOf): string[] => frameOf(pages[verb]!).parts.map(({ id }) => id);
    // No earlier run is known to this one.
    expect(ids("optimize")).toEqual(partsOf.optimize.map(({ id }) => id).filter((id) => id !== "nights"));
    expect(ids("search")).toEqual(partsOf.search.map(({ id }) => id));
    expect(ids("simulate")).toEqual(partsOf.simulate.map(({ id }) => id));
    expect(ids("validate")).toEqual(partsOf.validate.map(({ id }) => id));
    expect(ids("rehearse")).toEqual(["overview", "nights", "method"]);
    for (const path of Object.values(pages)) {
      const blocks = blocksOf(path);
      for (const { id } of frameOf(path).parts) expect(blocks[`part-${id}`], `${path} ${id}`).toBeTypeOf("object");
    }
  });

  it("begins with the first line of the terminal's summary", () => {
    expect(frameOf(pages["optimize"]!).headline).toMatch(/^(CHANGED|NOTHING CHANGED)/);
    expect(frameOf(pages["rehearse"]!).headline).toMatch(/^(YES|NO|NOT SURE|NOTHING CHANGED)/);
  });

  it("allows its own script and style, by their hashes, and nothing else", () => {
    for (const verb of Object.keys(pages)) {
      const text = textOf(verb);
      const policy = /Content-Security-Policy" content="([^"]+)"/.exec(text)![1]!;
      const hashOf = (inner: string): string => `'sha256-${createHash("sha256").update(inner).digest("base64")}'`;
      const [script, style] = [/<script>([\s\S]*?)<\/script>/, /<style>([\s\S]*?)<\/style>/].map(
        (pattern) => pattern.exec(text)![1]!,
      );
      expect(policy).toBe(
        `default-src 'none'; script-src ${hashOf(script!)}; style-src ${hashOf(style!)}; base-uri 'none'; form-action 'none'`,
      );
      expect(text).not.toMatch(/<(link|img|iframe|object)\b|\bsrc=/);
    }
  });

  it("has nothing of the user's in its markup", () => {
    expect(textOf("optimize")).not.toContain("<b>data</b>");
    expect(blocksOf(pages["optimize"]!)["part-method"]).toMatchObject({
      command: "sluice optimize --candles '<b>data</b>'",
    });
  });

  it("draws the proposed set and the current one by day, 0 before the data and summing to what their trades made", () => {
    const { equity } = blocksOf(pages["validate"]!)["part-overview"] as {
      equity: { sets: { label: string; days: { values: number[] } }[]; held: { values: number[] } }[];
    };
    expect(equity.map(({ sets }) => sets.map(({ label }) => label))).toEqual([["proposed", "now"]]);
    const { subjects } = blocksOf(pages["validate"]!)["part-trades"] as {
      subjects: { trades: { points: number[]; total: number }; months: { points: number }[] }[];
    };
    const days = equity[0]!.sets[0]!.days.values.reduce((sum, value) => sum + value, 0);
    const months = subjects[0]!.months.reduce((sum, { points }) => sum + points, 0);
    expect(days).toBeCloseTo(months, 1);
    expect(subjects[0]!.trades.points).toHaveLength(subjects[0]!.trades.total);
  });

  it("counts signals down to trades", () => {
    const { subjects } = blocksOf(pages["simulate"]!)["part-funnel"] as {
      subjects: { steps: { label: string; left: number }[] }[];
    };
    const left = subjects[0]!.steps.map((step) => step.left);
    expect(subjects[0]!.steps.map(({ label }) => label)).toEqual([
      "signals",
      "min strength 50",
      "trades",
      "with one position per symbol",
    ]);
    expect(left).toEqual([...left].sort((a, b) => b - a));
    expect(left[1]).toBeLessThan(left[0]!);
    expect(left[2]).toBe(left[1]);
  });

  it("has a picture for every test that ran", () => {
    const { subjects } = blocksOf(pages["validate"]!)["part-trust"] as {
      subjects: { cards: { name: string; outcome: string; picture: object | null }[] }[];
    };
    const cards = subjects.flatMap((subject) => subject.cards);
    expect(cards).toHaveLength(8);
    const ran = cards.filter(({ outcome }) => outcome !== "not run");
    expect(ran.length).toBeGreaterThan(4);
    expect(ran.filter(({ picture }) => picture === null).map(({ name }) => name)).toEqual([]);
  });
});

describe("the same search with more threads", () => {
  it("gives the same parts, its own threads and times aside", async () => {
    const request = { ...JSON.parse(readFileSync(at("request.json"), "utf8")) };
    const parts = [];
    for (const threads of [1, 2]) {
      const report = at(`threads-${threads}.html`);
      await search({ ...request, threads, report }, { thread: "caller" });
      const { "part-method": _, ...rest } = blocksOf(report);
      parts.push(rest);
    }
    expect(parts[1]).toEqual(parts[0]);
  });
});

describe("--report", () => {
  const request = (): Parameters<typeof simulate>[0] => ({
    ...JSON.parse(readFileSync(at("request.json"), "utf8")),
    spaceFile: undefined,
    threads: undefined,
    paramsFile: at("set.json"),
  });

  it("replaces a page of Sluice's, and no other file unless forced", async () => {
    const report = at("mine.html");
    writeFileSync(report, "<!doctype html>\n<p>mine</p>\n");
    await expect(simulate({ ...request(), report }, { thread: "caller" })).rejects.toMatchObject({
      code: "OUTPUT_FOREIGN",
    });
    expect(readFileSync(report, "utf8")).toContain("mine");
    await simulate({ ...request(), report, force: true }, { thread: "caller" });
    await simulate({ ...request(), report }, { thread: "caller" });
    expect(frameOf(report).parts[0]!.id).toBe("overview");
  });

  it("refuses a folder and an input before any work", async () => {
    await expect(simulate({ ...request(), report: folder }, { thread: "caller" })).rejects.toMatchObject({
      code: "REPORT_UNWRITABLE",
    });
    await expect(
      simulate({ ...request(), report: at("set.json"), force: true }, { thread: "caller" }),
    ).rejects.toMatchObject({ code: "OUTPUT_IS_INPUT" });
  });

  it("is written by no run that did not ask for it", async () => {
    const { signals, spaceFile, ...market } = JSON.parse(readFileSync(at("market.json"), "utf8"));
    const before = statSync(folder).mtimeMs;
    const result = await optimize({ ...market, signals, spaceFile, dryRun: true, threads: 1 }, { thread: "caller" });
    expect(statSync(folder).mtimeMs).toBe(before);
    expect(JSON.stringify(result)).not.toContain('"picture"');
  });
});

describe("data inside a page", () => {
  it("cannot end its element or begin a comment, and reads back the same", () => {
    const odd = { "</script>": '<!-- <script> \u2028 \u2029 \\ "' };
    const text = compactJson(odd);
    expect(text).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(text)).toEqual(odd);
  });
});
