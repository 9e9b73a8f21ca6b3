import { readFileSync } from "node:fs";
import { instantiateSync } from "@assemblyscript/loader";
import { CoreFault } from "../errors.ts";

/** A kernel takes numbers alone: offsets in bytes, counts, and values, as its docstring in assembly/ lists them. */
type Kernel = (...args: number[]) => number;

export type Core = Readonly<
  Record<
    | "accumulate"
    | "aim"
    | "describeOutcomes"
    | "fallOf"
    | "finishSlab"
    | "listFlagged"
    | "offerFlagged"
    | "packSides"
    | "passages"
    | "rescore"
    | "settleBounds"
    | "settledKey"
    | "settleFlagged"
    | "settleSet"
    | "summaryPassages"
    | "sweepTiles",
    Kernel
  >
>;

const pageBytes = 65536;
let compiled: WebAssembly.Module | undefined;

/** The core's module, compiled once a process. */
export function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(new URL("./core.wasm", import.meta.url)));
  return compiled;
}

/** A fixed linear memory of at least `bytes`, in whole pages; it never grows. */
export function createMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / pageBytes);
  return new WebAssembly.Memory({ initial: pages, maximum: pages });
}

/** The kernels over one memory. A wrong number of arguments (WASM would read 0) or a trap is a CoreFault that names the kernel and them. */
export function instantiateCore(memory: WebAssembly.Memory): Core {
  // The loader's own exports are wrapped for strings and arrays and have lost their length: the instance's tell how much they take.
  const { instance } = instantiateSync(coreModule(), { env: { memory } });
  const guarded: Record<string, Kernel> = {};
  for (const [name, kernel] of Object.entries(instance.exports as Record<string, Kernel>)) {
    guarded[name] = (...args) => {
      if (args.length !== kernel.length)
        throw new CoreFault("CORE_ARGUMENTS", `${name} takes ${kernel.length} arguments, got ${args.length}`);
      try {
        return kernel(...args);
      } catch (cause) {
        throw new CoreFault("CORE_TRAP", `the core trapped in ${name}(${args.join(", ")})`, {}, { cause });
      }
    };
  }
  return guarded as Core;
}
