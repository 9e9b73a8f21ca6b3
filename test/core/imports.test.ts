import { describe, expect, it } from "vitest";
import { coreModule } from "../../src/core/instance.ts";

describe("the core's boundary", () => {
  it("imports one memory and nothing else, so that no kernel can allocate, print or abort", () => {
    expect(WebAssembly.Module.imports(coreModule())).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  });
});
