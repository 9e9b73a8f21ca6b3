import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exitCodeOf, exitCodes, strictExit } from "../../src/cli/exits.ts";
import { CapacityError, CoreFault, InputError } from "../../src/errors.ts";
import { hasEscapes, ran } from "./host.ts";

describe("a wrong command line", () => {
  it.each([
    [["optimiz"], "Did you mean optimize?"],
    [["optimize", "--fees", "3"], "Did you mean --fee?"],
    [["search", "--opportunities"], "sluice search --help"],
    [["diff", "a.json"], "NEW"],
    [["diff", "a.json", "b.json", "c.json"], "too many arguments"],
    [["optimize", "data"], "too many arguments"],
    [["optimize"], "--candles is missing"],
    [["--quiet"], "sluice --help"],
    [["optimize", "--candles", "d", "--fee", "abc"], "found     abc"],
  ])("%j is one block on stderr, exit code 2", async (argv, hint) => {
    const { code, stdout, stderr } = await ran(argv);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(hint);
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toContain("    at ");
    expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(6);
  });

  it.each([
    ["search --signals s.csv", "search calls it --opportunities"],
    ["optimize --opportunities s.csv", "optimize calls it --signals"],
    ["inspect --candles data", "give the path without a flag: sluice inspect PATH"],
    ["simulate --save-best b.json", "it is a flag of search"],
    ["search --reprot r.html", "Did you mean --report?"],
  ])("with another verb's flag says what to do: %s", async (line, remedy) => {
    const { code, stderr } = await ran(line.split(" "));
    expect(code).toBe(2);
    expect(stderr).toContain(remedy);
  });

  it("cannot paint the terminal through what was typed", async () => {
    const { stderr } = await ran(["optimize", "--candles", "d", "--fee", "\u001b[31mred\u0007\n"]);
    expect(hasEscapes(stderr)).toBe(false);
    expect(stderr).toContain("\\u001b[31mred\\u0007\\n");
  });
});

describe("sluice.config.json", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sluice-cli-"));
    await writeFile(join(folder, "sluice.config.json"), '{"feee": 1}');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("with an unknown key is bad input, exit code 3, and the key is named", async () => {
    const { code, stderr } = await ran(["optimize", "--candles", "d"], { folder });
    expect(code).toBe(3);
    expect(stderr).toContain("sluice.config.json: feee");
  });

  it("that is not JSON is shown with line and column", async () => {
    const broken = await mkdtemp(join(tmpdir(), "sluice-cli-"));
    await writeFile(join(broken, "sluice.config.json"), '{"candles": "data",\n "fee" 3}');
    const { code, stderr } = await ran(["optimize"], { folder: broken });
    await rm(broken, { recursive: true });
    expect(code).toBe(3);
    expect(stderr).toMatch(/where +sluice\.config\.json:2:8\n +found +3 instead of :/);
  });

  it("does not stand in the way of help", async () => {
    expect((await ran(["optimize", "--help"], { folder })).code).toBe(0);
  });
});

describe("colours", () => {
  const wrong = ["optimiz"];
  it("are there on a terminal", async () => {
    expect(hasEscapes((await ran(wrong, { terminal: true })).stderr)).toBe(true);
  });
  it.each([
    ["NO_COLOR", { env: { NO_COLOR: "1" } }, wrong],
    ["CI", { env: { CI: "true" } }, wrong],
    ["a dumb terminal", { env: { TERM: "dumb" } }, wrong],
    ["--no-color", {}, ["optimize", "--no-color"]],
  ])("are off under %s", async (_, changes, argv) => {
    const { stderr } = await ran(argv, { terminal: true, ...changes });
    expect(stderr).toContain("error");
    expect(hasEscapes(stderr)).toBe(false);
  });
  it("are off where nobody looks, and an empty NO_COLOR says nothing", async () => {
    expect(hasEscapes((await ran(wrong)).stderr)).toBe(false);
    expect(hasEscapes((await ran(wrong, { terminal: true, env: { NO_COLOR: "" } })).stderr)).toBe(true);
  });
});

describe("an error", () => {
  it("is one JSON document on stdout as well where JSON was asked for, so that a reader of it never gets nothing", async () => {
    const { code, stdout, stderr } = await ran(["optimize", "--candles", "/nonexistent/candles", "--json"]);
    expect(code).toBe(3);
    expect(JSON.parse(stdout).error).toMatchObject({ code: expect.any(String), where: "/nonexistent/candles" });
    expect(stderr).toMatch(/^error: /);
    expect(JSON.parse((await ran(["optimize", "--json", "--fee", "red", "--candles", "d"])).stdout).error.code).toBe(
      "USAGE",
    );
    expect((await ran(["optimize", "--candles", "/nonexistent/candles"])).stdout).toBe("");
  });

  it.each([72, 80, 100])("fits a terminal of %i columns, and so does help", async (columns) => {
    const told: string[] = [];
    const output = { write: (text: string) => told.push(text), isTerminal: true, columns };
    const env = { NO_COLOR: "1" };
    await ran(["search", "--opportunities", "a.csv", "--candles", "d", "--objective", "none"], { env, stderr: output });
    for (const argv of [["--help"], ["optimize", "--help"], ["rehearse", "--help"]])
      await ran(argv, { env, stdout: output });
    const tooWide = told
      .join("")
      .split("\n")
      .filter((line) => line.length > columns);
    expect(tooWide).toEqual([]);
    expect(told.join("")).toContain("Example: ");
  });
});

describe("exit codes", () => {
  it("are 3 of an inspection that finds no file which a run would accept, however much of it can be read", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sluice-cli-"));
    const row = (k: number, high: number): string => `${1_735_689_600_000 + 900_000 * k},10,${high},9,10,5\n`;
    const header = "timestamp,open,high,low,close,volume\n";
    await writeFile(join(folder, "AAAUSDT-15m.csv"), header + row(0, 11) + row(1, 9.5) + row(2, 11));
    const inspect = async (): Promise<number> => (await ran(["inspect", folder])).code;
    expect(await inspect()).toBe(3);
    await writeFile(join(folder, "BBBUSDT-15m.csv"), header + row(0, 11) + row(1, 11));
    expect(await inspect()).toBe(0);
    await rm(folder, { recursive: true });
  });

  it("say what kind of error it was", () => {
    expect(exitCodeOf(new InputError("USAGE", "x"))).toBe(3);
    expect(exitCodeOf(new CapacityError("CAPACITY_MEMORY", "x", 1))).toBe(4);
    expect(exitCodeOf(new CoreFault("INTERNAL", "x"))).toBe(1);
    expect(exitCodeOf(new TypeError("x"))).toBe(1);
    expect(exitCodeOf("x")).toBe(1);
  });

  it("are 5 under --strict unless every verdict can be believed", () => {
    expect(strictExit(true, ["PASSED", "WARNING"])).toBe(0);
    expect(strictExit(true, ["PASSED", "OVERFITTED"])).toBe(5);
    expect(strictExit(true, ["SKIPPED"])).toBe(5);
    expect(strictExit(true, ["HINDSIGHT"])).toBe(5);
    expect(strictExit(undefined, ["FAILED"])).toBe(0);
  });

  it("are 130 for a run that was interrupted, whatever it threw", async () => {
    const { code, stdout, stderr } = await ran(["inspect", "/nonexistent"], { signal: AbortSignal.abort() });
    expect({ code, stdout, stderr }).toEqual({
      code: exitCodes.interrupted,
      stdout: "",
      stderr: "interrupted; no file was left half-written\n",
    });
  });
});
