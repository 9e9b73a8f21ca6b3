import { readFileSync } from "node:fs";

/** How all code of the package is bundled. Names stay, so that the stack of an error says where it arose. */
export const shippedCode = {
  bundle: true,
  minifySyntax: true,
  minifyWhitespace: true,
  target: ["node20.19", "chrome100", "firefox100", "safari15"],
  charset: "utf8",
  legalComments: "none",
  logLevel: "warning",
};

/** A sweep's thread: one script that is no module and asks for none. Node, Bun, Deno and browsers all run it, from a file or from its text. */
export const threadCode = { ...shippedCode, format: "iife", platform: "browser" };

/** Packages that a user installs beside Sluice if they are needed. */
export const optionalPeers = Object.keys(
  JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")).peerDependencies,
);
