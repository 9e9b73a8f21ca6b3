import { CoreFault } from "../errors.ts";
import { inOrder, type Kernel, type Kernels } from "./kernels.ts";

/** The kernels that the host calls. What they take and give comes from the compiler; the others are steps of these, exported for their tests. */
export type Core = Readonly<
  Pick<
    Kernels,
    | "accumulate"
    | "addRows"
    | "aim"
    | "blockSums"
    | "describeOutcomes"
    | "exitSignalPassages"
    | "finishSlab"
    | "listFlagged"
    | "lockPassages"
    | "offerFlagged"
    | "packSides"
    | "passages"
    | "rankOf"
    | "rateHalf"
    | "readAhead"
    | "replayAccount"
    | "rescore"
    | "settledKey"
    | "settleSet"
    | "stepPassages"
    | "summaryPassages"
    | "sweepTiles"
    | "tallyFlagged"
    | "tallySlab"
    | "winnersOf"
  >
>;

/**
 * The kernels over one memory. A trap is a CoreFault that names the kernel and what it was given; so is a wrong number of values (WASM would read
 * 0), which the compilers rule out unless the core and its typings were not built together.
 */
export function coreOver(module: WebAssembly.Module, memory: WebAssembly.Memory): Core {
  const byName: Readonly<Record<string, (kernel: Kernel) => unknown>> = inOrder;
  const core: Record<string, unknown> = {};
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  for (const [name, kernel] of Object.entries(exports as Record<string, Kernel>)) {
    const guarded = guard(name, kernel);
    core[name] = byName[name]?.(guarded) ?? guarded;
  }
  return core as unknown as Kernels;
}

function guard(name: string, kernel: Kernel): Kernel {
  return (...values) => {
    if (values.length !== kernel.length)
      throw new CoreFault("CORE_ARGUMENTS", `kernel ${name} takes ${kernel.length} arguments, got ${values.length}`);
    try {
      return kernel(...values);
    } catch (cause) {
      throw new CoreFault("CORE_TRAP", `the core crashed in ${name}(${values.join(", ")})`, {}, { cause });
    }
  };
}
