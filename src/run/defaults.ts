/** Default values of options, quoted by settings and help texts; the units are those of the options. */
export const defaults = {
  timeframeMs: 900_000,
  lookaheadHours: 24,
  minProfit: 0.08,
  entry: "signal-close",
  lenient: false,
  legacyActivations: false,
  breakRatio: 8,
  fee: 0.0005,
  slippage: 0.0002,
  fundingPer8h: 0,
  intrabar: "stop-first",
  exitModel: "path",
  objective: "evidence",
  minTrades: 20,
  drawdownLimit: 20,
  memoryBytes: 16 * 2 ** 20,
  threads: "auto",
  seed: 1,
  universe: "all",
  margin: 0,
  confidence: 0.95,
  rolling: false,
  policy: "gate",
  dryRun: false,
  allowStale: false,
  force: false,
  everyMs: 7 * 86_400_000,
  windowMs: 60 * 86_400_000,
  nullCopies: 0,
} as const;

/** Default values of a portfolio's options; `maintenanceMargin` is a fraction. The stake's depends on the number of positions. */
export const portfolioDefaults = { leverage: 1, maintenanceMargin: 0.005 } as const;

/** Default values of ranking by portfolio. */
export const rankingDefaults = { rank: "objective", metric: "calmar", shortlist: 10_000 } as const;

/** Default number of past runs listed. */
export const defaultListed = 20;

/** Default length of a leaderboard, by call. */
export const defaultTop = { optimize: 20, search: 10, plan: 10 } as const;
