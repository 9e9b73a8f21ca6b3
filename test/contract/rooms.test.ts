import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/**
 * Data flows down this list; an import never points further down than its own floor. A floor is a room, or files that stand in none: those that
 * every room may import, and the public API.
 */
const floors: readonly (readonly string[])[] = [
  [
    "errorCodes.ts",
    "errors.ts",
    "targetFile.ts",
    "wholeFile.ts",
    "makeFolder.ts",
    "didYouMean.ts",
    "nodeModule.ts",
    "opening.ts",
    "peer.ts",
    "text.ts",
    "random.ts",
    "best.ts",
  ],
  ["json"],
  ["candles"],
  ["opportunities"],
  ["space"],
  ["core"],
  ["search"],
  ["portfolio"],
  ["validation"],
  ["config"],
  ["exchange"],
  ["rehearsal"],
  ["words"],
  ["run"],
  ["parts"],
  ["report"],
  ["page"],
  ["notify"],
  ["library"],
  ["inPage"],
  ["cli"],
  ["core.ts", "index.ts"],
];

/** Every import between files of src/, from and to as paths in it. */
function imports(): { from: string; to: string }[] {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  return files.flatMap((from) => {
    const text = readFileSync(join(src, from), "utf8");
    return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, to]) => ({
      from,
      to: relative(src, normalize(join(src, dirname(from), to!))),
    }));
  });
}

/** The room of a file, or the file itself where it stands in none. */
const roomOf = (file: string): string => file.split("/")[0]!;
const floorOf = (file: string): number => floors.findIndex((floor) => floor.includes(roomOf(file)));

/** Files that lead back to themselves by their imports, in the order in which they are met. */
function circlesIn(targets: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const place = path.indexOf(file);
    if (place >= 0) circles.push([...path.slice(place), file]);
    if (place >= 0 || done.has(file)) return;
    for (const target of targets.get(file) ?? []) walk(target, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) walk(file, []);
  return circles;
}

describe("the rooms of src/", () => {
  it("are all named in the list, and so are the files that stand in none", () => {
    const found = readdirSync(src).filter((name) => !name.startsWith("."));
    expect(found.sort()).toEqual(floors.flat().sort());
  });

  it("import nothing from a floor below their own", () => {
    const upward = imports().filter(({ from, to }) => floorOf(to) > floorOf(from));
    expect(upward).toEqual([]);
  });

  it("import each other in no circle, types included", () => {
    const targets = new Map<string, string[]>();
    for (const { from, to } of imports()) targets.set(from, [...(targets.get(from) ?? []), to]);
    expect(circlesIn(targets)).toEqual([]);
  });

  it("leave WebAssembly to core/ and the process to cli/ and the memory timeline", () => {
    const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    const naming = (word: RegExp): string[] =>
      files.filter((file) => word.test(readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
    expect(naming(/\bWebAssembly\b/).filter((file) => roomOf(file) !== "core")).toEqual([]);
    expect(naming(/\bprocess\.(exit|argv|stdout|stderr|stdin|env)\b/).filter((file) => roomOf(file) !== "cli")).toEqual(
      [],
    );
  });
});
