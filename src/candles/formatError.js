import { InputError } from "../errors.js";
import { escaped, quoted } from "../text.js";
/** Refuses a file that is not what its first bytes promise. */
export function damagedFile(path, what, found, cause) {
    return new InputError("CANDLE_FORMAT", `the ${what} file is damaged or cut short`, {
        where: escaped(path),
        found: escaped(found),
        expected: `a whole ${what} file`,
        remedy: "download or export it again",
    }, { cause });
}
/** Refuses a file of a sound format that cannot be candles, or is written as Sluice does not read it. */
export function unreadableFile(path, rule, found, expected) {
    return new InputError("CANDLE_FORMAT", rule, {
        where: escaped(path),
        found,
        expected,
        remedy: "export the candles again, as CSV or JSON if need be",
    });
}
/** Refuses a column of candles that does not hold numbers. */
export function notNumbers(path, name, type) {
    return unreadableFile(path, "a column of candles must hold numbers, or times", `${quoted(name)} of type ${escaped(type)}`, "floating point numbers, integers or timestamps");
}
/** What a library throws at bytes that it does not understand, as an InputError; errors of the system and of Sluice as they are. */
export function asDamaged(path, what, cause) {
    if (cause instanceof InputError || cause.syscall !== undefined)
        return cause;
    return damagedFile(path, what, cause instanceof Error ? cause.message.slice(0, 200) : "unreadable bytes", cause);
}
