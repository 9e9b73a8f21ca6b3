import { describe, expect, it } from "vitest";
import { Progress, progressLine } from "../../src/cli/progress.ts";
import { widthOf } from "../../src/report/lines.ts";

const eraseLine = "\r\u001b[2K";

function shown(inPlace: boolean, columns = 100) {
  const texts: string[] = [];
  let nowMs = 0;
  let redraw = (): void => undefined;
  const every = (_: number, work: () => void): (() => void) => {
    redraw = work;
    return () => {
      redraw = () => undefined;
    };
  };
  return {
    progress: new Progress({ write: (text) => texts.push(text), inPlace, columns, now: () => nowMs, every }),
    text: () => texts.join(""),
    lines: () => texts.join("").split(inPlace ? eraseLine : "\n"),
    /** Time passes, and the clock is looked at four times a second. */
    pass: (ms: number) => {
      for (const end = nowMs + ms; nowMs < end; ) {
        nowMs = Math.min(end, nowMs + 250);
        redraw();
      }
    },
  };
}

describe("progress where nobody watches", () => {
  it("is a line after a second, and then one every ten seconds, each with share, time left and what is done", () => {
    const { progress, lines, pass } = shown(false);
    progress.show({ phase: "load", message: "reading candles", share: 0, remainingMs: null });
    pass(2000);
    progress.show({ phase: "phase1", message: "scanning", share: 0.25, remainingMs: 30_000 });
    pass(12_000);
    progress.show({ phase: "phase4", message: "walking forward, window 3 of 6", share: 0.7, remainingMs: 8000 });
    pass(9000);
    progress.end();
    expect(lines()).toEqual([
      "0:01    0%  load reading candles",
      "0:11   25%, 0:21 left  phase1 scanning",
      "0:21   70%, 0:01 left  phase4 walking forward, window 3 of 6",
      "",
    ]);
  });

  it("says nothing of a command that ends within a second", () => {
    const { progress, text, pass } = shown(false);
    progress.show({ phase: "list", message: "1 of 3 runs", share: 0.3, remainingMs: null });
    pass(900);
    progress.end();
    expect(text()).toBe("");
  });

  it("shows no control codes of a symbol's name", () => {
    const { progress, text, pass } = shown(false);
    progress.show({ phase: "phase 1", message: "\u001b[2J" });
    pass(1000);
    progress.end();
    expect(text()).toContain("\\u001b[2J");
  });
});

describe("progress on a terminal", () => {
  it("is one line that is drawn again, and is gone in the end", () => {
    const { progress, text, lines, pass } = shown(true);
    progress.show({ phase: "phase3", message: "searching", share: 0.456, remainingMs: 65_000 });
    pass(500);
    progress.end();
    expect(lines().slice(1)).toEqual([
      " 45% [#########-----------] 0:00, 1:05 left  phase3 searching",
      " 45% [#########-----------] 0:00, 1:05 left  phase3 searching",
      " 45% [#########-----------] 0:01, 1:05 left  phase3 searching",
      "",
    ]);
    expect(text()).not.toContain("\n");
  });

  it("goes on while nothing is heard: never the same line for more than a second", () => {
    const { progress, lines, pass } = shown(true);
    pass(600);
    progress.show({ phase: "phase3", message: "searching", share: 0.4, remainingMs: 5000 });
    pass(20_000);
    progress.end();
    const drawn = lines().slice(1, -1);
    expect(drawn[0]).toMatch(/ 0% \[-+\] 0:00 {2}starting$/);
    for (let k = 4; k < drawn.length; k++) expect(drawn[k], String(k)).not.toBe(drawn[k - 4]);
    // What takes longer than expected is not said to be over.
    expect(drawn.at(-1)).toContain("0:01 left");
  });

  it("never goes back, whatever it is told", () => {
    const { progress, lines, pass } = shown(true);
    for (const share of [0.1, 0.5, 0.3, Number.NaN, 0.7, 2, 0]) {
      progress.show({ phase: "a", message: "b", share, remainingMs: null });
      pass(250);
    }
    const shares = lines()
      .slice(1)
      .map((line) => Number.parseInt(line, 10));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(Math.max(...shares)).toBe(100);
  });

  it("makes do without the library's figures, as in a fetch", () => {
    const { progress, lines, pass } = shown(true);
    pass(10_000);
    progress.show({ phase: "BTC/USDT 15m", message: "up to 2026-01-01", share: 0.25 });
    pass(250);
    expect(lines().at(-1)).toContain(" 25% [#####---------------] 0:10, 0:30 left  BTC/USDT 15m up to 2026-01-01");
  });

  it.each([20, 40, 71, 72, 80, 120])("fits into %i columns, with names of two columns a character", (columns) => {
    const standing = { share: 0.999, elapsedMs: 7_384_000, leftMs: 35_999_000 };
    for (const text of [
      "phase1 scanning 比特币永续合约比特币永续合约比特币永续合约比特币永续合约",
      "short",
      "x".repeat(300),
    ])
      expect(widthOf(progressLine({ text, ...standing }, columns - 1))).toBeLessThan(columns);
    expect(progressLine({ text: "phase4 a", ...standing }, 71)).toBe(
      " 99% [#########-] 2:03:04, 9:59:59 left  phase4 a",
    );
  });
});
