import { nodeModule } from "./nodeModule.ts";

/**
 * A package that users install beside Sluice if they need it. The build puts this in place of every `import()` of one, because no bundler follows a
 * name that is not written out: such a package stays outside, and is looked for when it is needed.
 */
export async function peer(name: string): Promise<unknown> {
  try {
    return await import(/* @vite-ignore */ /* webpackIgnore: true */ addressOf(name));
  } catch (cause) {
    // A runtime that does not look in folders says so in its own way.
    if ((cause as NodeJS.ErrnoException | null)?.code !== undefined) throw cause;
    throw Object.assign(new Error(`no package ${name}`, { cause }), { code: "ERR_MODULE_NOT_FOUND" });
  }
}

/** A thread whose code is a text has no place of its own to look from; it was told the library's. */
function addressOf(name: string): string {
  const { home } = Object(nodeModule("node:worker_threads")?.workerData) as { readonly home?: string };
  if (home === undefined) return name;
  try {
    const path = nodeModule("node:module")!.createRequire(home).resolve(name);
    return nodeModule("node:url")!.pathToFileURL(path).href;
  } catch {
    return name;
  }
}
