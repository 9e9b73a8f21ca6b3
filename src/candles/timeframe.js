import { InputError } from "../errors.js";
import { quoted } from "../text.js";
const unitMs = { m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Milliseconds of a timeframe such as `15m`, `4h` or `1d`; anything else is an InputError. `1M` is a month and `1m` a minute. */
export function parseTimeframe(text) {
    const [, count, unit] = /^([1-9]\d{0,3})([mhdHDwWM])$/.exec(text) ?? [];
    const refuse = (rule) => new InputError("TIMEFRAME", rule, {
        found: quoted(text),
        expected: "15m, 1h, 4h, 1d ...",
    });
    if (!count || !unit)
        throw refuse("a timeframe must be a number followed by m, h or d");
    if (/[wWM]/.test(unit))
        throw refuse("unsupported timeframe: Sluice reads minutes (m), hours (h) and days (d), not weeks or months");
    return Number(count) * unitMs[unit.toLowerCase()];
}
/** Whether a timeframe is in weeks or months: such candles have no fixed length, or do not fit a grid of days. */
export function isWeekOrMonth(text) {
    return /^[1-9]\d{0,3}([wWM]|mo)$/.test(text);
}
/** A timeframe as in file names: in the largest unit that divides it. */
export function formatTimeframe(timeframeMs) {
    for (const unit of ["d", "h", "m"])
        if (timeframeMs % unitMs[unit] === 0)
            return `${timeframeMs / unitMs[unit]}${unit}`;
    return `${timeframeMs}ms`;
}
/** A timeframe for a message: weeks and months by their names. */
export function spokenTimeframe(timeframeMs) {
    const days = timeframeMs / unitMs.d;
    if (days === 7)
        return "7d (a week)";
    if (days >= 28 && days <= 31)
        return `${days}d (a month)`;
    return formatTimeframe(timeframeMs);
}
