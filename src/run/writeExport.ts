import { InputError } from "../errors.ts";
import { targetFile } from "../targetFile.ts";
import { writeWhole } from "../wholeFile.ts";

/** Writes an exported file, complete or not at all. Throws InputError. */
export async function writeExport(path: string, text: string): Promise<void> {
  await writeWhole(path, text).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

/** Refuses a path at which nothing could be written later. */
export async function checkExport(path: string): Promise<void> {
  await targetFile(path).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

function unwritable(path: string, cause: unknown): InputError {
  return new InputError(
    "EXPORT_UNWRITABLE",
    "the exported file cannot be written",
    { where: path, found: (cause as Error).message, remedy: "choose a file in a writable folder" },
    { cause },
  );
}
