const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const weekMs = 7 * dayMs;
/** Shifts to look at: so many weeks, or days, before and after. */
const weeksAround = 8;
const daysAround = 5;
/** How many of the same moments in those weeks or days must be missing too. */
const share = 0.9;
const leastWeeks = 2;
const leastDays = 4;
/** A hole longer than this is not a closure: no recurring closure lasts that long. */
const longestMs = 6 * dayMs;
/** Shorter holes than this keep to their hours. */
const tolerantFromMs = 4 * hourMs;
/**
 * Slots of each missing run that lie in a closure: moments whose candles are also missing in the surrounding weeks, or in the surrounding
 * days (weekends, nights, trading breaks), and the Saturdays and Sundays of a market that has no candle on any of them. A run is not a
 * closure if its moments have candles in other weeks and days.
 */
export function closedSlots(grid) {
    if (grid.runs.length === 0)
        return [];
    const look = new Look(grid);
    const found = grid.runs.map(({ slot, bars }) => {
        const closed = new Uint8Array(bars);
        if (bars * grid.timeframeMs > longestMs)
            return closed;
        // Clocks change: a closure may begin or end an hour earlier or later than in the weeks around. Then all of the run is one.
        const isTolerant = bars * grid.timeframeMs >= tolerantFromMs;
        let isWhole = isTolerant;
        for (let k = 0; k < bars && isWhole; k++)
            isWhole = look.isClosed(slot + k, true);
        for (let k = 0; k < bars; k++)
            closed[k] = isWhole || look.isClosed(slot + k, false) ? 1 : 0;
        return closed;
    });
    return isMoreThanChance(grid, found) ? found : found.map(({ length }) => new Uint8Array(length));
}
/**
 * Whether more was found closed than randomly missing candles would explain: in a market so thin that a share q of its candles is missing,
 * q to the power of the moments looked at is missing in all of them.
 */
function isMoreThanChance(grid, found) {
    let missing = 0;
    let closed = 0;
    for (const [k, { bars }] of grid.runs.entries()) {
        if (bars * grid.timeframeMs > longestMs)
            continue;
        missing += bars;
        closed += found[k].reduce((sum, each) => sum + each, 0);
    }
    const q = missing / grid.slots;
    const spanMs = grid.slots * grid.timeframeMs;
    const seenOf = (periodMs, around) => Math.min(2 * around, Math.floor(spanMs / periodMs) - 1);
    const byChance = missing *
        (chanceOf(q, seenOf(weekMs, weeksAround), leastWeeks) + chanceOf(q, seenOf(dayMs, daysAround), leastDays));
    return closed > 10 * byChance + 10 || closed - byChance > (missing - byChance) / 2;
}
/** Probability that of `seen` moments, each missing with probability q, enough are missing to make a closure. */
function chanceOf(q, seen, least) {
    if (seen < least)
        return 0;
    let total = 0;
    // Binomial terms from all missing downwards.
    let term = 1;
    for (let k = 0; k < seen; k++)
        term *= q;
    for (let present = 0; seen - present >= share * seen; present++) {
        total += term;
        term *= ((1 - q) / q) * ((seen - present) / (present + 1));
    }
    return Math.min(1, total);
}
/** Looks at the same moment of other weeks and days. */
class Look {
    grid;
    isMissing;
    hourBars;
    weekBars;
    dayBars;
    /** By day of the week, 0 a Sunday: whether the market has any candle on it. */
    isObserved = new Array(7).fill(false);
    constructor(grid) {
        this.grid = grid;
        this.hourBars = Math.round(hourMs / grid.timeframeMs);
        this.weekBars = weekMs / grid.timeframeMs;
        this.dayBars = dayMs / grid.timeframeMs;
        this.isMissing = new Uint8Array(grid.slots);
        for (const { slot, bars } of grid.runs)
            this.isMissing.fill(1, slot, slot + bars);
        for (let slot = 0; slot < grid.slots; slot++)
            if (this.isMissing[slot] === 0)
                this.isObserved[this.weekday(slot)] = true;
    }
    isClosed(slot, isTolerant) {
        return (this.comesAgain(slot, this.weekBars, weeksAround, leastWeeks, isTolerant) ||
            this.comesAgain(slot, this.dayBars, daysAround, leastDays, isTolerant) ||
            this.isUnseenWeekend(slot));
    }
    comesAgain(slot, periodBars, around, least, isTolerant) {
        if (!Number.isInteger(periodBars))
            return false;
        let seen = 0;
        let missing = 0;
        for (let k = -around; k <= around; k++) {
            const at = slot + k * periodBars;
            if (k === 0 || at < 0 || at >= this.grid.slots)
                continue;
            seen++;
            if (this.isMissingAt(at, isTolerant))
                missing++;
        }
        return seen >= least && missing >= share * seen;
    }
    isMissingAt(at, isTolerant) {
        const { isMissing, hourBars } = this;
        if (isMissing[at] === 1)
            return true;
        return isTolerant && hourBars > 0 && (isMissing[at - hourBars] === 1 || isMissing[at + hourBars] === 1);
    }
    isUnseenWeekend(slot) {
        const weekday = this.weekday(slot);
        return (weekday === 0 || weekday === 6) && !this.isObserved[weekday];
    }
    weekday(slot) {
        return weekdayOf(this.grid.firstOpenTimeMs + slot * this.grid.timeframeMs);
    }
}
/** Day of the week of a time, UTC: 0 is Sunday. The epoch began on a Thursday. */
export function weekdayOf(timeMs) {
    return (Math.floor(timeMs / dayMs) + 4) % 7;
}
