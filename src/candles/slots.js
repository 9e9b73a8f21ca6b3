/** The slot of a candle. */
export function slotOf({ slots }, index) {
    return slots ? slots[index] : index;
}
/** The first candle at or after a slot (which may be a fraction); `count` if there is none. */
export function candleFrom({ slots, count }, slot) {
    if (!slots)
        return Math.min(count, Math.max(0, Math.ceil(slot)));
    let from = 0;
    let to = count;
    while (from < to) {
        const middle = (from + to) >> 1;
        if (slots[middle] < slot)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
/**
 * Number of candles after one that a path of `bars` bars reaches: up to the slot where it ends, or, if that candle is missing, the next
 * one; as far as there is data.
 */
export function reachOf(candles, index, bars) {
    const last = candles.count - 1 - index;
    if (!candles.slots)
        return Math.min(last, bars);
    return Math.min(last, candleFrom(candles, slotOf(candles, index) + bars) - index);
}
