const dayMs = 86_400_000;
/** Across a hole of a day or more a smaller step is a change of unit already: such steps are announced, and trading stops for them. */
const ratioAcrossDay = 3;
/** Default ratio of an open to the previous close at which a series breaks. */
export const defaultBreakRatio = 8;
/**
 * Where the unit of a series changes: the ratio of an open to the previous close, either way up, is at least `ratio`, or at least 3 across a
 * hole of a day or more. `barsBefore` tells how many candles are missing before one.
 */
export function breaksOf(open, close, timeframeMs, ratio, barsBefore) {
    const breaks = [];
    const least = Math.min(ratio, ratioAcrossDay);
    const isStep = (from, to, by) => to >= by * from || from >= by * to;
    for (let index = 1; index < open.length; index++) {
        const [from, to] = [close[index - 1], open[index]];
        if (!isStep(from, to, least))
            continue;
        const isAcrossDay = (barsBefore.get(index) ?? 0) * timeframeMs >= dayMs;
        if (isAcrossDay || isStep(from, to, ratio))
            breaks.push({ index, ratio: to / from });
    }
    return breaks;
}
