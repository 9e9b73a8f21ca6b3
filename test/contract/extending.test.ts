import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { root } from "../support/sources.ts";

const page = readFileSync(`${root}docs/extending.md`, "utf8");
const text = (path: string): string => readFileSync(`${root}${path}`, "utf8");

/** Rows of the tables under a heading: the files that they name. */
function filesUnder(heading: string): string[] {
  const [, section] = new RegExp(`^## ${heading}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, "m").exec(page)!;
  return [...section!.matchAll(/^\| `([^`]+)`/gm)].map(([, path]) => path!);
}

describe("docs/extending.md", () => {
  it("names files that there are", () => {
    const named = [...page.matchAll(/`((?:src|assembly|test|docs)\/[\w./-]+\.\w+|[A-Z]+\.md)`/g)].map(
      ([, path]) => path!,
    );
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((path) => !path.includes("NAME") && !existsSync(`${root}${path}`))).toEqual([]);
  });

  it("has a section for each thing that there may be one more of", () => {
    for (const heading of ["An objective", "An exit rule", "A candle format", "A verb"])
      expect(filesUnder(heading).length, heading).toBeGreaterThan(2);
  });

  // `plan` takes the request of `search`; what `search` answers is a search's own.
  const shapes = [
    { name: "scan", request: "ScanRequest", result: "ScanResult" },
    { name: "search", request: "SearchRequest", result: "SearchResult" },
    { name: "simulate", request: "SimulateRequest", result: "SimulateResult" },
    { name: "validate", request: "ValidateRequest", result: "ValidateResult" },
    { name: "convert", request: "ConvertRequest", result: "ConvertResult" },
    { name: "plan", request: "SearchRequest", result: "PlanResult" },
  ];
  for (const { name, request, result } of shapes)
    it(`lists the files that ${name} is made of`, () => {
      const files = filesUnder("A verb").map((path) => path.replace("NAME", name));
      const says: Readonly<Record<string, RegExp>> = {
        [`src/run/${name}.ts`]: new RegExp(`export async function ${name}\\b`),
        "src/run/calls.ts": new RegExp(`^  ${name === "plan" ? "search" : name}: `, "m"),
        "src/run/request.ts": new RegExp(`export type ${request}\\b`),
        "src/run/answers.ts": name === "search" ? /Search/ : new RegExp(`export interface ${result}\\b`),
        "src/library/jobs.ts": new RegExp(`^  ${name}: async`, "m"),
        "src/library/calls.ts": new RegExp(`export function ${name}\\b`),
        "src/index.ts": new RegExp(`\\b${name}\\b[\\s\\S]*\\b${result}\\b|\\b${result}\\b[\\s\\S]*\\b${name}\\b`),
        [`src/report/${name}Summary.ts`]: new RegExp(`export function ${name}Summary\\b`),
        [`src/cli/verbs/${name}.ts`]: new RegExp(`name: "${name}"`),
        "src/cli/verbs/all.ts": new RegExp(`^  ${name},`, "m"),
        "README.md": new RegExp(`^\\| \`${name}\``, "m"),
      };
      expect(Object.keys(says)).toEqual(files);
      for (const [path, pattern] of Object.entries(says)) expect(text(path), path).toMatch(pattern);
    });
});
