import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { functionsOf, root } from "../support/sources.ts";

const functions = [...functionsOf("tsconfig.json", "src"), ...functionsOf("assembly/tsconfig.json", "assembly")];

const mostParameters = 5;
const mostLines = 60;
const mostFileLines = 300;

/** `file name` of a function, which stays as lines move. */
const nameOf = ({ place }: { readonly place: string }): string => place.replace(/:\d+ /, " ");

/** Written by the build. */
const generated: readonly string[] = [
  "src/core/coreBytes.ts",
  "src/core/kernels.ts",
  "src/core/sweepWorkerText.ts",
  "src/page/assetTexts.ts",
];

describe("a function of src/", () => {
  const ofHost = functions.filter(
    ({ place }) => place.startsWith("src/") && !generated.some((file) => place.startsWith(file)),
  );

  it("takes five values at most: more is a type that is missing", () => {
    const long = ofHost.filter(({ parameters }) => parameters > mostParameters);
    // Kernels are not among them: of what those take, a longer row than seven is an object on the host's side (assembly/writeKernels.mjs).
    expect(long.map(nameOf)).toEqual([]);
  });

  it("is short: half of them have five lines at most", () => {
    const lines = ofHost.flatMap(({ lines }) => (lines > 0 ? [lines] : [])).sort((a, b) => a - b);
    expect(lines[Math.floor(lines.length / 2)]).toBeLessThanOrEqual(5);
  });
});

describe("a function of src/ or assembly/", () => {
  it("has 60 lines at most", () => {
    const long = functions.filter(({ lines }) => lines > mostLines);
    expect(long.map(nameOf)).toEqual([]);
  });
});

describe("a file of src/ or assembly/", () => {
  it("has 300 lines at most, or says why near its top", () => {
    const files = ["src", "assembly"].flatMap((folder) =>
      readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).flatMap((name) =>
        name.endsWith(".ts") && !generated.includes(`${folder}/${name}`) ? [`${folder}/${name}`] : [],
      ),
    );
    const silent = files.filter((file) => {
      const lines = readFileSync(`${root}${file}`, "utf8").trimEnd().split("\n");
      return lines.length > mostFileLines && !lines.slice(0, 30).some((line) => /^(\/\/| \*) Long because /.test(line));
    });
    expect(silent).toEqual([]);
  });
});
