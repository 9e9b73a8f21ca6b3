import { throws } from "node:assert";
import { isDeepStrictEqual } from "node:util";

// As much of vitest as the kernel tests use, so that they run in a bare worker within milliseconds: the worker collects tests and runs those
// that it is told to.

/** Every test in order: its name, its file and what it does. */
export const tests = [];
let path = "";
let file = "";

/** Tests that come from now on are those of `name`. */
export function collectFrom(name) {
  file = name;
}

export function describe(name, body) {
  const outer = path;
  path = `${path}${name} > `;
  body();
  path = outer;
}

export function it(name, body) {
  tests.push({ name: path + name, file, body });
}

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const plain = (value) => (ArrayBuffer.isView(value) ? [...value] : value);
const shown = (value) => String(JSON.stringify(value) ?? value).slice(0, 80);

/** Numbers, texts, and arrays and objects of them: by far the most of what tests compare, and faster than asking for any two values. */
function isEqual(a, b) {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let k = 0; k < a.length; k++) if (!isEqual(a[k], b[k])) return false;
    return true;
  }
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype)
    return isDeepStrictEqual(a, b);
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]))
  );
}

export function expect(found) {
  const check = (holds, wanted, how) => {
    if (!holds) throw new Error(`expected ${shown(found)} ${how} ${shown(wanted)}`);
  };
  return {
    toBe: (wanted) => check(Object.is(found, wanted), wanted, "to be"),
    toEqual: (wanted) => check(isEqual(plain(found), plain(wanted)), wanted, "to equal"),
    toHaveLength: (wanted) => check(found.length === wanted, wanted, "of length"),
    toBeCloseTo: (wanted, digits = 2) => check(Math.abs(found - wanted) < 10 ** -digits / 2, wanted, "near"),
    toBeGreaterThan: (least) => check(found > least, least, "above"),
    toBeGreaterThanOrEqual: (least) => check(found >= least, least, "not below"),
    toBeLessThan: (most) => check(found < most, most, "below"),
    toBeLessThanOrEqual: (most) => check(found <= most, most, "not above"),
    toThrow: (part) => throws(found, { message: new RegExp(escaped(part)) }),
  };
}
