import { join } from "node:path";

/** Rooms of src/ by the part that they are loaded with; the first that fits. */
const rooms = [
  ["verbs", /^src\/(exchange|report|config|library\/calls|cli\/notifier)/],
  ["notify", /^src\/notify\//],
  ["page", /^src\/page\//],
  ["run", /^src\/(run|parts|candles|opportunities)\//],
];

/** The files that something loads when it needs them, by part, as a bundle with a part for each of them knows them. */
export function partsOf({ outputs }, root) {
  const partOfFile = new Map();
  const names = new Map();
  for (const { entryPoint, exports } of Object.values(outputs)) {
    const part = rooms.find(([, room]) => entryPoint && room.test(entryPoint))?.[0];
    // Those that stand on their own: what is packed or quoted, the thread's text, a page's.
    if (!part || /Texts?\.ts$|^src\/(cli\/main|library\/worker)\.ts$/.test(entryPoint)) continue;
    partOfFile.set(join(root, entryPoint), part);
    for (const name of exports) {
      const other = names.get(`${part} ${name}`);
      if (other) throw new Error(`${name} is exported by ${other} and by ${entryPoint}, which are loaded together`);
      names.set(`${part} ${name}`, entryPoint);
    }
  }
  return {
    partOf: (file) => partOfFile.get(file),
    filesOf: (part) => [...partOfFile].flatMap(([file, of]) => (of === part ? [file] : [])),
  };
}
