import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraph, shorten, unbroken, widthOf } from "../../src/report/lines.ts";
import { paintFor } from "../../src/report/paint.ts";
import { parametersText } from "../../src/report/parametersText.ts";
import { printableCopy } from "../../src/report/printable.ts";
import { escaped } from "../../src/text.ts";
import { count, duration, figure, megabytes, parameterText, percent, share } from "../../src/words/figures.ts";

describe("figures", () => {
  it("give percentages a sign and two decimals", () => {
    expect([percent(1.234), percent(-0.5), percent(0), percent(-0.001), percent(0.004)]).toEqual([
      "+1.23%",
      "-0.50%",
      "0.00%",
      "0.00%",
      "0.00%",
    ]);
    expect([percent(12_345.67), percent(-4_936_000)]).toEqual(["+12,346%", "-4.9M%"]);
  });

  it("group thousands", () => {
    expect(count(3_732_480)).toBe("3,732,480");
    expect(figure(1412)).toBe("1,412");
  });

  it("drop the noise of binary fractions from parameters, and from nothing else", () => {
    expect(parameterText(3.3000000000000003)).toBe("3.3");
    expect(parameterText([1, 0.1 + 0.2])).toBe("[1, 0.3]");
    expect([parameterText(true), parameterText("any"), parameterText(null)]).toEqual(["true", "any", "none"]);
  });

  it("leave trailing levels out where the trailing stop is off", () => {
    const trailing = { trailing_stop_activation: 1, trailing_stop_distance: 0.5 };
    expect(parametersText({ trailing_stop_enabled: false, ...trailing })).toBe(unbroken("trailing_stop_enabled false"));
    expect(parametersText({ trailing_stop_enabled: true, ...trailing })).toContain("0.5");
  });

  it("give durations and sizes in units one can compare", () => {
    expect([duration(93.1), duration(12_340), duration(125_000)]).toEqual(["93 ms", "12.3 s", "2 min 05 s"]);
    expect([megabytes(16 * 2 ** 20), megabytes(1.5 * 2 ** 20)]).toEqual(["16 MB", "1.5 MB"]);
    expect(share(0.5432)).toBe("54.3%");
  });

  it("keep small figures readable", () => {
    expect([figure(0.00497), figure(0.2312345), figure(92.4), figure(-0.5)]).toEqual([
      "0.00497",
      "0.2312",
      "92.4",
      "-0.5",
    ]);
    expect([figure(3.134e-88), figure(-1e-10), figure(2e-9)]).toEqual(["0", "0", "2e-9"]);
  });
});

describe("paragraphs", () => {
  it("never pass the width, keep every word, and stand under their label", () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{1,60}$/), { minLength: 1 }),
        fc.integer({ min: 20, max: 100 }),
        (words, width) => {
          const lines = paragraph("Label  ", words.join(" "), width);
          for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
          expect(lines[0]).toMatch(/^Label {2}/);
          for (const line of lines.slice(1)) expect(line).toMatch(/^ {7}\S/);
          expect(lines.join("").replaceAll(" ", "")).toBe(`Label${words.join("")}`);
        },
      ),
    );
  });

  it("keep a name and its figure on one line", () => {
    expect(paragraph("", `${"a ".repeat(5)}${unbroken("pbo 0.5")}`, 14)).toEqual(["a a a a a", "pbo 0.5"]);
  });

  it("keep a Chinese phrase on one line, break others between characters, and leave no trace of either", () => {
    const names = ["滚动前推", "邻近参数", "随机入场"].map(unbroken).join("、");
    expect(paragraph("", names, 14)).toEqual(["滚动前推、", "邻近参数、", "随机入场"]);
    expect(paragraph("", "滚动前推、邻近参数", 14)).toEqual(["滚动前推、邻近", "参数"]);
    expect(
      paragraph("", `${unbroken("要求：不低于 0.95 且 p 不超过 0.05")}`, 16)
        .join("")
        .replaceAll(" ", ""),
    ).toBe("要求：不低于0.95且p不超过0.05");
    expect(paragraph("", "检验了的（要求）", 10)).toEqual(["检验了的", "（要求）"]);
  });

  it("count no colours", () => {
    expect(widthOf(paintFor(true).red("four"))).toBe(4);
  });

  it("shorten in the middle", () => {
    expect(shorten("scalping_params.min_signal_score", 11)).toBe("scalp…score");
    expect(shorten("short", 11)).toBe("short");
  });
});

describe("printable text", () => {
  it("shows what would steer a terminal instead of doing it", () => {
    expect(escaped("a\u001b[31mb\u0007\n\u009b\u202e")).toBe("a\\u001b[31mb\\u0007\\n\\u009b\\u202e");
    expect(escaped("Überschrift 東京 🙂")).toBe("Überschrift 東京 🙂");
  });

  it("has no control character left, whatever goes in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escaped(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it("covers keys and depths of plain data, and leaves figures alone", () => {
    expect(printableCopy({ "a\u001b": [{ b: "\n", c: 1.5, d: null, e: true }] })).toEqual({
      "a\\u001b": [{ b: "\\n", c: 1.5, d: null, e: true }],
    });
  });
});
