// Saves into a config and dies: at one file operation, or whenever its parent kills it.
//
//   node child.mjs CONFIG once AT      one save, killed at file operation AT; prints how many there were where it lives
//   node child.mjs CONFIG forever      one save after another, a line after each
import { faultAt } from "./faults.mjs";

const dist = new URL("../../../modules/config/", import.meta.url);
const { openConfig } = await import(new URL("document.js", dist));
const { saveConfig } = await import(new URL("save.js", dist));
const { rollback } = await import(new URL("rollback.js", dist));

const [path, manner, at] = process.argv.slice(2);
const nowMs = Date.UTC(2026, 10, 23, 3, 5, 7);
const die = () => process.kill(process.pid, "SIGKILL");

if (manner === "forever") {
  process.stdout.write("ready\n");
  for (let k = 0; ; k++) {
    const document = await openConfig(path);
    const value = 1 + (((document.currentParams("scalping")["min_signal_score"] ?? 0) + k) % 97);
    await saveConfig(document, changes(value), { nowMs: nowMs + 1000 * k });
  }
} else {
  const state = faultAt(Number(at), die);
  if (manner === "rollback") await rollback(path);
  else await saveConfig(await openConfig(path), changes(71), { nowMs });
  process.stdout.write(`${state.count}\n`);
}

function changes(value) {
  return { params: new Map([["scalping", { min_signal_score: value, atr_tp_multiplier: 2.5 }]]), phase2Learning: null };
}
