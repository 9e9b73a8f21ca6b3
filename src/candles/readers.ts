import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped } from "../text.ts";

/** Packages that read a format and that only its users install. */
export type ReaderPackage = "apache-arrow" | "hyparquet" | "fzstd";

/** Loads the package that reads a format. Throws InputError that names it if it is not installed. */
export async function reader<T>(name: ReaderPackage, what: string, path: string, load: () => Promise<T>): Promise<T> {
  try {
    return await opening(load);
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

function isMissing(cause: unknown): boolean {
  return /^(ERR_)?MODULE_NOT_FOUND$/.test(String((cause as NodeJS.ErrnoException).code));
}
