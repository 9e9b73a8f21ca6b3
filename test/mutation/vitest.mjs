import { deepStrictEqual } from "node:assert";

// As much of vitest as the kernel tests use, so that they run in a bare worker within milliseconds: tests are collected, then run in
// order by `firstFailure`, until one fails.

const tests = [];
let path = "";

export function describe(name, body) {
  const outer = path;
  path = `${path}${name} > `;
  body();
  path = outer;
}

export function it(name, body) {
  tests.push({ name: path + name, body });
}

const plain = (value) => (ArrayBuffer.isView(value) ? [...value] : value);

export function expect(found) {
  const check = (holds, wanted, how) => {
    if (!holds) throw new Error(`expected ${String(found)} ${how} ${String(wanted)}`);
  };
  return {
    toBe: (wanted) => check(Object.is(found, wanted), wanted, "to be"),
    toEqual: (wanted) => deepStrictEqual(plain(found), plain(wanted)),
    toHaveLength: (wanted) => check(found.length === wanted, wanted, "of length"),
    toBeCloseTo: (wanted, digits = 2) => check(Math.abs(found - wanted) < 10 ** -digits / 2, wanted, "near"),
    toBeGreaterThan: (least) => check(found > least, least, "above"),
    toBeGreaterThanOrEqual: (least) => check(found >= least, least, "not below"),
    toBeLessThan: (most) => check(found < most, most, "below"),
    toBeLessThanOrEqual: (most) => check(found <= most, most, "not above"),
  };
}

/** Name of the first test that fails, or null. */
export function firstFailure() {
  for (const { name, body } of tests) {
    try {
      body();
    } catch (error) {
      return { name, error: String(error?.message ?? error).slice(0, 200) };
    }
  }
  return null;
}
