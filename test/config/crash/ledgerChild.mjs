// Puts a look into a config's ledger and dies at one file operation.
//
//   node ledgerChild.mjs CONFIG LOOK NOW AT      LOOK as JSON, NOW in ms; killed at operation AT; prints how many there were where it lives
import { faultAt } from "./faults.mjs";

const { recordLook } = await import(new URL("../../../modules/config/ledger.js", import.meta.url));

const [path, look, nowMs, at] = process.argv.slice(2);
const state = faultAt(Number(at), () => process.kill(process.pid, "SIGKILL"));
await recordLook(path, JSON.parse(look), { nowMs: Number(nowMs) });
process.stdout.write(`${state.count}\n`);
