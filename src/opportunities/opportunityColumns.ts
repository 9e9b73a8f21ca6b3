/**
 * Opportunities in memory: columns of one length by name, with the names and the meaning that they have in a file: `symbol`, `timestamp` (open time of
 * the signal's candle, epoch ms), `direction` (long or short, 1 or -1), and, if there are such, `type`, `entry`, `atr`, `exit_time` and any features.
 * NaN and an empty text stand for a missing value.
 */
export type OpportunityColumns = Readonly<Record<string, ArrayLike<number | string | boolean>>>;
