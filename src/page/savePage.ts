import { unwritablePage } from "../run/pageFile.ts";
import type { PageSource } from "./source.ts";
import { writePage } from "./writePage.ts";

/** Writes a page where `--report` wants it. Throws InputError. */
export async function savePage(path: string, source: PageSource): Promise<void> {
  await writePage(path, source).catch((cause: unknown) => {
    throw unwritablePage(path, cause);
  });
}
