import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { verbs } from "../../src/cli/verbs/all.ts";
import { objectives } from "../../src/search/objectives.ts";
import { exitKeyOf, exitKeys } from "../../src/space/exits.ts";
import { ran } from "./host.ts";

const linesOf = (text: string): string[] => text.trimEnd().split("\n");

describe("help", () => {
  it.each(verbs.map((verb) => verb.name))("of %s has a row for each flag, and ends in an example", async (name) => {
    const { code, stdout, stderr } = await ran([name, "--help"]);
    const lines = linesOf(stdout);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    for (const line of lines.slice(0, -1))
      expect(line.match(/--[a-z]/g)?.length ?? 0).toBeLessThanOrEqual(/^Usage/.test(line) ? 9 : 1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(lines.at(-1)).toMatch(new RegExp(`^Example: sluice ${name} `.trimEnd()));
  });

  it("names every verb of the program", async () => {
    const { stdout } = await ran(["--help"]);
    for (const verb of verbs) expect(stdout).toContain(`  ${verb.name} `);
    expect(linesOf(stdout).length).toBeLessThanOrEqual(40);
    expect(linesOf(stdout).at(-1)).toBe("Example: sluice demo");
  });

  it("shows the defaults of costs and memory", async () => {
    const { stdout } = await ran(["search", "--help"]);
    for (const shown of ["0.0005", "0.0002", "16mb", "15m", "24", "20", "10", "evidence"])
      expect(stdout).toContain(`(default ${shown})`);
  });

  it("says what sets may be ranked by in the words of the table of objectives, and so does README", async () => {
    const { stdout } = await ran(["search", "--help"]);
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    for (const [name, { description }] of Object.entries(objectives)) {
      expect(stdout.replace(/\s+/g, " ")).toContain(` ${name} ${description} `);
      expect(readme.replace(/ +/g, " ")).toContain(`| \`${name}\` | ${description} |`);
    }
  });

  it("says what spaces and sets may say of exits, in the words of the rules", async () => {
    for (const name of ["search", "simulate", "optimize"]) {
      const words = (await ran([name, "--help"])).stdout.replace(/\s+/g, " ");
      for (const key of exitKeys()) expect(words).toContain(` ${key} ${exitKeyOf(key)!.description} `);
    }
    expect((await ran(["scan", "--help"])).stdout).not.toContain("roi");
  });

  it("shows only flags that a verb uses", async () => {
    expect((await ran(["diff", "--help"])).stdout).not.toContain("--fee");
    expect((await ran(["scan", "--help"])).stdout).not.toContain("--memory");
  });

  it.each(verbs.map((verb) => [verb.name, verb] as const))(
    "of %s has an example that its own flags allow",
    (_, verb) => {
      const used = verb.example.match(/--[a-z0-9-]+/g) ?? [];
      const known = verb.groups.flatMap((group) =>
        group.rows.flatMap((row) => row.flags.map((flag) => `--${flag.long}`)),
      );
      expect(known).toEqual(expect.arrayContaining(used));
    },
  );

  it("of sluice alone says where to begin, on stdout, and is no failure", async () => {
    const { code, stdout, stderr } = await ran([]);
    expect(code).toBe(0);
    expect(stderr).toBe("");
    expect(stdout.match(/^ {2}sluice /gm)).toHaveLength(3);
  });

  it("gives the version", async () => {
    expect(await ran(["--version"])).toEqual({ code: 0, stdout: "1.2.3\n", stderr: "" });
  });
});
