import { describe, expect, it } from "vitest";
import { Progress } from "../../src/cli/progress.ts";

function shown(
  inPlace: boolean,
  columns = 100,
): { progress: Progress; text: () => string; pass: (ms: number) => void } {
  const texts: string[] = [];
  let now = 0;
  return {
    progress: new Progress({ write: (text) => texts.push(text), inPlace, columns, now: () => now }),
    text: () => texts.join(""),
    pass: (ms) => {
      now += ms;
    },
  };
}

describe("progress", () => {
  it("is one plain line a phase where nobody watches", () => {
    const { progress, text, pass } = shown(false);
    progress.show({ phase: "phase 1", message: "reading" });
    pass(1500);
    progress.show({ phase: "phase 1", message: "7 symbols", fraction: 1 });
    progress.show({ phase: "phase 2", message: "scalping" });
    pass(250);
    progress.end();
    expect(text()).toBe("phase 1  1.5 s  7 symbols\nphase 2  250 ms  scalping\n");
  });

  it("rewrites one line on a terminal, within its width, and leaves it empty", () => {
    const { progress, text } = shown(true, 30);
    progress.show({ phase: "phase 3", message: "a message that is much too long for it", fraction: 0.456 });
    progress.end();
    const [, line = "", rest] = text().split("\r\u001b[2K");
    expect(line).toMatch(/^phase 3 45% {2}a/);
    expect(line.length).toBeLessThan(30);
    expect(rest).toBe("");
    expect(text()).not.toContain("\n");
  });

  it("shows no control codes of a symbol's name", () => {
    const { progress, text } = shown(false);
    progress.show({ phase: "phase 1", message: "\u001b[2J" });
    progress.end();
    expect(text()).toContain("\\u001b[2J");
  });

  it("says nothing where nothing happened", () => {
    const { progress, text } = shown(false);
    progress.end();
    expect(text()).toBe("");
  });
});
