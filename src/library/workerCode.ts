import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";

/** Where the code of a call's thread stands: in a file of the package, or, where a bundler has taken the library elsewhere, in a text. */
export type WorkerCode = { readonly file: URL } | { readonly text: string; readonly home: string };

/** The built file's name, which is no name of the user's; the build of the package sets it. */
declare const SLUICE_WORKER_FILE: string | undefined;

let code: Promise<WorkerCode> | undefined;

/** The code of a call's thread. */
export function workerCode(): Promise<WorkerCode> {
  code ??= find();
  return code;
}

async function find(): Promise<WorkerCode> {
  // A bundle in CommonJS does not know where it stands.
  const here: string | undefined = import.meta.url;
  const file = here?.startsWith("file:") ? new URL(workerFile(here), here) : undefined;
  if (file && existsSync(file)) return { file };
  const { workerText } = await import("./workerText.ts");
  const text = brotliDecompressSync(Buffer.from(workerText, "base64")).toString();
  return { text, home: here?.startsWith("file:") ? fileURLToPath(here) : `${process.cwd()}/sluice.js` };
}

function workerFile(here: string): string {
  if (typeof SLUICE_WORKER_FILE === "string") return SLUICE_WORKER_FILE;
  // Tests run from sources and use the package's worker.
  return here.endsWith(".ts") ? "../../dist/sluice-worker.js" : "./worker.js";
}
