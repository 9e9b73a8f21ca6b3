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

describe("exit codes", () => {
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
