// `npm run calibrate`: the tests of the tests. Markets of which it is known what they hold go through the whole run; the tables say how often noise
// was believed and applied, how often an edge was found, and what came of it. Results are kept line by line, and what is there is not done again.
import { spawn } from "node:child_process";
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { groupsTable } from "./calibration/groupsTable.ts";
import { type Current, currents } from "./calibration/judge.ts";
import { type MarketKind, oneCoin } from "./calibration/known.ts";
import { nightsTable, rulesTable, testsTable, verdictTables } from "./calibration/tables.ts";
import { allKinds, done, groupKinds, isNull, type Line, type Work, workOn } from "./calibration/work.ts";
import { script } from "./child.ts";

const namedKinds: readonly MarketKind[] = [...new Set([...allKinds, ...groupKinds])];
const usage = `npm run calibrate -- [flags]
  --kinds A,B      ${namedKinds.join(", ")} (all)
  --seeds N        markets of each null (100)
  --edge-seeds N   markets of each edge (50)
  --nights N       markets that are lived through for sixty nights, of each kind and policy (20)
  --groups N       markets of ${groupKinds.join(", ")} that are run with a group of each symbol (100)
  --first SEED     the first seed (1)
  --currents A,B   current parameters: ${currents.join(", ")} (all)
  --candles DIR    real candles for shuffled days, SYMBOL-15m.csv; without them that kind is left out
  --results FILE   results, a line of JSON each, kept and not done again (bench/results/calibration.jsonl)
  --processes N    that work at once (all cores)
  --tables         the tables of the results as they are
`;

const { values } = parseArgs({
  options: {
    kinds: { type: "string" },
    seeds: { type: "string", default: "100" },
    "edge-seeds": { type: "string", default: "50" },
    nights: { type: "string", default: "20" },
    groups: { type: "string", default: "100" },
    first: { type: "string", default: "1" },
    currents: { type: "string", default: currents.join() },
    candles: { type: "string" },
    results: { type: "string", default: "bench/results/calibration.jsonl" },
    processes: { type: "string" },
    tables: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    worker: { type: "boolean", default: false },
  },
});
const candles = values.candles ?? null;
/** The wildest null by signals, the one of real candles by the scanner, which finds more in them, and an edge that takes time to be sure of. */
const livedKinds = [
  { kind: "regimes", door: "signals" },
  { kind: "shuffled", door: "scanner" },
  { kind: "even 0.3 %", door: "signals" },
] as const;
const wantedCurrents = values.currents.split(",") as Current[];
const policies = ["gate", "shadow"] as const;

if (values.help) process.stdout.write(usage);
else if (values.worker) await work();
else {
  if (!values.tables) await calibrate();
  const lines = await readResults();
  process.stdout.write(
    `${verdictTables(lines)}\n${rulesTable(lines)}\n${testsTable(lines)}\n${nightsTable(lines)}\n${groupsTable(lines)}`,
  );
}

/** In a process of its own: does each work that is given as a line of JSON, and answers with its lines and an empty one. */
async function work(): Promise<void> {
  for await (const text of createInterface({ input: process.stdin })) {
    for await (const line of done(JSON.parse(text) as Work, { candles }))
      process.stdout.write(`${JSON.stringify(line)}\n`);
    process.stdout.write("\n");
  }
}

async function calibrate(): Promise<void> {
  const known = new Set((await readResults()).map(lineName));
  const wanted = wantedWork();
  const left = wanted.flatMap((one) => {
    if (one.what === "nights") return known.has(nameOf(one)) ? [] : [one];
    const missing = one.currents!.filter((current) => !known.has(`${nameOf(one)}, ${current}`));
    return missing.length === 0 ? [] : [{ ...one, currents: missing }];
  });
  process.stderr.write(`${wanted.length} pieces of work, ${wanted.length - left.length} of them done before\n`);
  await mkdir(dirname(values.results), { recursive: true });
  const startedMs = Date.now();
  let count = 0;
  const finished = async (one: Work, lines: readonly string[]): Promise<void> => {
    await appendFile(values.results, lines.map((line) => `${line}\n`).join(""));
    count++;
    const minutes = (Date.now() - startedMs) / 60_000;
    const perPiece = minutes / count;
    process.stderr.write(
      `${count} of ${left.length}, ${minutes.toFixed(1)} min, ${(perPiece * (left.length - count)).toFixed(0)} min to go: ${nameOf(one)}\n`,
    );
  };
  const queue = [...left];
  const processes = Number(values.processes ?? availableParallelism());
  await Promise.all(Array.from({ length: processes }, () => inProcess(queue, finished)));
}

/** Seed by seed, so that every kind has as many whenever the work is stopped. */
function wantedWork(): Work[] {
  const kinds = (values.kinds?.split(",") ?? namedKinds).filter(
    (kind) => kind !== "shuffled" || candles !== null,
  ) as MarketKind[];
  const unknown = kinds.find((kind) => !namedKinds.includes(kind));
  if (unknown !== undefined) refuse(`unknown kind ${unknown}; one or more of ${namedKinds.join(", ")}`);
  const stranger = wantedCurrents.find((current) => !currents.includes(current));
  if (stranger !== undefined) refuse(`unknown current parameters ${stranger}; one or more of ${currents.join(", ")}`);
  const first = Number(values.first);
  const seedsOf = (count: string): number[] => Array.from({ length: Number(count) }, (_, k) => first + k);
  const verdicts = [
    ...workOn("verdicts", kinds.filter(isNull), seedsOf(values.seeds)),
    ...workOn(
      "verdicts",
      kinds.filter((kind) => !isNull(kind) && kind !== oneCoin),
      seedsOf(values["edge-seeds"]),
    ),
  ]
    .sort((a, b) => a.seed - b.seed)
    .map((one) => ({ ...one, currents: wantedCurrents }));
  const lived = livedKinds.filter(({ kind }) => kinds.includes(kind));
  const nights = policies
    .flatMap((policy) => lived.map((one) => ({ ...one, policy })))
    .flatMap((one) => seedsOf(values.nights).map((seed) => ({ what: "nights", ...one, seed }) as const));
  const groups = seedsOf(values.groups).flatMap((seed) =>
    groupKinds
      .filter((kind) => kinds.includes(kind))
      .map((kind) => ({ what: "groups", kind, seed, door: "signals", currents: ["usual"] }) as const),
  );
  return [...verdicts, ...nights, ...groups];
}

/** Ends with a word on what was asked for, before any work. */
function refuse(message: string): never {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}

function nameOf({ what, kind, seed, door, policy }: Work): string {
  return `${what}, ${kind}, ${door}${what === "nights" ? `, ${policy ?? "gate"}` : ""}, seed ${seed}`;
}

function lineName(line: Line): string {
  return line.what !== "nights" ? `${nameOf(line)}, ${line.current}` : nameOf(line);
}

async function readResults(): Promise<Line[]> {
  const text = await readFile(values.results, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

/** Gives another process one piece of work after another until none is left. */
async function inProcess(
  queue: Work[],
  finished: (one: Work, lines: readonly string[]) => Promise<void>,
): Promise<void> {
  let current = queue.shift();
  if (!current) return;
  const child = spawn(
    process.execPath,
    [script("calibrate"), "--worker", ...(candles === null ? [] : ["--candles", candles])],
    {
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const give = (one: Work): boolean => child.stdin.write(`${JSON.stringify(one)}\n`);
  give(current);
  let lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== "") {
      lines.push(line);
      continue;
    }
    await finished(current, lines);
    lines = [];
    current = queue.shift();
    if (!current) break;
    give(current);
  }
  child.stdin.end();
  const code = await ended;
  if (code !== 0) throw new Error(`a calibrating process ended with ${code}`);
}
