import { InputError } from "../errors.js";
import { isoTime } from "./rowErrors.js";
import { formatTimeframe, spokenTimeframe } from "./timeframe.js";
const hourMs = 3_600_000;
/** This many equal steps in a row are not holes: from there on the file is of another timeframe. */
const longestStreak = 20;
/** Refuses rows whose spacing shows that all, or many in a row, are candles of another timeframe, and names the one that fits. */
export function checkSpacing({ runs, count }, timeframeMs, place) {
    if (runs.length < 2)
        return;
    const counts = new Map([[timeframeMs, count - runs.length]]);
    let streak = { step: 0, length: 0, run: runs[1] };
    for (let k = 1; k < runs.length; k++) {
        const [before, run] = [runs[k - 1], runs[k]];
        const step = run.timeMs - lastTimeMs(before, run, timeframeMs);
        counts.set(step, (counts.get(step) ?? 0) + 1);
        const goesOn = step === streak.step && run.index - before.index === 1;
        streak = goesOn ? { ...streak, length: streak.length + 1 } : { step, length: 1, run };
        if (streak.length === longestStreak)
            throw otherTimeframe(place(streak.run.line), streak.step, timeframeMs, `${longestStreak} candles in a row`);
    }
    const [commonest, times] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
    if (commonest === timeframeMs)
        return;
    const steps = count - 1;
    const own = counts.get(timeframeMs);
    // One odd step may be a hole; if half the steps of a file are off and hardly any fit, it is of another timeframe.
    const isOther = steps === 1 ? commonest < timeframeMs : times >= steps / 2 && own < Math.max(1, steps / 10);
    if (isOther)
        throw otherTimeframe(place(runs[1].line), commonest, timeframeMs, `${times} of ${steps} candles`);
}
function otherTimeframe(where, stepMs, timeframeMs, which) {
    const [step, timeframe] = [formatTimeframe(stepMs), formatTimeframe(timeframeMs)];
    return new InputError("CANDLE_SPACING", "the candles are not of the timeframe in their file name", {
        where,
        found: `${which} open ${spokenTimeframe(stepMs)} after the one before, not ${timeframe}`,
        expected: `a candle every ${timeframe}`,
        remedy: `rename them to ${step} if that is what they are, or download ${timeframe} candles`,
    });
}
/**
 * Slots of the runs, in bars from the first candle. Opens need not fall on round hours, but all must lie on one grid; in timeframes above
 * one hour a clock change may move the grid by an hour and back. Throws InputError at the first row off the grid.
 */
export function runSlotsOf({ runs }, timeframeMs, place) {
    const first = runs[0];
    const slots = [];
    let shiftMs = 0;
    let next = 0;
    for (const [k, run] of runs.entries()) {
        const slot = Math.floor((run.timeMs - first.timeMs) / timeframeMs + 0.5);
        const offMs = run.timeMs - first.timeMs - slot * timeframeMs;
        if (offMs !== 0) {
            if (timeframeMs <= hourMs || Math.abs(offMs) !== hourMs || (shiftMs !== 0 && offMs !== shiftMs))
                throw offGrid(run, first, timeframeMs, place);
            shiftMs = offMs;
        }
        if (slot < next)
            throw offGrid(run, first, timeframeMs, place);
        slots.push(slot);
        next = slot + lengthOf(runs, k);
    }
    return { firstOpenTimeMs: first.timeMs + Math.min(0, shiftMs), slots, isShifted: shiftMs !== 0 };
}
/** How many candles a run has; not called for the last run. */
function lengthOf(runs, k) {
    return (runs[k + 1]?.index ?? runs[k].index + 1) - runs[k].index;
}
function lastTimeMs(run, next, timeframeMs) {
    return run.timeMs + (next.index - run.index - 1) * timeframeMs;
}
function offGrid(run, first, timeframeMs, place) {
    const timeframe = formatTimeframe(timeframeMs);
    return new InputError("CANDLE_GRID", `${timeframe} candles must all lie on one grid`, {
        where: place(run.line),
        found: `${isoTime(run.timeMs)}, not a multiple of ${timeframe} after the first candle at ${isoTime(first.timeMs)}`,
        expected: `open times ${timeframe} apart, or a multiple of it`,
        remedy: "check the timestamp of this row, and that all rows are of one timeframe",
    });
}
