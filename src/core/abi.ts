// Constants that both compilers read: sizes, offsets and codes only. `export const ONE = 1; ONE / 2` is 0 to asc, so nothing is computed here.

/** Record of one opportunity: i32 bars available, i32 padding, then times (i32 a level, padded to 8 bytes), then one f64 column a level for each detail kept. */
export const RECORD_HEADER_BYTES = 8;

/** Half-bar time of a level that is never touched. */
export const NEVER = 0x7fffffff;

/** In place of a trailing variant's level where there is none. */
export const NO_TRAILING = 0xffff;

/** Sides of an exit: a row item's f64 time and points; a lane group's four times, then four points. See assembly/sides.ts. */
export const ROW_BYTES = 16;
export const LANE_GROUP_BYTES = 64;

export const STOP_FIRST = 0;
export const TARGET_FIRST = 1;
export const NEAREST_OPEN = 2;

export const TAKE_PROFIT = 0;
export const STOP_LOSS = 1;
export const TRAILING_STOP = 2;
export const TIMEOUT = 3;
export const END_OF_DATA = 4;

/** What is summed a cell and exit: see assembly/accumulate.ts. */
export const SUMS = 0;
export const SQUARES = 1;
export const LOSS_SQUARES = 2;
export const GAINS_LOSSES = 3;
export const WINS = 4;
/** One statistic of a cell under the four exits of a lane group. */
export const STATISTIC_BYTES = 32;

/** A filter axis: u32 stride in cells, candidates, first step. */
export const AXIS_BYTES = 12;

export const TOTAL = 0;
export const EXPECTANCY = 1;
export const SQN = 2;
export const SORTINO = 3;
export const PROFIT_FACTOR = 4;
export const CAPTURE = 5;
export const CALMAR = 6;
export const BALANCED = 7;

/** Leaderboard and candidate entries: f64 key, f64 rank, u32 exit, u32 cell. */
export const ENTRY_BYTES = 24;

/** Filter masks: one bit a candidate of each filter, in whole 16-byte words. */
export const MASK_WORD_BYTES = 16;

/** Keys at or above this stand for a capped ratio (no loss): this plus total_return. */
export const CAPPED_KEY = 1000000000;
/** Added to the key of a set that gains, under `balanced`, so that it ranks before every set that does not. */
export const GAIN_KEY = 1000;
/** Key of a set whose sums are too ill-conditioned to score: it must be replayed. */
export const REPLAY_KEY = 1000000000000;
