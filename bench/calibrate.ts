// `npm run calibrate`: the tests of the tests. Markets of which it is known what is in them go through the whole run; the tables say how
// often noise was believed and an edge was found.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { Kind } from "./calibration/markets.ts";
import { type Judged, judgeKnownMarket, type Tally, tallyOf } from "./calibration/verdicts.ts";
import { script } from "./child.ts";
import { optimize } from "./engine.ts";

const usage = `npm run calibrate -- [flags]
  --noise N      random walks (200)
  --edge N       markets with a planted edge (100)
  --dying N      markets whose edge ends half-way (100)
  --first SEED   the first seed of each kind (1)
  --list         every market's verdict and reason as well
  --json         one JSON document on stdout (npm run --silent calibrate -- --json)
`;

const { values } = parseArgs({
  options: {
    noise: { type: "string", default: "200" },
    edge: { type: "string", default: "100" },
    dying: { type: "string", default: "100" },
    first: { type: "string", default: "1" },
    list: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
    judge: { type: "string" },
  },
});

if (values.help) process.stdout.write(usage);
else if (values.judge !== undefined) await judge(values.judge);
else await calibrate();

/** In a process of its own: the markets of a list such as `noise:1,edge:3`, a line of JSON each. */
async function judge(list: string): Promise<void> {
  for (const one of list.split(",")) {
    const [kind, seed] = one.split(":") as [Kind, string];
    const judged = await judgeKnownMarket(optimize, kind, Number(seed));
    process.stdout.write(`${JSON.stringify({ kind, ...judged })}\n`);
  }
}

async function calibrate(): Promise<void> {
  const first = Number(values.first);
  const markets = (["noise", "edge", "dying"] as const).flatMap((kind) =>
    Array.from({ length: Number(values[kind]) }, (_, k) => `${kind}:${first + k}`),
  );
  const judged: Record<Kind, Judged[]> = { noise: [], edge: [], dying: [] };
  let done = 0;
  const workers = availableParallelism();
  await Promise.all(
    Array.from({ length: workers }, (_, k) =>
      inProcess(
        markets.filter((_, place) => place % workers === k),
        (kind, one) => {
          judged[kind].push(one);
          done++;
          if (done % 20 === 0) process.stderr.write(`  ${done} of ${markets.length} markets\n`);
        },
      ),
    ),
  );
  const tallies = Object.entries(judged)
    .filter(([, list]) => list.length > 0)
    .map(([kind, list]) =>
      tallyOf(
        kind as Kind,
        list.sort((a, b) => a.seed - b.seed),
      ),
    );
  if (values.json) process.stdout.write(`${JSON.stringify({ tallies, judged })}\n`);
  else {
    if (values.list)
      for (const [kind, list] of Object.entries(judged))
        for (const { seed, verdict, applied, threshold, reason } of list)
          process.stdout.write(`${kind} ${seed}: ${verdict}, ${applied}, threshold ${threshold}: ${reason}\n`);
    process.stdout.write(tableOf(tallies));
  }
}

/** Judges markets in another process, so that two cores work at once and nothing is left over. */
async function inProcess(markets: readonly string[], hear: (kind: Kind, judged: Judged) => void): Promise<void> {
  if (markets.length === 0) return;
  const child = spawn(process.execPath, [script("calibrate"), "--judge", markets.join(",")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  for await (const line of createInterface({ input: child.stdout })) {
    const { kind, ...judged } = JSON.parse(line) as Judged & { kind: Kind };
    hear(kind, judged);
  }
  const code = await ended;
  if (code !== 0) throw new Error(`a calibrating process ended with ${code}`);
}

function tableOf(tallies: readonly Tally[]): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const rows = tallies.map((tally) => [
    tally.kind,
    String(tally.markets),
    percent(tally.passed),
    percent(tally.believed),
    percent(tally.applied),
    tally.kind === "edge" ? percent(tally.exact) : "-",
    tally.kind === "edge" ? percent(tally.withinOneStep) : "-",
    Object.entries(tally.verdicts)
      .map(([verdict, count]) => `${verdict} ${count}`)
      .join(", "),
  ]);
  const header = [
    "market",
    "seeds",
    "PASSED",
    "or WARNING",
    "applied",
    "threshold exact",
    "within one step",
    "verdicts",
  ];
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  return line(header) + line(header.map(() => "---")) + rows.map(line).join("");
}
