import { copyFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Copies the typings that tsc made of the entries, and those that they refer to, into the package. */
export function copyTypes(root, entries) {
  const [from, to] = [join(root, "modules"), join(root, "dist/types")];
  const found = new Set();
  const follow = (name) => {
    if (found.has(name)) return;
    found.add(name);
    const text = readFileSync(join(from, name), "utf8");
    for (const [, path] of text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g))
      follow(join(dirname(name), path.replace(/\.[jt]s$/, ".d.ts")));
  };
  for (const entry of entries) follow(`${entry}.d.ts`);
  for (const name of found) {
    mkdirSync(join(to, dirname(name)), { recursive: true });
    copyFileSync(join(from, name), join(to, name));
  }
}
