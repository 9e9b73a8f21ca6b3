// Counts the file operations of whatever runs after it, and at one of them kills the process or fails. It stands between the program and node:fs,
// where a system call would be made.
import fsp, { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const names = [
  "open",
  "rename",
  "rm",
  "readdir",
  "realpath",
  "stat",
  "readFile",
  "access",
  "lstat",
  "copyFile",
  "unlink",
  "mkdir",
  "rmdir",
  "utimes",
  "writeFile",
];
const handleNames = ["write", "read", "sync", "datasync", "close", "stat", "chmod", "chown", "truncate"];

/** @type {{ count: number, at: number, act: (name: string) => void }} */
const state = { count: 0, at: Number.POSITIVE_INFINITY, act: () => {} };

/** From here on the operation with this number, from 1, does `act` before anything else. Gives what counts them. */
export function faultAt(at, act) {
  state.count = 0;
  state.at = at;
  state.act = act;
  return state;
}

function step(name) {
  state.count++;
  if (state.count === state.at) state.act(name);
}

/** A write that stores part of what it was given, as a full disk may do before it fails. */
export const shortWrite = Symbol("short write");

const originals = { fsp: {}, handle: {} };
const probe = await open(new URL(import.meta.url), "r");
const handlePrototype = Object.getPrototypeOf(probe);
await probe.close();

for (const name of names) {
  originals.fsp[name] = fsp[name];
  fsp[name] = async (...args) => {
    step(name);
    return originals.fsp[name](...args);
  };
}
for (const name of handleNames) {
  originals.handle[name] = handlePrototype[name];
  handlePrototype[name] = async function (...args) {
    try {
      step(`handle.${name}`);
    } catch (error) {
      // Closing gives the descriptor back even where it fails.
      if (name === "close") await originals.handle[name].apply(this, args);
      if (name === "write" && error === shortWrite) return originals.handle.write.call(this, args[0], args[1], 1);
      throw error;
    }
    return originals.handle[name].apply(this, args);
  };
}
syncBuiltinESMExports();
