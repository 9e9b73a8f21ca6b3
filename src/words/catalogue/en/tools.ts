import { count, counted } from "../../figures.ts";

const opportunities = (found: number): string => counted(found, "opportunity", "opportunities");

/** What `scan`, `plan`, `convert`, `export` and `notify` say. */
export const tools = {
  written: "Written",
  scanColumns: [
    "",
    "n",
    "objective",
    "mean MFE",
    "median MFE",
    "mean MAE",
    "hours to MFE",
    "MFE in ATRs",
  ] as readonly string[],
  opportunitiesIn: (file: string, found: number) => `${file} (${opportunities(found)})`,
  convertColumns: [
    "symbol",
    "bar",
    "first (UTC)",
    "last (UTC)",
    "candles",
    "of files",
    "bytes",
    "written",
  ] as readonly string[],
  filesIn: (folder: string, files: number) => `${folder} (${counted(files, "file")})`,

  plan: {
    by: (objective: string) => `by ${objective}`,
    search: "Search",
    layout: "Layout",
    memory: "Memory",
    forecast: "Expected",
    allSets: "All sets",
    sets: (sets: number, combinations: number, exits: number) =>
      `${counted(sets, "set")}: ${counted(combinations, "filter combination")} x ${counted(exits, "exit")}, `,
    over: (found: number, leftOut: number, crossing: string, takingPart: number) =>
      `over ${opportunities(found)} (${count(leftOut)} left out${crossing}), ${count(takingPart)} of which pass the loosest filters`,
    tiles: (tiles: number, exits: number, held: number) =>
      `${counted(tiles, "tile")} of ${counted(exits, "exit")}, ${count(held)} held at once; `,
    allInMemory: "all opportunities in memory",
    inChunks: (size: number) => `opportunities in chunks of ${count(size)}`,
    passes: (passes: number, threads: number) =>
      `, ${counted(passes, "pass", "passes")}, ${counted(threads, "thread")}`,
    linear: (linear: string, allowed: string, board: string, sets: number) =>
      `${linear} linear of ${allowed} allowed, ${board} for a leaderboard of ${counted(sets, "set")}`,
    times: (engine: string, whole: string, rss: string) =>
      `about ${engine} in the engine, ${whole} for the whole command, peak RSS ${rss}`,
    ties: "Ties",
    again: (sweeps: number, engine: string) =>
      `where many sets tie at the last place, all are swept again: up to ${counted(sweeps, "sweep")}, about ${engine}`,
    all: (rows: number, csv: string, parquet: string, more: string) =>
      `with --all: ${counted(rows, "row")}, about ${csv} of CSV or ${parquet} of parquet, ${more} more`,
    and: (time: string, memory: string) => `${time} and ${memory}`,
    regionColumns: ["region", "bytes", "threads"] as readonly string[],
    smaller: (regions: number) => `and ${count(regions)} smaller ones (--json has them all)`,
  },

  exported: { file: "Exported", set: "Set", backup: "Backup", differs: "Differs", check: "Check" },

  notified: (to: string, time: string) => `${to}: delivered in ${time}`,
  notNotified: (to: string, why: string) => `${to}: NOT DELIVERED, ${why}`,
};
