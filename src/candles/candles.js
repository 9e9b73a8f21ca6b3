import { candleFrom, slotOf } from "./slots.js";
/** Candles with none missing and nothing to report beyond their columns. */
export function unbroken(series) {
    return {
        ...series,
        slots: null,
        times: null,
        holes: [],
        breaks: [],
        closed: null,
        readAs: null,
        defects: { duplicates: 0, dropped: 0, repaired: 0, unfinished: 0 },
    };
}
/** Open time of a candle, epoch ms UTC. */
export function openTimeMs(candles, index) {
    return candles.times ? candles.times[index] : candles.firstOpenTimeMs + slotOf(candles, index) * candles.timeframeMs;
}
/** Close time of the last candle, epoch ms UTC. */
export function endTimeMs(candles) {
    return openTimeMs(candles, candles.count - 1) + candles.timeframeMs;
}
/** The first candle that opens at or after a time; `count` if there is none. */
export function candleFromTime(candles, timeMs) {
    const { times, count, firstOpenTimeMs, timeframeMs } = candles;
    if (!times)
        return candleFrom(candles, (timeMs - firstOpenTimeMs) / timeframeMs);
    let from = 0;
    let to = count;
    while (from < to) {
        const middle = (from + to) >> 1;
        if (times[middle] < timeMs)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
/** The candle that opens at exactly this time, or -1 if there is none. */
export function barAt(candles, timeMs) {
    const index = candleFromTime(candles, timeMs);
    return index < candles.count && openTimeMs(candles, index) === timeMs ? index : -1;
}
/**
 * The slot that a time opens, between candles and after the last one too; -1 if it is off the grid or before the first candle. A missing
 * candle's time counts on from the candle before it, as far as the next one's slot.
 */
export function slotAtTime(candles, timeMs) {
    const next = candleFromTime(candles, timeMs);
    if (next < candles.count && openTimeMs(candles, next) === timeMs)
        return slotOf(candles, next);
    if (next === 0)
        return -1;
    const bars = (timeMs - openTimeMs(candles, next - 1)) / candles.timeframeMs;
    if (!Number.isInteger(bars))
        return -1;
    const slot = slotOf(candles, next - 1) + bars;
    return next < candles.count ? Math.min(slot, slotOf(candles, next)) : slot;
}
/** The time that `slotAtTime` reads as a slot, epoch ms: the open of its candle, or where a missing one would have opened. */
export function timeOfSlot(candles, slot) {
    const at = candleFrom(candles, slot);
    if (at < candles.count && slotOf(candles, at) === slot)
        return openTimeMs(candles, at);
    return openTimeMs(candles, at - 1) + (slot - slotOf(candles, at - 1)) * candles.timeframeMs;
}
/** The candle at which a trade ends that was held for this many bars after a candle. */
export function candleAfterBars(candles, index, bars) {
    return candleFrom(candles, slotOf(candles, index) + bars);
}
/** The end (exclusive) of the unbroken stretch that contains a candle. */
export function stretchEnd({ breaks, count }, index) {
    for (const { index: first } of breaks)
        if (first > index)
            return first;
    return count;
}
/** Whether the data covers a whole path of `bars` bars after a candle, with no break. */
export function fitsPath(candles, index, bars) {
    const last = stretchEnd(candles, index) - 1;
    return slotOf(candles, last) - slotOf(candles, index) >= bars;
}
/** Whether a path of `bars` bars after a candle would cross a break. */
export function crossesBreak(candles, index, bars) {
    return stretchEnd(candles, index) < candles.count && !fitsPath(candles, index, bars);
}
/** The stretches between breaks, each a series of its own in views of the same columns; the series itself if it has no break. */
export function stretchesOf(candles) {
    if (candles.breaks.length === 0)
        return [{ first: 0, candles }];
    const firsts = [0, ...candles.breaks.map(({ index }) => index)];
    return firsts.map((first, k) => ({ first, candles: part(candles, first, firsts[k + 1] ?? candles.count) }));
}
/** Candles `from` to `to` (exclusive) as a series of its own, in views of the same columns; at least one. */
export function part(candles, from, to) {
    if (from === 0 && to === candles.count)
        return candles;
    const { slots, times } = candles;
    const firstSlot = slotOf(candles, from);
    const isWhole = slotOf(candles, to - 1) - firstSlot === to - 1 - from;
    return {
        ...candles,
        firstOpenTimeMs: candles.firstOpenTimeMs + firstSlot * candles.timeframeMs,
        count: to - from,
        slots: isWhole || !slots ? null : slots.slice(from, to).map((slot) => slot - firstSlot),
        times: times?.subarray(from, to) ?? null,
        open: candles.open.subarray(from, to),
        high: candles.high.subarray(from, to),
        low: candles.low.subarray(from, to),
        close: candles.close.subarray(from, to),
        volume: candles.volume.subarray(from, to),
        holes: candles.holes
            .filter(({ index }) => index > from && index < to)
            .map((hole) => ({ ...hole, index: hole.index - from })),
        breaks: candles.breaks
            .filter(({ index }) => index > from && index < to)
            .map((each) => ({ ...each, index: each.index - from })),
    };
}
/** Candles missing during open hours. */
export function missingCandles({ holes }) {
    return holes.reduce((sum, { missing }) => sum + missing, 0);
}
