import { readFileSync } from "node:fs";
import asc from "assemblyscript/asc";
import { describe, expect, it } from "vitest";
import { borrowCore, type Core, coreModule } from "../../src/core/instance.ts";

const root = new URL("../../", import.meta.url);
const { default: WriteKernels, kernelsOf } = await import(new URL("assembly/writeKernels.mjs", root).href);

/** What the compiler writes beside the core, from the sources as they are. */
async function written(): Promise<string | undefined> {
  const files = new Map<string, unknown>();
  const { error, stderr } = await asc.main(
    ["--config", "asconfig.json", "--optimizeLevel", "0", "--outFile", "core.wasm"],
    {
      readFile(name) {
        try {
          return readFileSync(new URL(name, root), "utf8");
        } catch {
          return null;
        }
      },
      writeFile(name, contents) {
        files.set(name, contents);
      },
      listFiles: () => [],
      transforms: [WriteKernels],
    },
  );
  if (error) throw new Error(`${error.message}\n${stderr}`);
  return files.get("src/core/kernels.ts") as string | undefined;
}

const kernels = readFileSync(new URL("src/core/kernels.ts", root), "utf8");
const { core } = borrowCore(65536, 65536);
/** The kernels as a caller without a compiler has them. */
const untyped = core as unknown as Record<string, (...values: unknown[]) => number>;
const outside = 0x7fff0000;

describe("what the host knows of the kernels", () => {
  it("is what the compiler says of them", async () => {
    expect(kernels).toBe(await written());
  });

  it("is of this core: every export has its place, and nothing else has", () => {
    const names = [...kernels.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name);
    const exported = WebAssembly.Module.exports(coreModule()).map(({ name }) => name);
    expect(names.sort()).toEqual(exported.sort());
    expect(names.length).toBeGreaterThan(20);
  });

  it("is checked where a kernel is called", () => {
    // Each of these has to be an error, or the type check fails. None of them runs.
    const tile = { sweep: 1, own: 2, slab: 3, exit: 4, lanes: 5, count: 6 };
    const calls = (some: Core): unknown[] => [
      // @ts-expect-error: one value too few
      () => some.aim(1),
      // @ts-expect-error: one too many
      () => some.aim(1, 2, 3),
      // @ts-expect-error: there is no such kernel
      () => some.aims(1, 2),
      // @ts-expect-error: a column is given by its offset
      () => some.aim(new Float64Array(1), 2),
      // @ts-expect-error: values in a row, to a kernel that takes them by name
      () => some.rateHalf(1, 2, 3, 4, 5, 6, 7, 8, 9),
      // @ts-expect-error: `exits` is missing
      () => some.tallyFlagged({ ...tile, cells: 7 }),
      // @ts-expect-error: there is no `scores`
      () => some.tallyFlagged({ ...tile, cells: 7, exits: 8, scores: 9 }),
      // @ts-expect-error: a step of other kernels, exported for its test
      () => some.fallOf(1, 2, 3, 4),
      // @ts-expect-error: likewise
      () => some.settleFlagged(1, 2, 3, 4, 5, 6, 7),
    ];
    expect(calls(core)).toHaveLength(9);
  });
});

describe("a call of a kernel", () => {
  it("gives values by name in the kernel's order, whatever order they were named in", () => {
    const values = {
      ranked: 9,
      second: 8,
      first: outside,
      minCount: 6,
      objectiveTotal: 5,
      sets: 4,
      count: 3,
      rows: outside,
    };
    expect(() => core.rateHalf({ ...values, objective: 1 })).toThrow(
      `the core crashed in rateHalf(1, ${outside}, 3, 4, 5, 6, ${outside}, 8, 9)`,
    );
  });

  it("that traps is a fault that names the kernel and what it was given", () => {
    expect(() => core.addRows(outside, 0, 0, 32)).toThrow(
      expect.objectContaining({ code: "CORE_TRAP", message: `the core crashed in addRows(${outside}, 0, 0, 32)` }),
    );
  });

  it("with another number of values than it takes is a fault, where no compiler has seen it", () => {
    expect(() => untyped["aim"]!(1)).toThrow(
      expect.objectContaining({ code: "CORE_ARGUMENTS", message: "kernel aim takes 2 arguments, got 1" }),
    );
  });
});

describe("the step of the compiler that writes the typings", () => {
  const typings = (declaration: string): string =>
    `declare namespace __AdaptedExports {\n  /**\n   * assembly/a/a\n   * @param at \`usize\`\n   */\n  export ${declaration}\n}\n`;

  it("writes a kernel with its types", () => {
    expect(kernelsOf(typings("function a(at: number): void;"))).toContain("  a(/** usize */ at: number): void;");
  });

  it("refuses what is no kernel of numbers", () => {
    expect(() => kernelsOf(typings("function a(at: string): void;"))).toThrow("a takes at: string");
    expect(() => kernelsOf(typings("function a(at: number): bigint;"))).toThrow("not a kernel of numbers alone");
    expect(() => kernelsOf(typings("const a: { value: number };"))).toThrow("not a kernel of numbers alone");
    expect(() => kernelsOf("declare namespace __AdaptedExports {\n}\n")).toThrow("0 exports");
  });
});
