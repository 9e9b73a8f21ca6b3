import { count, counted } from "../../figures.ts";

/** What `split`, `part` and `status` say, and `plan` of a search in parts. */
export const parts = {
  split: "Split",
  job: "Job",
  parts: "Parts",
  inputs: "Inputs",
  next: "Next",
  finished: "Finished",
  floor: "Floor",
  open: "Open",
  unproven: "Unproven",
  kept: (folder: string) => `${folder}, which held this job already: its finished parts are kept`,
  searchOf: (job: string, type: string, objective: string) => `${job}, ${type} by ${objective}`,
  ofVersion: (search: string, version: string) => `${search}, Sluice ${version}`,
  cut: (sets: number, into: number) => `${counted(sets, "set")} in ${counted(into, "part")}`,
  empty: (empty: number) => `, ${count(empty)} of them empty: there are no more exits`,
  copied: (size: string, folder: string) => `${size} copied to ${folder}/inputs`,
  thenMerge: (folder: string, last: number) =>
    `sluice part --job ${folder} --part N, for N from 0 to ${last}; then sluice merge --job ${folder}`,
  part: (part: number) => `Part ${part}`,
  searched: (sets: number, ranked: number, best: string, time: string) =>
    `${counted(sets, "set")}, ${count(ranked)} ranked, ${best}; ${time} in the engine`,
  noBest: "none listed",
  best: (score: number) => `the best scores ${score}`,
  noneBelow: (best: string, floor: number) => `${best}, none below ${floor} listed`,
  notMerged: "more sets tie at the last place than a search replays: no merge takes this part",
  done: (finished: number, of: number) => `${count(finished)} of ${counted(of, "part")}, `,
  doneSets: (sets: number, of: number, ranked: number, time: string) =>
    `${count(sets)} of ${counted(of, "set")}, ${count(ranked)} ranked, ${time} in the engine`,
  noFloor: "none yet: the leaderboard has places free",
  problem: (part: number, problem: string, found: string, remedy: string) =>
    `part ${part} ${problem}: ${found}; ${remedy}`,
  problems: { missing: "missing", damaged: "damaged", foreign: "foreign", unproven: "unproven", floor: "floor" },
  more: (problems: number) => `and ${count(problems)} more (--json has them all)`,
  toRun: (open: number, hasFloor: boolean) =>
    `${counted(open, "part")} to run${hasFloor ? "; --floor takes the floor above" : ""}`,
  planned: (parts: string, sets: number, memory: string, time: string) =>
    `${parts}; the largest ${counted(sets, "set")}, ${memory}, about ${time}`,
  someEmpty: (all: number, empty: number) => `${count(all)}${empty > 0 ? ` (${count(empty)} empty)` : ""}`,
  memory: (linear: string, rss: string) => `${linear} linear, peak RSS ${rss}`,
  files: (size: string) => `; files of at most ${size}`,
  sooner: (times: string) => `${times} times sooner with a machine for each part; `,
  allTake: (time: string, share: number) => `all parts take ${time}, ${share}% of it what one machine would do`,
  tooMany: ": too many parts to pay, each starts, reads and walks the opportunities anew",
};
