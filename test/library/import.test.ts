import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

const index = new URL("../../dist/index.js", import.meta.url).href;
/** The same module by module: saving a config is no call of the library. */
const modules = new URL("../../modules/", import.meta.url).href;

/** What a host process can see of itself: its listeners, what is patched of it, and how the file system is called. */
const look = `() => ({
  listeners: Object.fromEntries(process.eventNames().map((name) => [String(name), process.listenerCount(name)])),
  emit: process.emit, reallyExit: process.reallyExit, exit: process.exit, kill: process.kill, on: process.on,
  open: fs.open, rename: fs.rename, promisesOpen: fs.promises.open,
  globals: Object.getOwnPropertyNames(globalThis).sort().join(),
})`;

/** Runs a program between two looks, in a process of its own; what differs, by name. */
function changedBy(program: string): unknown {
  const text = `
    import fs from "node:fs";
    import os from "node:os";
    import path from "node:path";
    import { isDeepStrictEqual } from "node:util";
    const look = ${look};
    const before = look();
    ${program}
    const after = look();
    console.log(JSON.stringify(Object.keys(before).filter((key) => !isDeepStrictEqual(before[key], after[key]))));
  `;
  const args = ["--input-type=module", "--eval", text];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

it("a look sees a listener, a patch and a global", () => {
  const program = 'process.on("exit", () => {}); process.emit = () => true; globalThis.mine = 1;';
  expect(changedBy(program)).toEqual(["listeners", "emit", "globals"]);
});

it("importing the library adds no listener and patches nothing", () => {
  expect(changedBy(`await import(${JSON.stringify(index)});`)).toEqual([]);
});

it("locking and replacing a config does not either", () => {
  const program = `
    const { saveConfig } = await import(${JSON.stringify(`${modules}config/save.js`)});
    const { openConfig, rollback, listBackups } = await import(${JSON.stringify(`${modules}index.js`)});
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-import-"));
    const file = path.join(folder, "config.json");
    fs.writeFileSync(file, '{"x_params": {"a": 1}}');
    const changes = { params: new Map([["x", { a: 2 }]]), phase2Learning: null };
    await saveConfig(await openConfig(file), changes, { nowMs: 0 });
    if ((await listBackups(file)).backups.length !== 1) throw new Error("no backup");
    await rollback(file);
    fs.rmSync(folder, { recursive: true });
  `;
  expect(changedBy(program)).toEqual([]);
});
