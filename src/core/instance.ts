import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { instantiateSync } from "@assemblyscript/loader";
import { CoreFault } from "../errors.ts";
import { opening } from "../opening.ts";
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
    | "rescore"
    | "settledKey"
    | "settleSet"
    | "stepPassages"
    | "summaryPassages"
    | "sweepTiles"
    | "tallyFlagged"
    | "winnersOf"
  >
>;

const pageBytes = 65536;
const coreUrl = new URL("./core.wasm", import.meta.url);
let compiled: WebAssembly.Module | undefined;

/** The core's module, compiled once a process. */
export function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(coreUrl));
  return compiled;
}

/** Compiles the core in the background, while its caller reads files; resolves once `coreModule` has it at hand. */
export async function prepareCore(): Promise<void> {
  if (compiled) return;
  // V8's own threads do not keep the process alive: without other work, newer versions exit while the core compiles.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const module = await WebAssembly.compile(await opening(() => readFile(coreUrl)));
    compiled ??= module;
  } finally {
    clearInterval(alive);
  }
}

/** Takes over a module that another thread compiled. */
export function adoptModule(module: WebAssembly.Module): void {
  compiled ??= module;
}

/** A fixed linear memory with the kernels over it. Return it when done, so that the next borrower can reuse its pages. */
export interface BorrowedCore {
  readonly memory: WebAssembly.Memory;
  readonly core: Core;
  release(): void;
}

const idle: Omit<BorrowedCore, "release">[] = [];
/** Memories kept for later: a sweep's and a replay's. */
const mostIdle = 2;

/**
 * A memory of at least `bytes` and at most `mostBytes`, in whole pages, that never grows. What it holds at first is left over from its
 * last borrower.
 */
export function borrowCore(bytes: number, mostBytes: number): BorrowedCore {
  const pages = Math.ceil(bytes / pageBytes);
  const sizeOf = ({ memory }: { readonly memory: WebAssembly.Memory }): number => memory.buffer.byteLength;
  idle.sort((a, b) => sizeOf(a) - sizeOf(b));
  const found = idle.findIndex((core) => sizeOf(core) >= pages * pageBytes && sizeOf(core) <= mostBytes);
  const lent = found >= 0 ? idle.splice(found, 1)[0]! : newCore(pages);
  let isLent = true;
  return {
    ...lent,
    release() {
      if (!isLent) return;
      isLent = false;
      idle.push(lent);
      if (idle.length > mostIdle) idle.shift();
    },
  };
}

function newCore(pages: number): Omit<BorrowedCore, "release"> {
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  return { memory, core: instantiateCore(memory) };
}

/**
 * The kernels over one memory. A trap is a CoreFault that names the kernel and what it was given; so is a wrong number of values (WASM would read
 * 0), which the compilers rule out unless the core and its typings were not built together.
 */
export function instantiateCore(memory: WebAssembly.Memory): Core {
  // The loader's own exports are wrapped for strings and arrays and have lost their length: the instance's tell how much they take.
  const { instance } = instantiateSync(coreModule(), { env: { memory } });
  const byName: Readonly<Record<string, (kernel: Kernel) => unknown>> = inOrder;
  const core: Record<string, unknown> = {};
  for (const [name, kernel] of Object.entries(instance.exports as Record<string, Kernel>)) {
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
