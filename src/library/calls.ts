import { offThread } from "./offThread.ts";

/** The whole run: scan, learn, search, judge, and save what may be believed. */
export const optimize = offThread("optimize");
/** The whole run on a synthetic market. */
export const demo = offThread("demo");
/** Phase 1 alone: candles to an opportunity file. */
export const scan = offThread("scan");
/** One exhaustive search of one type's space over an opportunity file. */
export const search = offThread("search");
/** One parameter set over an opportunity file. */
export const simulate = offThread("simulate");
/** Phase 4 alone, for any parameter set. */
export const validate = offThread("validate");
/** What a search would take, before it runs. */
export const plan = offThread("plan");
/** What is in a candle folder or file. */
export const inspectCandles = offThread("inspectCandles");
