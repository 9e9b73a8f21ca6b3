import { weekdayOf } from "./closures.js";
const minuteMs = 60_000;
const dayMs = 86_400_000;
const dayNames = ["Sundays", "Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays"];
/** Weekdays as people list them. */
const order = [1, 2, 3, 4, 5, 6, 0];
/** When a market is closed, from the open times of the slots in its closures and the span of its grid; null if it has none. */
export function closedText(closedTimesMs, span) {
    const perDay = dayMs / span.timeframeMs;
    if (!Number.isInteger(perDay))
        return null;
    const counts = new Uint32Array(7 * perDay);
    let any = false;
    for (const timeMs of closedTimesMs) {
        counts[weekdayOf(timeMs) * perDay + Math.floor((timeMs % dayMs) / span.timeframeMs)]++;
        any = true;
    }
    if (!any)
        return null;
    const weeks = Math.max(1, span.slots / (7 * perDay));
    // Clock changes and holidays blur the edges: what is closed in half of the weeks is closed.
    const closed = order.map((day) => Array.from(counts.subarray(day * perDay, (day + 1) * perDay), (count) => count >= weeks / 2));
    const whole = order.filter((_, k) => closed[k].every(Boolean));
    const offsetMs = span.firstOpenTimeMs % span.timeframeMs;
    const clock = (bar) => {
        const isMidnight = bar === 0 || bar === perDay;
        const minutes = Math.round((bar * span.timeframeMs + (isMidnight ? 0 : offsetMs)) / minuteMs);
        return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
    };
    const spans = new Map();
    for (const [k, day] of order.entries())
        if (!whole.includes(day)) {
            const text = spansOf(closed[k])
                .map(([from, to]) => `${clock(from)}-${clock(to)}`)
                .join(" and ");
            if (text !== "")
                spans.set(text, [...(spans.get(text) ?? []), day]);
        }
    const parts = [
        ...(whole.length > 0 ? [listed(whole.map((day) => dayNames[day]))] : []),
        ...[...spans].map(([text, days]) => `${text} UTC on ${listed(days.map((day) => dayNames[day]))}`),
    ];
    return parts.length === 0 ? "at recurring times" : parts.join("; ");
}
/** Runs of closed bars of one day, from and to; a run over midnight is one, such as 20:00 to 13:30. */
function spansOf(flags) {
    const spans = [];
    for (let from = 0; from < flags.length; from++) {
        if (!flags[from])
            continue;
        let to = from;
        while (to < flags.length && flags[to])
            to++;
        spans.push([from, to]);
        from = to;
    }
    const [first, last] = [spans[0], spans.at(-1)];
    if (spans.length < 2 || first[0] !== 0 || last[1] !== flags.length)
        return spans;
    return [...spans.slice(1, -1), [last[0], first[1]]];
}
/** Words as a list: "a, b and c"; the working days as one. */
function listed(words) {
    if (words.join() === dayNames.slice(1, 6).join())
        return "Mondays to Fridays";
    if (words.length === 1)
        return words[0];
    return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
