import { InputError } from "../errors.js";
import { escaped } from "../text.js";
const minuteMs = 60_000;
const offsetForm = /^([+-])(\d\d):?(\d\d)$/;
/** What a time zone may be, in words. */
export const zoneWords = "UTC, or a fixed offset from it such as -05:00";
/** Milliseconds by which a zone is ahead of UTC; null if the text is no zone. Fixed offsets only: no zone whose clock changes. */
export function zoneOffsetMs(text) {
    if (/^(UTC|Z)$/i.test(text))
        return 0;
    const [, sign, hours, minutes] = offsetForm.exec(text) ?? [];
    if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59)
        return null;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}
/** Refuses a file of a form whose zone nobody told. */
export function zoneMissing(path, { form, remedy }) {
    return new InputError("CANDLE_ZONE", "the time zone of the file is not known", {
        where: escaped(path),
        found: `times without an offset, in a form that is ${form}`,
        expected: zoneWords,
        remedy,
    });
}
