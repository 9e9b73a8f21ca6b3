import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../../src/", import.meta.url));

/** Data flows down this list; an import never points further down than its own room. */
const rooms = [
  "json",
  "candles",
  "opportunities",
  "space",
  "core",
  "search",
  "validation",
  "config",
  "report",
  "run",
  "library",
  "cli",
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

const roomOf = (file: string): string => (file.includes("/") ? file.split("/")[0]! : "");

describe("the rooms of src/", () => {
  it("are all named in the list", () => {
    const found = new Set(imports().map(({ from }) => roomOf(from)));
    expect([...found].filter((room) => room !== "" && !rooms.includes(room))).toEqual([]);
  });

  it("import nothing from a room below their own", () => {
    const upward = imports().filter(
      ({ from, to }) =>
        roomOf(from) !== "" && roomOf(to) !== "" && rooms.indexOf(roomOf(to)) > rooms.indexOf(roomOf(from)),
    );
    expect(upward).toEqual([]);
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
