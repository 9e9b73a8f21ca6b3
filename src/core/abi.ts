// Constants that both compilers read: sizes, offsets, codes and limits only. `export const ONE = 1; ONE / 2` is 0 to asc, so nothing is computed here.

/** Half-bar time of a level that is never touched. */
export const NEVER = 0x7fffffff;

/** Units of a level: a multiple of the ATR, or a percentage of the entry. */
export const ATR = 0;
export const PERCENT = 1;

/** In place of a level where an item has none. */
export const NO_LEVEL = 0xffff;
/**
 * u16 levels of a stop item: the stop, the partial exit, then up to six more stops, ended by the first missing one; of a target item:
 * the target, the holding time, the exit signal, nothing.
 */
export const STOP_ITEM_BYTES = 16;
export const TARGET_ITEM_BYTES = 8;

/** Levels that step in time, f64 each: first step, steps, unit, then what the kernel is at: the next step and the level now. See assembly/steps.ts. */
export const STEP_BYTES = 40;
/** One step: f64 bars from which it counts, and its value. */
export const STEP_ENTRY_BYTES = 16;
/** A locked stop, f64 each: activation, its unit, offset in percent of entry, then its activation and its level of the trade. See assembly/locks.ts. */
export const LOCK_BYTES = 40;

/** Sides of an exit: a row item's f64 time and points; a lane group's four times, then four points. See assembly/sides.ts. */
export const ROW_BYTES = 16;
export const LANE_GROUP_BYTES = 64;
/** The same where exits may be partial: a row's also when its part leaves, what that makes and what share is left; a lane group's also the times of four targets. */
export const PARTIAL_ROW_BYTES = 40;
export const PARTIAL_LANE_GROUP_BYTES = 96;

export const STOP_FIRST = 0;
export const TARGET_FIRST = 1;
export const NEAREST_OPEN = 2;

/** What ended a trade; from ENDED_BY_STOP on, which of the levels of the stop item: the stop, then the more stops. */
export const ENDED_BY_TARGET = 0;
export const ENDED_BY_TIME = 1;
export const ENDED_BY_DATA = 2;
export const ENDED_BY_SIGNAL = 3;
export const ENDED_BY_STOP = 4;

/** What is summed a cell and exit: see assembly/accumulate.ts. */
export const SUMS = 0;
export const SQUARES = 1;
export const LOSS_SQUARES = 2;
export const GAINS_LOSSES = 3;
export const WINS = 4;
export const EVERYTHING = 5;
/** One statistic of a cell under the four exits of a lane group. */
export const STATISTIC_BYTES = 32;
/** What a processor fetches at once. */
export const CACHE_LINE_BYTES = 64;

/** A filter axis: u32 stride in cells, candidates, first step, and 1 if it is ordered. */
export const AXIS_BYTES = 16;

export const TOTAL = 0;
export const EXPECTANCY = 1;
export const SQN = 2;
export const SORTINO = 3;
export const PROFIT_FACTOR = 4;
export const CAPTURE = 5;
export const CALMAR = 6;
export const BALANCED = 7;
export const EVIDENCE = 8;

/**
 * The points of `balanced`, 100 to a score of 1: the mean's (a percent, and at most), the payoff's (for each below the least; for each above
 * the good, and at most), those that a win rate takes (a whole below the least; where many wins come with a poor payoff), the capture rate's.
 */
export const BALANCED_POINTS = 100;
export const BALANCED_MEAN = 20;
export const BALANCED_MEAN_MOST = 100;
export const BALANCED_PAYOFF_LEAST = 1.5;
export const BALANCED_PAYOFF_BELOW = 20;
export const BALANCED_PAYOFF_GOOD = 2;
export const BALANCED_PAYOFF_ABOVE = 10;
export const BALANCED_PAYOFF_MOST = 20;
export const BALANCED_WINS_LEAST = 0.3;
export const BALANCED_WINS_BELOW = 50;
export const BALANCED_WINS_MANY = 0.6;
export const BALANCED_WINS_MANY_TAKE = 10;
export const BALANCED_CAPTURE = 15;
/** The score of a losing set: the least, at a mean of -5 percent or below, and what it rises by up to a mean of 0. */
export const BALANCED_LOSING = 0.01;
export const BALANCED_LOSING_RISE = 0.04;
export const BALANCED_LOSING_MEAN = 5;

/** Leaderboard and candidate entries: f64 key, f64 rank, u32 exit, u32 cell. */
export const ENTRY_BYTES = 24;

/** Keys at or above this stand for a capped ratio (no loss): this plus total_return. */
export const CAPPED_KEY = 1000000000;
/** Added to the key of a set that gains, under `balanced`, so that it ranks before every set that does not. */
export const GAIN_KEY = 1000;
/** Keys at or above this stand for a ratio above the cap: this plus the ratio. */
export const BEYOND_KEY = 2000000000;
/** Key of a set whose sums are too ill-conditioned to score: it must be replayed. */
export const REPLAY_KEY = 1000000000000;

/** Value of ratios to a loss if there is no loss. */
export const NO_LOSS = 999;
/** A loss that is no more than this of the gain is rounding. */
export const LOSS_IS_ROUNDING = 1e-9;
/** A variance of points below this is rounding, or below so much of the squared mean, or below this times the trades of it: 2^-49, 16 times what adding may lose. */
export const VARIANCE_IS_ROUNDING = 1e-18;
export const VARIANCE_SHARE_IS_ROUNDING = 1e-12;
export const VARIANCE_SHARE_A_TRADE = 1.7763568394002505e-15;

/** Which comparison flags cells; see assembly/flags.ts. */
export const FLAG_ALL = 0;
export const FLAG_TOTALS = 1;
export const FLAG_RATIOS = 2;
export const FLAG_FACTORS = 3;
export const FLAG_BALANCED = 4;
export const FLAG_RATIOS_BELOW = 5;
export const FLAG_MEANS = 6;

/** How a sweep stands in memory, by byte offset: u32 fields, f64 ones from SWEEP_CONSTANT on, then the groups. */
export const SWEEP_SLAB_CELLS = 0;
export const SWEEP_ROW_BYTES = 4;
export const SWEEP_BLOCKS = 8;
export const SWEEP_LENGTH = 12;
export const SWEEP_POSITIONS = 16;
export const SWEEP_SCRATCH = 20;
export const SWEEP_FLAGGED = 24;
export const SWEEP_GROUP_COUNT = 28;
export const SWEEP_SUMS = 32;
export const SWEEP_OBJECTIVE = 36;
export const SWEEP_SLABS = 40;
/** u32[slabs + 1]: first slot of each slab, the strictest first. */
export const SWEEP_SLAB_STARTS = 44;
export const SWEEP_OWN = 48;
/** f64, u32 and f64 by cell; capture rates are 0 if the objective has none. */
export const SWEEP_WEIGHTS = 52;
export const SWEEP_COUNTS = 56;
export const SWEEP_CAPTURE_RATES = 60;
export const SWEEP_EXIT_RANKS = 64;
export const SWEEP_EXIT_KINDS = 68;
export const SWEEP_AXES = 72;
export const SWEEP_AXIS_COUNT = 76;
export const SWEEP_STEPS = 80;
export const SWEEP_STEP_COUNT = 84;
export const SWEEP_HEAP = 88;
export const SWEEP_SIZE = 92;
export const SWEEP_CAPACITY = 96;
export const SWEEP_ROWS = 100;
export const SWEEP_LANES = 104;
export const SWEEP_OFFSETS = 108;
export const SWEEP_SLOTS = 112;
export const SWEEP_LANE_ITEMS = 116;
/** What flags a cell, as `aim` set it. */
export const SWEEP_FILTER = 120;
/** The settling fields below; 0 if no drawdown is asked for. */
export const SWEEP_SETTLE = 124;
export const SWEEP_CONSTANT = 128;
export const SWEEP_FACTOR = 136;
export const SWEEP_AIM = 144;
/** u32: 1 if exits may be partial. */
export const SWEEP_PARTIAL = 168;
/** Largest capture rate of any rankable cell. */
export const SWEEP_MOST_CAPTURE = 152;
/** Ordering key below which no set is wanted. */
export const SWEEP_FLOOR = 160;
/** Each u32 kernel, times it stands in the positions, length, bytes of one step. */
export const SWEEP_GROUPS = 176;
export const GROUP_BYTES = 16;

/**
 * Settling sets by their drawdown: u32 fields, f64 ones from SETTLE_SHIFT on. Heaps of exact keys have their size in the 16 bytes before them.
 * Bits: a bitset of all entries in order of entry, then one a candidate of each axis, of SETTLE_WORDS u64 each, an even number.
 */
export const SETTLE_BITS = 0;
export const SETTLE_WORDS = 4;
export const SETTLE_ENTRY_TICKS = 8;
export const SETTLE_ENTRY_SLOTS = 12;
/** One exit's points and exit ticks by entry; 0 if all sides are held. */
export const SETTLE_POINTS = 16;
export const SETTLE_TICKS = 20;
export const SETTLE_OPEN = 24;
export const SETTLE_POOL = 28;
export const SETTLE_LEADERS = 32;
export const SETTLE_TOP = 36;
/** How many sets have been walked. */
export const SETTLE_SETTLED = 40;
/** The bitset of what the cell at SETTLE_CELL captures. */
export const SETTLE_CAPTURED = 44;
export const SETTLE_SHIFT = 48;
export const SETTLE_DRAWDOWN_LIMIT = 56;
export const SETTLE_MOST_DRAWDOWN = 64;
/** Key of the last place as the caller knows it. */
export const SETTLE_FLOOR = 72;
/** The worst of the bounds that have been settled. */
export const SETTLE_SEEN_KEY = 80;
export const SETTLE_SEEN_RANK = 88;
export const SETTLE_CELL = 96;
/** Sums of falls by cell of a slab, 32 bytes each, and their scratch; 0 if there is no room for them. */
export const SETTLE_FALLS = 100;
export const SETTLE_FALL_SCRATCH = 104;
/** Entry tick by slot. */
export const SETTLE_SLOT_TICKS = 108;
/** Where the last set walked to its end fell most: after the trades of one tick (-1: from the start) up to those of another. */
export const SETTLE_FALL_FROM = 112;
export const SETTLE_FALL_TO = 116;
/** The best key of any bound. */
export const SETTLE_BEST_KEY = 120;
/** Exit ticks, f64: of each lane the one to fall after, then of each lane the one to fall to. */
export const SETTLE_SPANS = 128;
/** Ticks of one bar, f64. */
export const SETTLE_BAR_TICKS = 192;
export const SETTLE_BYTES = 208;

/** What `blockSums` keeps a block. */
export const BLOCK_STATISTICS = 8;

/** How much money a trade gets: an amount, a share of equity, or a share of equity that its stop loses. */
export const STAKE_FIXED = 0;
export const STAKE_SHARE = 1;
export const STAKE_RISK = 2;

export const DAY_MS = 86400000;
/** A stake above free money by no more than this share of equity is rounding. */
export const MONEY_TOLERANCE = 1e-9;

/**
 * One purse: u32 fields, f64 ones from ACCOUNT_CAPITAL on, and its sums from ACCOUNT_SUMS on. Columns of opportunities stand in the order in which
 * signals are acted on: f64 time of the signal's bar (ms), entry, ATR and funding until the entry; u32 symbol, i32 half bar of liquidation, i8 direction.
 */
export const ACCOUNT_ENTRY_TIMES = 0;
export const ACCOUNT_ENTRIES = 4;
export const ACCOUNT_ATRS = 8;
export const ACCOUNT_ENTRY_FUNDING = 12;
export const ACCOUNT_SYMBOLS = 16;
export const ACCOUNT_LIQUIDATIONS = 20;
export const ACCOUNT_DIRECTIONS = 24;
/** f64 by symbol and day: last close, and funding until it. */
export const ACCOUNT_CLOSES = 28;
export const ACCOUNT_DAY_FUNDING = 32;
export const ACCOUNT_DAYS = 36;
/** The trades of a set, in the same order: u32 opportunity, i32 half bar of the exit, u8 what ended it, f64 price of the exit and net return. */
export const ACCOUNT_TRADES = 40;
export const ACCOUNT_TIMES = 44;
export const ACCOUNT_REASONS = 48;
export const ACCOUNT_PRICES = 52;
export const ACCOUNT_RETURNS = 56;
/** Open positions, the next to leave last, and u8 by symbol whether one is open. */
export const ACCOUNT_OPEN = 60;
export const ACCOUNT_OPEN_SYMBOLS = 64;
export const ACCOUNT_SYMBOL_COUNT = 68;
/** f64 equity at the end of each day. */
export const ACCOUNT_EQUITY = 72;
export const ACCOUNT_STAKE_KIND = 76;
export const ACCOUNT_STOP_UNIT = 80;
export const ACCOUNT_MAX_OPEN = 84;
export const ACCOUNT_CAPITAL = 88;
export const ACCOUNT_STAKE = 96;
export const ACCOUNT_LEVERAGE = 104;
export const ACCOUNT_STOP = 112;
export const ACCOUNT_LIQUIDATION = 120;
export const ACCOUNT_COST = 128;
export const ACCOUNT_BAR_MS = 136;
export const ACCOUNT_FIRST_MS = 144;
export const ACCOUNT_SUMS = 152;
export const ACCOUNT_BYTES = 288;

/** f64 sums of an account, from ACCOUNT_SUMS on. */
export const SUM_EQUITY = 152;
export const SUM_MEAN = 160;
export const SUM_VARIANCE = 168;
export const SUM_DOWNSIDE = 176;
export const SUM_DRAWDOWN = 184;
export const SUM_DRAWDOWN_DAYS = 192;
export const SUM_MEAN_EQUITY = 200;
export const SUM_NOTIONAL = 208;
export const SUM_STAKE_MS = 216;
export const SUM_OPEN_MS = 224;
export const SUM_TRADES = 232;
export const SUM_WINS = 240;
export const SUM_LIQUIDATIONS = 248;
export const SUM_RUINED = 256;
export const SUM_SYMBOL_OPEN = 264;
export const SUM_MAX_OPEN = 272;
export const SUM_NO_MONEY = 280;

/** An open position: f64 time of its exit, stake, profit, notional, entry and funding until it; u32 symbol, i32 direction. */
export const POSITION_BYTES = 56;
