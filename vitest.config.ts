import { defineConfig } from "vitest/config";

/** Files that start many processes, judge many markets, or measure memory over many runs: `npm run test:fast` leaves them out. */
const slow = [
  "test/bench/baselines.test.ts",
  "test/cli/{edges,fetchCrash,limit,memory,notify,optimize,terminal}.test.ts",
  "test/config/{crash,ledgerCrash}.test.ts",
  "test/docs/blocks.test.ts",
  "test/examples/*.test.ts",
  "test/freqtrade/walk.test.ts",
  "test/fuzz/{formats,fuzz}.test.ts",
  "test/inPage/browser.test.ts",
  "test/library/{aborts,soak}.test.ts",
  "test/package/**/*.test.ts",
  "test/parts/job.test.ts",
  "test/page/{browser,languages,pages}.test.ts",
  "test/run/{agreement,everySet,groups,shadowGroups}.test.ts",
  "test/search/{everySet,longLeaderboard,memoryAndThreads,study}.test.ts",
  "test/validation/{calibration,uniform}.test.ts",
];
const all = "test/**/*.test.ts";
const minutes = (count: number): number => count * 60_000;

// Timeouts are there for what hangs. A machine that is shared with others may take ten times as long as a quiet one.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: "fast",
          include: [all],
          exclude: slow,
          testTimeout: minutes(3),
          hookTimeout: minutes(3),
        },
      },
      {
        extends: true,
        test: { name: "slow", include: slow, testTimeout: minutes(15), hookTimeout: minutes(15) },
      },
    ],
  },
});
