// Control codes, marks that reorder or hide text, lone surrogates, line and paragraph separators.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const shortEscapes = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
/** Text safe for a terminal: characters that would move the cursor, colour, reorder or hide text become escapes such as `\u001b`. */
export function escaped(text) {
    return text.replace(unprintable, (character) => {
        const hex = character.codePointAt(0).toString(16);
        return shortEscapes[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`);
    });
}
/** A cell for a message: in quotes, escaped, and cut at 40 characters. */
export function quoted(text) {
    return escaped(JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}...` : text));
}
