import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../../src/", import.meta.url));
/** Rooms whose figures stand in results. */
const rooms = ["candles", "opportunities", "space", "core", "search", "portfolio", "validation"];

/** Made-up candles are rounded to few digits. */
const madeUp = "candles/synthetic.ts";

/** Source text without its comments, every line where it was. */
const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, (comment) => comment.replace(/[^\n]/g, ""));

/** Lines that raise to a power, but for 2 ** n and whole numbers of any length, which are exact everywhere. */
function powersIn(text: string): { line: number; code: string }[] {
  return withoutComments(text)
    .split("\n")
    .flatMap((code, at) => {
      const powers = [...code.matchAll(/\*\*/g)].filter(
        ({ index }) => !/(?<![\w.)\]])(?:2|\d+n)\s*$/.test(code.slice(0, index)),
      );
      return powers.length > 0 || /\bMath\s*\.\s*pow\b/.test(code) ? [{ line: at + 1, code: code.trim() }] : [];
    });
}

describe("figures that are the same on every version of Node", () => {
  it("use no power, whose last bit depends on the engine: only 2 ** n", () => {
    const found = rooms.flatMap((room) =>
      readdirSync(join(src, room), { encoding: "utf8" })
        .filter((name) => name.endsWith(".ts"))
        .flatMap((name) =>
          powersIn(readFileSync(join(src, room, name), "utf8")).map(
            ({ line, code }) => `src/${room}/${name}:${line}: ${code}`,
          ),
        ),
    );
    expect(found).toEqual([]);
  });

  it("nor a function but square root, exp and log, which are one implementation in every engine in use", () => {
    const others =
      /Math\.(?:sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|expm1|log1p|log2|log10)\b/;
    const found = rooms.flatMap((room) =>
      readdirSync(join(src, room), { encoding: "utf8" })
        .filter((name) => name.endsWith(".ts") && `${room}/${name}` !== madeUp)
        .filter((name) => others.test(withoutComments(readFileSync(join(src, room, name), "utf8")))),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ["x ** 2", 1],
    ["10 ** -5", 1],
    ["12 ** n", 1],
    ["(a + 2) ** n", 1],
    ["x **= 2", 1],
    ["Math.pow(2, n)", 1],
    ["2 ** n * x ** 2", 1],
    ["const pow = 2 ** -n;", 0],
    ["digits * 10n ** places", 0],
    ["(2 ** 20)", 0],
    ["// x ** 2", 0],
    ["/* x ** 2\n * y ** 3 */", 0],
    ["Math.exp(x) * Math.log(y)", 0],
  ])("where %s is found %i times", (text, times) => {
    expect(powersIn(text)).toHaveLength(times);
  });
});
