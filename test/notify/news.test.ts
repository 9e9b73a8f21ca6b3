import { describe, expect, it } from "vitest";
import { CapacityError } from "../../src/errors.ts";
import type { Message } from "../../src/notify/message.ts";
import { newsOf, newsOfFailure, testNews } from "../../src/notify/news.ts";
import { isWanted } from "../../src/notify/notify.ts";
import { unaligned } from "../../src/notify/phoneText.ts";
import type { ConfigRun } from "../../src/run/results.ts";
import { configRun, decisions, optimizeResult } from "../report/fixtures.ts";
import { englishIn } from "../support/english.ts";

const errand = { verb: "optimize", beganMs: 0 };
const keep = decisions["swing"]!;
const nothing: Partial<ConfigRun> = {
  saved: null,
  changed: false,
  diff: { tested: 18, changed: 0, entries: [] },
  not_saved: { code: "UNCHANGED" },
  not_saved_because: "no parameter changed",
  decision: { scalping: keep, swing: keep },
};
const of = (changes: Partial<ConfigRun>): Promise<Message> =>
  newsOf(errand, optimizeResult({ runs: [configRun(changes)] }));

describe("what happened", () => {
  it("is a change where a config was saved, and nothing where all stayed as it was", async () => {
    expect((await of({})).event).toBe("changed");
    expect((await of(nothing)).event).toBe("unchanged");
  });

  it("needs attention where a change was not saved, a type should pause, or the candles are old", async () => {
    const pause = { ...keep, advice: "pause" } as typeof keep;
    expect((await of({ saved: null })).event).toBe("attention");
    expect((await of({ ...nothing, decision: { scalping: keep, swing: pause } })).event).toBe("attention");
    expect((await of({ ...nothing, not_saved: { code: "STALE", hours: 99 } })).event).toBe("attention");
  });

  it("says where the report is from the root, whatever folder the run was started in", async () => {
    const { text, phoneText } = await newsOf({ ...errand, out: "runs" }, optimizeResult());
    expect(text.replaceAll(/\n */g, "")).toContain(`${process.cwd()}/runs/report.html`);
    expect(phoneText).toContain(`Report: ${process.cwd()}/runs`);
    const there = await newsOf({ ...errand, out: "/srv/runs" }, optimizeResult());
    expect(there.text).toContain("Report    /srv/runs/report.html");
  });

  it("is sent as --notify-on says", async () => {
    const news = [await of({}), await of(nothing), newsOfFailure(errand, new Error("x"))];
    const sent = (on: Parameters<typeof isWanted>[1]): string[] =>
      news.filter((message) => isWanted(message, on)).map(({ event }) => event);
    expect(sent("always")).toEqual(["changed", "unchanged", "failed"]);
    expect(sent("changed")).toEqual(["changed", "failed"]);
    expect(sent("failed")).toEqual(["failed"]);
  });

  it("begins with the outcome, and the text goes on where it ends, however wide that is", async () => {
    const types = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((x) => [`a_long_type_${x}`, { ...keep, advice: "pause" }]),
    );
    const { headline, text } = await of({ ...nothing, decision: types as ConfigRun["decision"] });
    expect(headline.length).toBeGreaterThan(72);
    expect(text).toMatch(/^Sluice \d/);
  });

  it("is one line without control codes, even in a failure", () => {
    const { headline, text } = newsOfFailure(
      errand,
      new Error(`bad\r\nBcc: all@example.org\u001b[2J${"x".repeat(300)}`),
    );
    expect(headline).toMatch(/^FAILED optimize: bad\\r\\nBcc/);
    expect(headline.length).toBeLessThanOrEqual(150);
    // It is too long for a headline, so the text has all of it.
    expect(text.replace(/\s/g, "")).toContain("x".repeat(300));
    expect(`${headline}${text}`).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it("says how much memory would have been enough", () => {
    const { text } = newsOfFailure(errand, new CapacityError("MAX_RSS", "stopped: exceeded --max-rss", 2 ** 30));
    expect(text).toContain("needed    1,024 MB");
  });
});

describe("what a fetch did", () => {
  const file = {
    symbol: "BTC/USDT",
    file: "data/BTC_USDT-15m.csv",
    state: "added",
    candles: 100,
    added: 4,
    first: 0,
    last: 89_100_000,
    missing: 0,
    missing_spans: 0,
    missing_first: [],
    problem: null,
  };
  const fetched = (problem: object | null): Promise<Message> =>
    newsOf(
      { verb: "fetch", beganMs: 0 },
      { exchange: "binance", timeframe: "15m", folder: "data", from: 0, to: 89_100_000, files: [{ ...file, problem }] },
    );

  it("is nothing new where all went well, and a failure where a file was refused", async () => {
    const fine = await fetched(null);
    expect(fine.event).toBe("unchanged");
    expect(fine.headline).toBe("fetch: 4 new candles of 15m from binance in data");
    const problem = { where: "data/BTC_USDT-15m.csv", rule: "differs", found: "1", expected: "2", remedy: "remove it" };
    expect((await fetched(problem)).event).toBe("failed");
    expect((await fetched(problem)).text).toContain("Refused  data/BTC_USDT-15m.csv: differs");
  });
});

describe("text for a phone", () => {
  it("joins wrapped lines and needs no columns", () => {
    expect(unaligned("  where     a.csv:7\n  remedy    repair the row, or use\n            --lenient")).toBe(
      "where: a.csv:7\nremedy: repair the row, or use --lenient",
    );
  });
});

describe("news in Chinese", () => {
  const chinese = { verb: "optimize", beganMs: 0, language: "zh" } as const;
  const names = ["scalping", "swing", "bot", "learning", "config"];
  it("says nothing in English, whatever happened", async () => {
    const stale = { ...nothing, not_saved: { code: "STALE", hours: 99 } as const };
    for (const changes of [{}, nothing, stale]) {
      const news = await newsOf(chinese, optimizeResult({ runs: [configRun(changes)] }));
      for (const text of [news.headline, news.phoneText]) expect(englishIn(text, names), text).toEqual([]);
    }
    const { headline, text, phoneText } = testNews(0, "zh");
    expect(englishIn(headline + phoneText.split("\n")[1], names)).toEqual([]);
    expect(text).toContain("没有更改任何东西");
  });

  it("tells a failure with the words of its error, which name codes and flags", () => {
    const { headline, text } = newsOfFailure(chinese, new Error("the disk is full"));
    expect(headline).toBe("失败 optimize：the disk is full");
    expect(text).toMatch(/^ {2}主机/m);
  });

  it("needs no columns on a phone", () => {
    expect(unaligned("数据      5 个交易对\nK 线      缺 3 根；\n          已略去")).toBe(
      "数据：5 个交易对\nK 线：缺 3 根；已略去",
    );
  });
});
