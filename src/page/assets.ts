import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { CoreFault } from "../errors.ts";
import { opening } from "../opening.ts";

/** What is inlined into every page, and the policy that allows that and nothing else. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  /** Content-Security-Policy: this script and this style by their hashes, no network, no inline handlers. */
  readonly policy: string;
}

/** The bundled client, which `npm run build` makes beside this file. Throws CoreFault if the package is not whole. */
export async function loadAssets(): Promise<Assets> {
  const [script, style] = await Promise.all(["page.js", "page.css"].map(readAsset));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script!)}`,
    `style-src ${hashOf(style!)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return { script: script!, style: style!, policy };
}

async function readAsset(name: string): Promise<string> {
  try {
    return await opening(() => readFile(new URL(`./bundle/${name}`, import.meta.url), "utf8"));
  } catch (cause) {
    throw new CoreFault("PAGE_ASSET", "a file of the report's own is missing", {
      where: name,
      found: (cause as Error).message,
      expected: "a whole package",
      remedy: "install Sluice again; in a clone, run `npm run build`",
    });
  }
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
