import { CoreFault } from "../errors.ts";
import { nodeModule } from "../nodeModule.ts";
import { coreBase64 } from "./coreBytes.ts";
import { type Core, coreOver } from "./overMemory.ts";

export type { Core } from "./overMemory.ts";

const pageBytes = 65536;
let compiled: WebAssembly.Module | undefined;

/**
 * Whether threads can share memory: everywhere but in a page that is not cross-origin isolated, where engines differ in what they allow. There a
 * search has one thread, and memory of its own.
 */
export function sharesMemory(): boolean {
  const { crossOriginIsolated } = globalThis as { readonly crossOriginIsolated?: boolean };
  return crossOriginIsolated !== false || nodeModule("node:worker_threads") !== undefined;
}

/** The core's module, compiled once a process. */
export function coreModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(coreBytes());
  return compiled;
}

/** Compiles the core in the background, while its caller reads files; resolves once `coreModule` has it at hand. */
export async function prepareCore(): Promise<void> {
  if (compiled) return;
  // V8's own threads do not keep the process alive: without other work, newer versions exit while the core compiles.
  const alive = setInterval(() => undefined, 60_000);
  try {
    const module = await WebAssembly.compile(coreBytes());
    compiled ??= module;
  } finally {
    clearInterval(alive);
  }
}

/** The core as this process needs it. It stands in the code as text, so that it goes wherever a bundler takes the code. */
function coreBytes(): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(coreBase64), (character) => character.charCodeAt(0));
  return sharesMemory() ? bytes : withMemoryOfItsOwn(bytes);
}

/** `env.memory`, a memory, shared and with a maximum: how the core declares the one thing that it imports. */
const sharedImport = Uint8Array.from("\x03env\x06memory\x02\x03", (character) => character.charCodeAt(0));
const ownWithMaximum = 1;

/** The same core over a memory that is not shared: its instructions are valid over either, and only the declaration differs. */
export function withMemoryOfItsOwn(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  const at = copy.findIndex((_, start) => sharedImport.every((byte, k) => copy[start + k] === byte));
  if (at < 0) throw new CoreFault("CORE_IMPORT", "the core does not import a shared memory");
  copy[at + sharedImport.length - 1] = ownWithMaximum;
  return copy;
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
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: sharesMemory() });
  return { memory, core: coreOver(coreModule(), memory) };
}
