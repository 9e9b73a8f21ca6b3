import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { eagerFlags } from "../../src/core/eagerFlags.ts";

const instance = new URL("../../modules/core/instance.js", import.meta.url).href;

it("a process with nothing else to do waits until the core is compiled", async () => {
  // As the command compiles it; it then takes long enough to be missed.
  const flags = [...eagerFlags, "--input-type=module"];
  const program = `import { prepareCore } from ${JSON.stringify(instance)}; await prepareCore(); console.log("ready");`;
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, "--eval", program]);
  expect(stdout).toBe("ready\n");
});
