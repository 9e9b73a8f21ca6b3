import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Reader } from "../support/reader.ts";
import { root } from "../support/sources.ts";

type Instruction = readonly [name: string, value: string];

const instructions = readFileSync(`${root}examples/docker/Dockerfile`, "utf8")
  .replaceAll(/\\\n/g, " ")
  .split("\n")
  .filter((line) => /^[A-Z]/.test(line))
  .map((line): Instruction => [line.split(" ")[0]!, line.slice(line.indexOf(" ") + 1)]);
const valuesOf = (name: string): string[] => instructions.flatMap(([of, value]) => (of === name ? [value] : []));
const { scripts, engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

describe("examples/docker", () => {
  let reader: Reader;
  beforeAll(() => {
    reader = new Reader();
  });
  afterAll(() => reader.close());
  const [entry, command] = ["ENTRYPOINT", "CMD"].map((name) => JSON.parse(valuesOf(name)[0]!) as string[]);

  it("is made of instructions, programs and scripts that there are", () => {
    const known = ["FROM", "WORKDIR", "COPY", "RUN", "USER", "ENV", "ENTRYPOINT", "CMD"];
    expect(instructions.filter(([name]) => !known.includes(name))).toEqual([]);
    const programs = valuesOf("RUN").flatMap((line) => line.split(" && ").map((text) => text.split(" ")[0]));
    expect([...new Set(programs)].sort()).toEqual(["npm", "rm"]);
    for (const line of valuesOf("RUN"))
      for (const [, script] of line.matchAll(/npm run (?:--silent )?(\S+)/g))
        expect(Object.keys(scripts)).toContain(script);
    expect(existsSync(`${root}examples/docker/Dockerfile.dockerignore`)).toBe(true);
  });

  it("has a Node that Sluice runs on, and a user that is not root before anything of it runs", () => {
    expect(engines.node).toBe(">=20.19");
    for (const image of valuesOf("FROM")) expect(image).toMatch(/^node:22-slim( AS build)?$/);
    const names = instructions.map(([name]) => name);
    expect(valuesOf("USER")).toEqual(["node"]);
    expect(names.indexOf("USER")).toBeLessThan(names.indexOf("ENTRYPOINT"));
    expect(names.indexOf("USER")).toBeGreaterThan(names.lastIndexOf("RUN"));
  });

  it("runs what it says in its 240 MB, and writes in the mounted folder only", () => {
    const line = [...entry!, ...command!].join(" ");
    expect(reader.unknownTo(line)).toEqual([]);
    const [, heap] = /^NODE_OPTIONS="(.*)"$/.exec(valuesOf("ENV")[0]!)!;
    // No home folder and no temporary folder, as on a root that is read-only.
    const nowhere = "/nowhere/at/all";
    const { status, stdout, stderr } = reader.runs("docker", [
      `export HOME=${nowhere} TMPDIR=${nowhere} NODE_OPTIONS=${heap}`,
      line,
    ]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toContain("swing");
    const { memory } = JSON.parse(readFileSync(join(reader.folderOf("docker"), "runs/result.json"), "utf8"));
    const peak = Math.max(...memory.map(({ rss }: { rss: number }) => rss));
    expect(peak).toBeGreaterThan(40e6);
    expect(peak).toBeLessThan(240 * 2 ** 20);
  });

  it("is told with exit code 4, not killed, if that is too little", () => {
    const line = [...entry!, ...command!].join(" ").replace("240mb", "70mb");
    const { status, stderr } = reader.runs("small", [line]);
    expect(status).toBe(4);
    expect(stderr).toContain("--max-rss");
  });
});
