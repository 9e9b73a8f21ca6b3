import { createHash } from "node:crypto";
import { opening } from "../opening.ts";

/** What is inlined into every page, and the policy that allows that and nothing else. */
export interface Assets {
  readonly script: string;
  readonly style: string;
  /** Content-Security-Policy: this script and this style by their hashes, no network, no inline handlers. */
  readonly policy: string;
}

/** The bundled client, which `npm run build` makes. */
export async function loadAssets(): Promise<Assets> {
  const { script, style } = await opening(() => import("./assetTexts.ts"));
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return { script, style, policy };
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
