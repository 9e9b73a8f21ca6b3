/**
 * A module of Node's own, or of a runtime that has Node's; undefined in a browser. Asked for when it is needed, and not imported, so that the same
 * code runs in a page and in a bundle of any format.
 */
export function nodeModule<Name extends keyof NodeModules>(name: Name): NodeModules[Name] | undefined {
  const { process } = globalThis as { readonly process?: NodeJS.Process };
  return process?.getBuiltinModule?.(name) as NodeModules[Name] | undefined;
}

interface NodeModules {
  readonly "node:module": typeof import("node:module");
  readonly "node:os": typeof import("node:os");
  readonly "node:url": typeof import("node:url");
  readonly "node:v8": typeof import("node:v8");
  readonly "node:worker_threads": typeof import("node:worker_threads");
}

/** Lets the event loop run once. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === "function") setImmediate(resolve);
    else setTimeout(resolve);
  });
}
