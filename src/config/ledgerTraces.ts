import { savesBeside } from "./backups.ts";
import { parseJson } from "./comments.ts";
import { isBlock, memberOf } from "./same.ts";
import { scanFile } from "./scan.ts";
import { withSource } from "./source.ts";

/**
 * Time of the oldest trace that a run of Sluice left beside or in a config, epoch milliseconds: backups and their journals, and entries of `phase2_learning`
 * with verdicts. Null if there is none. Entries of another system do not count: it never looked at a hold-out.
 */
export async function oldestTraceMs(configPath: string): Promise<number | null> {
  const times = [...(await savedTimes(configPath)), ...(await learnedTimes(configPath))];
  return times.length === 0 ? null : times.reduce((oldest, time) => Math.min(oldest, time));
}

async function savedTimes(configPath: string): Promise<number[]> {
  const { backups, orphans } = await savesBeside(configPath).catch(() => ({ backups: [], orphans: [] }));
  return [...backups, ...orphans].map(({ time }) => timeOfName(time)).filter(Number.isFinite);
}

/** `20261123T030507Z`, with a number behind it where one second saw several. */
function timeOfName(time: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(time) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

async function learnedTimes(configPath: string): Promise<number[]> {
  try {
    return await withSource(configPath, async ({ handle, path }) => {
      const block = (await scanFile(handle, path)).blocks.get("phase2_learning");
      const learning = block && parseJson(block.bytes.toString());
      if (!isBlock(learning)) return [];
      const history = memberOf(learning, "history");
      const runs = [memberOf(learning, "latest"), ...(Array.isArray(history) ? history : [])];
      return runs.map(timeOfRun).filter(Number.isFinite);
    });
  } catch {
    // A config that cannot be read proves nothing; loading it reports the error.
    return [];
  }
}

/** When an entry with a verdict for each of its types was written, as Sluice writes them; NaN for any other. */
function timeOfRun(run: unknown): number {
  if (!isBlock(run)) return Number.NaN;
  const types = memberOf(run, "types");
  const timestamp = memberOf(run, "timestamp");
  if (!isBlock(types) || typeof timestamp !== "string") return Number.NaN;
  const isOurs = Object.values(types).some((type) => isBlock(type) && Object.hasOwn(type, "verdict"));
  return isOurs ? Date.parse(timestamp) : Number.NaN;
}
