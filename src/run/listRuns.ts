import { basename } from "node:path";
import { Best } from "../best.ts";
import { InputError } from "../errors.ts";
import type { Wanted } from "../json/pick.ts";
import type { LedgerLook, ListedRun, RunList } from "./answers.ts";
import { defaultListed } from "./defaults.ts";
import { groupKey } from "./groups/groupKey.ts";
import { ledgerLooks } from "./ledgerLooks.ts";
import { asResult, pickFrom } from "./readResult.ts";
import type { ListRunsRequest, RunOptions } from "./request.ts";
import type { ConfigRun } from "./results.ts";
import { apart, type RunFile, runFilesIn } from "./runFiles.ts";
import { Session } from "./session.ts";

/**
 * Past runs, the newest first: the results in report folders, and the looks in configs' ledgers that left no result there. However many there are, only the
 * names and times of those listed are held, and one result at a time is read. Throws InputError.
 */
export async function listRuns(request: ListRunsRequest, options: RunOptions = {}): Promise<RunList> {
  const { folders = [], configs = [], limit = defaultListed, nowMs = Date.now() } = request;
  if (folders.length + configs.length === 0) throw nowhere();
  const session = new Session(options);
  session.meter.expect("list", "list", listMs);
  session.meter.begin("list");
  session.say("list", "looking for past runs");
  const looks: LedgerLook[] = [];
  for (const config of new Set(configs)) looks.push(...(await ledgerLooks(config, nowMs)));
  const { kept, total, seconds } = await newestOf(folders, limit, session);
  const rows: ListedRun[] = [];
  for (const run of kept) {
    rows.push(await rowOf(run, looks));
    session.meter.reach("list", rows.length / kept.length);
    session.say("list", `${rows.length} of ${kept.length} runs`, rows.length / kept.length);
    await session.breathe();
  }
  const joined = new Set(rows.flatMap((row) => row.looks));
  // A look of the same second as a run that is not listed is taken for that run's.
  const readSinceMs = rows.length < limit ? Number.NEGATIVE_INFINITY : rows.at(-1)!.time;
  const alone = looks.filter(
    (look) => !joined.has(look) && (look.time >= readSinceMs || !seconds.has(secondOf(look.time))),
  );
  session.finish();
  const all = [...rows, ...alone.map(lookRow)].sort((a, b) => b.time - a.time);
  return { total: total + alone.length, runs: all.slice(0, limit) };
}

const listMs = 200;

const secondOf = (timeMs: number): number => Math.floor(timeMs / 1000);

/** The newest results of folders, how many there are, and in which seconds. */
async function newestOf(folders: readonly string[], limit: number, session: Session) {
  const best = new Best<RunFile>(limit, (a, b) => b.timeMs - a.timeMs || (a.file < b.file ? -1 : 1));
  const seconds = new Set<number>();
  let total = 0;
  for (const folder of apart(folders))
    for await (const run of runFilesIn(folder)) {
      session.beat();
      total++;
      seconds.add(secondOf(run.timeMs));
      best.offer(run);
    }
  return { kept: best.sorted(), total, seconds };
}

/** What a row says of a result. */
const ofRow: Wanted = {
  version: true,
  fingerprint: true,
  phase1: { symbols: true, from: true, to: true },
  runs: {
    "*": {
      config: true,
      phase4: { overall: true, types: { "*": { verdict: true } } },
      decision: { "*": { advice: true, applied: true } },
      groups: { "*": { phase4: { types: { "*": { verdict: true } } } } },
      changed: true,
      saved: { file: true },
    },
  },
};

async function rowOf({ file, folder, timeMs }: RunFile, looks: readonly LedgerLook[]): Promise<ListedRun> {
  const place = { time: timeMs, folder };
  try {
    const { version, fingerprint, phase1, runs } = asResult(file, await pickFrom(file, ofRow));
    const { symbols, from, to } = phase1;
    return {
      ...place,
      looks: looksOf(runs, timeMs, looks),
      version,
      fingerprint,
      data: { symbols, from, to },
      configs: runs.map(({ config, phase4, decision, groups, changed, saved }) => ({
        config,
        overall: phase4.overall,
        types: typesOf({ ...phase4.types, ...verdictsOf(groups as ConfigRun["groups"] | null) }, decision),
        changed,
        saved: saved !== undefined && saved !== null,
      })),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...place, looks: [], ...nothingRead, problem: `${error.message}: ${error.details.found}` };
  }
}

/** The looks that a run recorded: those of its second, in the ledgers of its configs. */
function looksOf(
  runs: readonly { readonly config: string | null }[],
  timeMs: number,
  looks: readonly LedgerLook[],
): LedgerLook[] {
  const names = new Set(runs.flatMap(({ config }) => (config === null ? [] : [basename(config)])));
  return looks.filter(({ time, config }) => secondOf(time) === secondOf(timeMs) && names.has(basename(config)));
}

function nowhere(): InputError {
  return new InputError("RUNS_NOWHERE", "nowhere to look for past runs", {
    where: "folders, configs (--out, --config)",
    found: "neither",
    expected: "folders that runs wrote to, or configs with a ledger",
    remedy: "add --out DIR or --config FILE",
  });
}

const nothingRead = { version: null, fingerprint: null, data: null, configs: [] };

type Verdicts = Readonly<Record<string, { readonly verdict: string }>>;
type Decisions = Readonly<Record<string, { readonly advice: string; readonly applied: string | null }>>;

/** Of a run by groups, as `decision` names them. */
function verdictsOf(groups: ConfigRun["groups"] | null): Verdicts {
  return Object.fromEntries(
    Object.entries(groups ?? {}).flatMap(([name, { phase4 }]) =>
      Object.entries(phase4.types).map(([type, verdict]) => [groupKey(type, name), verdict]),
    ),
  );
}

function typesOf(verdicts: Verdicts, decisions: Decisions): ListedRun["configs"][number]["types"] {
  const names = [...new Set([...Object.keys(verdicts), ...Object.keys(decisions)])];
  return Object.fromEntries(
    names.map((name) => {
      const { advice = null, applied = null } = decisions[name] ?? {};
      return [name, { verdict: verdicts[name]?.verdict ?? null, advice, applied }];
    }),
  );
}

/** A look without a result: what the ledger alone knows. */
function lookRow(look: LedgerLook): ListedRun {
  const { time, config, types, fingerprint } = look;
  return {
    time,
    folder: null,
    looks: [look],
    ...nothingRead,
    fingerprint,
    configs: [{ config, overall: null, types, changed: null, saved: null }],
    problem: null,
  };
}
