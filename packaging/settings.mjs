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

/** Packages that a user installs beside Sluice if they are needed. */
export const optionalPeers = Object.keys(
  JSON.parse(await (await import("node:fs/promises")).readFile(new URL("../package.json", import.meta.url), "utf8"))
    .peerDependencies,
);
