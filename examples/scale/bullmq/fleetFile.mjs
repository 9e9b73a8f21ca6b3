// A fleet: bots, each with its config and a request for `recommend`. What a bot asks has an id, so that the same question is asked once.
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { version } from "sluice";

const hourMs = 3_600_000;

export async function readFleet(file) {
  return JSON.parse(await readFile(file, "utf8"));
}

/** Files that a request may name. */
const files = ["signals", "spaceFile", "suggestFile", "mapFile"];

/** A bot's request, ready to travel, and its id: a hash of the version, the options and the content of everything that is read. */
export async function idOf({ config, request }) {
  // The parameter blocks alone: a worker never sees the file, and cannot save to it.
  const all = JSON.parse(await readFile(config, "utf8"));
  const params = Object.fromEntries(Object.entries(all).filter(([key]) => key.endsWith("_params")));
  // Within an hour the same candles are the same question.
  const nowMs = request.nowMs ?? Math.floor(Date.now() / hourMs) * hourMs;
  const whole = { ...request, nowMs, config: params };
  const read = [await hashOfFolder(request.candles)];
  for (const name of files) if (request[name] !== undefined) read.push(hashOf(await readFile(request[name])));
  return { id: hashOf(JSON.stringify([version, whole, read])).slice(0, 32), request: whole };
}

const hashOf = (content) => createHash("sha256").update(content).digest("hex");

/** Many bots share a folder of candles: each is read once. */
const folders = new Map();

function hashOfFolder(folder) {
  if (!folders.has(folder)) folders.set(folder, hashedFolder(folder));
  return folders.get(folder);
}

async function hashedFolder(folder) {
  const names = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const hashes = [];
  for (const name of names.sort()) hashes.push([name, hashOf(await readFile(join(folder, name)))]);
  return hashOf(JSON.stringify(hashes));
}
