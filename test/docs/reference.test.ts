import { beforeAll, describe, expect, it } from "vitest";
import { type PublicName, publicNames } from "../support/publicTypes.ts";
import { unexportedTypes } from "../support/unexportedTypes.ts";

describe("what users of the library can reach from src/index.ts", () => {
  let names: PublicName[] = [];
  beforeAll(() => {
    names = publicNames();
  });

  it("has a docstring: each export, and each member and option of a type that one leads to", () => {
    const silent = names.filter(({ says }) => says === "");
    expect(silent.map(({ file, line, path }) => `${file}:${line} ${path}`)).toEqual([]);
  });

  it("is found wherever it is declared: results, requests, options of calls, errors", () => {
    expect(names.length).toBeGreaterThan(800);
    const paths = names.map(({ path }) => path);
    for (const path of [
      "search",
      "CapacityError.code",
      "optimize(request).dryRun",
      "Candles.open",
      "convert().files.file",
    ])
      expect(paths).toContain(path);
    expect(names.find(({ path }) => path === "optimize(request).dryRun")!.says).toBe("Saves nothing to a config.");
  });
});

describe.each(["index", "core"] as const)("the types that the typings of %s lead to", (entry) => {
  it("are exported by name: each can be written by who uses what it belongs to", () => {
    expect(unexportedTypes(entry).map(({ file, name, from }) => `${file} ${name}, from ${from}`)).toEqual([]);
  });
});
