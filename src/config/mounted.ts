import { readFile } from "node:fs/promises";

/**
 * Whether a file is itself a mount point, as a single file that is mounted into a container: it cannot be replaced by a rename. False
 * if the system does not say (everywhere but on Linux).
 */
export async function isMounted(realPath: string): Promise<boolean> {
  const table = await readFile("/proc/self/mountinfo", "utf8").catch(() => "");
  return table.split("\n").some((line) => unescaped(line.split(" ")[4] ?? "") === realPath);
}

/** The fifth field of proc(5)'s mountinfo, where space, tab, line break and backslash are octal escapes. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
