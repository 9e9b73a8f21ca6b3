import { command, type Ended, runNode, script } from "./child.ts";
import { writeFiles } from "./data/files.ts";
import { referenceSpace } from "./data/spaces.ts";
import { referenceOpportunities } from "./data/task.ts";
import type { RankedSet } from "./engine.ts";
import { requireSameLeaders } from "./equal.ts";
import type { Context } from "./question.ts";

/** The whole command on files, the same with the plain search in the engine's place, and node with nothing to do. */
export interface Commands {
  sluice(memoryMiB: number): Promise<Ended & { readonly engine: EngineAnswer }>;
  plain(): Promise<Ended>;
  nothing(): Promise<Ended>;
}

interface EngineAnswer {
  readonly linear_memory_bytes: number;
  readonly milliseconds: number;
}

interface Answer {
  readonly top: readonly RankedSet[];
  readonly engine: EngineAnswer;
}

/**
 * Writes the files for `count` opportunities and hands the commands to `use`; where `comparesPlain`, only after both have found the same.
 * With `watchesMemory` they tell their peak.
 */
export async function withCommands(
  { market, candles, limitSeconds }: Context,
  count: number,
  { comparesPlain, watchesMemory }: { readonly comparesPlain: boolean; readonly watchesMemory: boolean },
  use: (commands: Commands) => Promise<void>,
): Promise<void> {
  const files = await writeFiles(market, candles, referenceOpportunities(market, count), referenceSpace);
  try {
    const help = await runNode([command, "search", "--help"]);
    // One thread is the default of an engine that knows no threads.
    const threads = help.stdout.includes("--threads") ? ["--threads", "1"] : [];
    const from = ["--opportunities", files.opportunities, "--candles", files.candles, "--space", files.space];
    const how = { watchesMemory, limitSeconds };
    const commands: Commands = {
      async sluice(memoryMiB) {
        const flags = ["--objective", "sqn", "--memory", `${memoryMiB}mb`, "--json", "--quiet", ...threads];
        const ended = await runNode([command, "search", ...from, ...flags], how);
        return { ...ended, engine: (JSON.parse(ended.stdout) as Answer).engine };
      },
      plain: () => runNode([script("plainCommand"), files.candles, files.opportunities, files.space], how),
      nothing: () => runNode(["--eval", "0"], how),
    };
    if (comparesPlain) {
      const ours = JSON.parse((await commands.sluice(16)).stdout) as Answer;
      requireSameLeaders("the whole command", ours.top, JSON.parse((await commands.plain()).stdout));
    }
    await use(commands);
  } finally {
    await files.remove();
  }
}
