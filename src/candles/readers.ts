import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped } from "../text.ts";

/** Packages that read a format and that only its users install. */
export type ReaderPackage = "apache-arrow" | "hyparquet" | "fzstd";

/** Memory of what reads a format beyond CSV and plain JSON, and of the blocks that it holds: measured, see docs/performance.md. */
const heldBytes = { "apache-arrow": 32 * 2 ** 20, hyparquet: 40 * 2 ** 20, fzstd: 16 * 2 ** 20, packed: 32 * 2 ** 20 };
const used = new Set<keyof typeof heldBytes>();

/** Notes that this thread reads packed files. */
export function readsPacked(): void {
  used.add("packed");
}

/** Bytes that readers of formats hold in this thread so far. */
export function readerBytes(): number {
  let bytes = 0;
  for (const name of used) bytes += heldBytes[name];
  return bytes;
}

/** Loads the package that reads a format. Throws InputError that names it if it is not installed. */
export async function reader<T>(name: ReaderPackage, what: string, path: string, load: () => Promise<T>): Promise<T> {
  try {
    const loaded = await opening(load);
    used.add(name);
    return loaded;
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    throw new InputError(
      "CANDLE_READER",
      `${what} is read by the package ${name}, which is not installed`,
      {
        where: escaped(path),
        found: `no package ${name}`,
        expected: `${name} installed beside Sluice`,
        remedy: `npm i ${name} (npm i -g ${name} if Sluice was installed with -g), or convert the file to CSV or JSON`,
      },
      { cause },
    );
  }
}

/** Whether an import failed because its package is not installed. */
export function isMissing(cause: unknown): boolean {
  return /^(ERR_)?MODULE_NOT_FOUND$/.test(String((cause as NodeJS.ErrnoException).code));
}
