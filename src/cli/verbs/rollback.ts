import { commandLineOnly, flag, required, toggle } from "../flag.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";

const config = commandLineOnly(required(flag("config", "config", "FILE", "text", text)));
const toTime = commandLineOnly(flag("to", "to", "TIME", "text", text));
const force = commandLineOnly(toggle("force", "force"));

/** Takes a save back. */
export const rollback = verb({
  name: "rollback",
  summary: "Takes a save back: to the byte where nothing else changed since, else only our keys.",
  usage: "--config FILE [--to TIME] [--force]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [config], help: "the config that Sluice saved" },
        { flags: [toTime], help: "back to the backup of this time (the newest)" },
        { flags: [force], help: "overwrite keys that others changed since" },
      ],
    },
  ],
  example: "sluice rollback --config bot/learning_config.json",
  async run({ config: path, ...options }, session) {
    const { rollback } = await import("../../config/rollback.ts");
    const { rollbackSummary } = await import("../../report/rollbackSummary.ts");
    session.answer(await rollback(path, options), rollbackSummary);
    return 0;
  },
});
