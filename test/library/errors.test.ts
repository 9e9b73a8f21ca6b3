import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as built from "../../modules/index.js";
import { CapacityError, CoreFault, errorCodes, InputError, isSluiceError, optimize } from "../../src/index.ts";

describe("an error of Sluice", () => {
  it("is told from others, also across copies of the package", async () => {
    const thrown = await optimize({ candles: "no/such" }, { thread: "caller" }).catch((error: unknown) => error);
    expect(isSluiceError(thrown) && errorCodes.includes(thrown.code)).toBe(true);
    const ours = [new InputError("USAGE", "a"), new CapacityError("MAX_RSS", "b", 1), new CoreFault("INTERNAL", "c")];
    for (const error of ours) {
      expect(built.isSluiceError(error)).toBe(true);
      expect(error).not.toBeInstanceOf(built.SluiceError);
    }
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "USAGE"],
    ["a plain error", new Error("no")],
    ["an error of another realm", runInNewContext('new Error("no")')],
    ["something with a code", { code: "USAGE", message: "no" }],
  ])("is not %s", (_, thrown) => {
    expect(isSluiceError(thrown)).toBe(false);
  });
});
