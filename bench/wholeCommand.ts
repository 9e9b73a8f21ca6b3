import type { RankedSet } from "../dist/search/result.js";
import { command, type Ended, runNode, script } from "./child.ts";
import { type Files, writeFiles } from "./data/files.ts";
import { referenceSpace } from "./data/spaces.ts";
import { referenceOpportunities } from "./data/task.ts";
import { requireSameLeaders } from "./equal.ts";
import type { Context } from "./question.ts";

/** The whole command on files, the same with the plain search in the engine's place, and node with nothing to do. */
export interface Commands {
  sluice(memoryMiB: number, watchesMemory?: boolean): Promise<Ended & { readonly engine: EngineAnswer }>;
  plain(watchesMemory?: boolean): Promise<Ended>;
  nothing(watchesMemory?: boolean): Promise<Ended>;
}

interface EngineAnswer {
  readonly linear_memory_bytes: number;
  readonly milliseconds: number;
}

interface Answer {
  readonly top: readonly RankedSet[];
  readonly engine: EngineAnswer;
}

/** Writes the files for `count` opportunities, checks that both commands find the same, and hands the commands to `use`. */
export async function withCommands(
  { market, candles }: Context,
  count: number,
  comparesPlain: boolean,
  use: (commands: Commands) => Promise<void>,
): Promise<void> {
  const files = await writeFiles(market, candles, referenceOpportunities(market, count), referenceSpace);
  try {
    const help = await runNode([command, "search", "--help"]);
    // One thread is the default of an engine that knows no threads.
    const threads = help.stdout.includes("--threads") ? ["--threads", "1"] : [];
    const commands = commandsOn(files, threads);
    if (comparesPlain) {
      const ours = JSON.parse((await runSluice(files, threads, 16, false)).stdout) as Answer;
      requireSameLeaders("the whole command", ours.top, JSON.parse((await commands.plain()).stdout));
    }
    await use(commands);
  } finally {
    await files.remove();
  }
}

function commandsOn(files: Files, threads: readonly string[]): Commands {
  return {
    async sluice(memoryMiB, watchesMemory = false) {
      const ended = await runSluice(files, threads, memoryMiB, watchesMemory);
      return { ...ended, engine: (JSON.parse(ended.stdout) as Answer).engine };
    },
    plain: (watchesMemory) =>
      runNode([script("plainCommand"), files.candles, files.opportunities, files.space], watchesMemory),
    nothing: (watchesMemory) => runNode(["--eval", "0"], watchesMemory),
  };
}

function runSluice(
  files: Files,
  threads: readonly string[],
  memoryMiB: number,
  watchesMemory: boolean,
): Promise<Ended> {
  const from = ["--opportunities", files.opportunities, "--candles", files.candles, "--space", files.space];
  const how = ["--objective", "sqn", "--memory", `${memoryMiB}mb`, "--json", "--quiet", ...threads];
  return runNode([command, "search", ...from, ...how], watchesMemory);
}
