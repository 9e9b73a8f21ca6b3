import { DuplicateKey, JsonFault, JsonScanner, type ScanEvents } from "./jsonScanner.ts";

/** Maximum nesting: no bot nests its parameters deeper, and building deeper values could exhaust the stack. */
const deepest = 100;

/** Checks that a value to be built is unambiguous: no object in it, at any depth, has a duplicate key. Throws JsonFault. */
export function checkReadable(bytes: Uint8Array, base: number): void {
  const keys: Set<string>[] = [];
  let start = 0;
  const events: ScanEvents = {
    keyStart(at) {
      start = at;
      scanner.capture(at);
    },
    keyEnd(end, depth) {
      const key = JSON.parse(scanner.take(end).toString()) as string;
      if (keys[depth]!.has(key)) throw new DuplicateKey(start, key);
      keys[depth]!.add(key);
    },
    valueStart(at, depth) {
      if (depth === deepest) throw new JsonFault(at, `${deepest} levels of nesting`, "a block of parameters");
      keys[depth + 1] = new Set();
    },
    valueEnd() {},
  };
  const scanner = new JsonScanner(events, base);
  scanner.write(bytes);
  scanner.end();
}
