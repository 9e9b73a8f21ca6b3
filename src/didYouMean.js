/** A name without case and separators: `ADA/USDT` and `adausdt` are the same one. */
const bare = (name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
/** The name that a word was most likely meant to be; null if none is close: up to every third letter may be wrong. */
export function nearest(word, names) {
    const wanted = bare(word);
    let best = null;
    let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
    for (const name of names) {
        const other = bare(name);
        const isBegun = wanted.length >= 4 && other.startsWith(wanted);
        const distance = isBegun ? Math.min(1, editsBetween(wanted, other)) : editsBetween(wanted, other);
        if (distance >= least)
            continue;
        least = distance;
        best = name;
    }
    return best;
}
/** `did you mean X?`, or `otherwise` if no name is close. */
export function didYouMean(word, names, otherwise) {
    const name = nearest(word, names);
    return name === null ? otherwise : `did you mean ${name}?`;
}
/** Letters to insert, delete, replace or swap with their neighbour (optimal string alignment; Damerau 1964). Long words are not compared. */
function editsBetween(a, b) {
    if (Math.abs(a.length - b.length) > 20 || a.length > 100)
        return Number.POSITIVE_INFINITY;
    let beforeLast = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const isSame = a[i - 1] === b[j - 1];
            let edits = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
            if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
                edits = Math.min(edits, beforeLast[j - 2] + 1);
            row.push(edits);
        }
        beforeLast = last;
        last = row;
    }
    return last[b.length];
}
