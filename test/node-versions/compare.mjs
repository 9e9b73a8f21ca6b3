/** Blocks of a result that tell of the machine rather than of the market. */
const ofTheMachine = new Set(["engine", "memory"]);

/** A command's JSON without what one machine and another may say differently. Numbers keep every bit: their shortest text stands for one number alone. */
export function resultOf(text) {
  return JSON.parse(text, (key, value) => (ofTheMachine.has(key) ? undefined : value));
}

/** The first place at which two results are not the same, in the order of the first, or null. Members have to stand in the same order, too. */
export function firstDifference(expected, found, where = "") {
  if (Object.is(expected, found)) return null;
  const areObjects = [expected, found].every((value) => typeof value === "object" && value !== null);
  if (!areObjects) return { where, expected: shown(expected), found: shown(found) };
  const keys = Object.keys(expected).join();
  if (keys !== Object.keys(found).join()) return { where, expected: keys, found: Object.keys(found).join() };
  for (const key of Object.keys(expected)) {
    const difference = firstDifference(expected[key], found[key], `${where}.${key}`);
    if (difference) return difference;
  }
  return null;
}

const shown = (value) => JSON.stringify(value) ?? String(value);
