import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeBot } from "./hosts.mjs";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** npm in a folder, whatever folder the npm that runs these tests was called in. */
export function npm(cwd: string, ...args: string[]) {
  return spawnSync("npm", ["--prefix", cwd, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Packs what is built, and installs it in a bot's folder without the network: it depends on nothing. Gives the tarball. */
export function installInto(bot: string, tarballs: string): string {
  for (const folder of [bot, tarballs]) mkdirSync(folder, { recursive: true });
  writeBot(bot);
  const packed = npm(root, "pack", "--ignore-scripts", "--pack-destination", tarballs);
  if (packed.status !== 0) throw new Error(packed.stderr);
  const tarball = join(tarballs, readdirSync(tarballs)[0]!);
  const installed = npm(bot, "install", "--no-audit", "--no-fund", "--offline", tarball);
  if (installed.status !== 0) throw new Error(installed.stderr);
  return tarball;
}
