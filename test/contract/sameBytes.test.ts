import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Made-up candles are rounded to few digits, and their powers of ten are whole. */
const excepted = ["src/candles/synthetic.ts"];

/** Lines of code, comments aside, each with its place. */
function linesOf(folder: string): { place: string; code: string }[] {
  const files = readdirSync(root + folder, { recursive: true, encoding: "utf8" })
    .map((name) => `${folder}/${name}`)
    .filter((name) => name.endsWith(".ts") && !excepted.includes(name));
  return files.flatMap((name) =>
    readFileSync(root + name, "utf8")
      .split("\n")
      .map((line, k) => ({ place: `${name}:${k + 1}`, code: line.replace(/\/\*\*.*|^\s*\*.*|\/\/.*/, "") })),
  );
}

const found = (pattern: RegExp): string[] =>
  ["src", "assembly"]
    .flatMap(linesOf)
    .flatMap(({ place, code }) => (pattern.test(code) ? [`${place}: ${code.trim()}`] : []));

describe("figures have the same bytes on every version of Node", () => {
  it("so none is a power: engines differ in the last bit of x ** 3, only powers of two are exact", () => {
    expect(found(/(?<!\b2 )\*\*/)).toEqual([]);
    expect(found(/Math\.pow/)).toEqual([]);
  });

  it("nor a function but square root, exp and log, which are one implementation in every engine in use", () => {
    expect(
      found(
        /Math\.(?:sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh|asinh|acosh|atanh|cbrt|hypot|expm1|log1p|log2|log10)\b/,
      ),
    ).toEqual([]);
  });
});
