import { fitted } from "../../report/brief/screen.ts";
import { commandLineOnly, flag, required, toggle } from "../flag.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";

const config = commandLineOnly(required(flag("config", "config", "FILE", "text", text)));
const toTime = commandLineOnly(flag("to", "to", "TIME", "text", text));
const force = commandLineOnly(toggle("force", "force"));
const list = commandLineOnly(toggle("list", "list"));

/** Undoes a save. */
export const rollback = verb({
  name: "rollback",
  summary: "Undoes a save: byte for byte, or only its own keys if others changed since.",
  usage: "--config FILE [--list | --to TIME] [--force]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [config], help: "the config that Sluice saved" },
        { flags: [list], help: "show each backup and what its save changed; write nothing" },
        { flags: [toTime], help: "go back to the backup of this time (default: the newest)" },
        { flags: [force], help: "also restore keys that others changed since" },
      ],
    },
  ],
  example: "sluice rollback --config bot/learning_config.json",
  async run({ config: path, list, ...options }, session) {
    if (list) {
      const { listBackups } = await import("../../config/listBackups.ts");
      const { backupsSummary } = await import("../../report/backupsSummary.ts");
      session.answer(await listBackups(path), fitted(backupsSummary));
      return 0;
    }
    const { rollback } = await import("../../config/rollback.ts");
    const { rollbackSummary } = await import("../../report/rollbackSummary.ts");
    session.answer(await rollback(path, options), fitted(rollbackSummary));
    return 0;
  },
});
