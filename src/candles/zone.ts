import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import type { ZoneUnsaid } from "./csvForm.ts";

const minuteMs = 60_000;
const offsetForm = /^([+-])(\d\d):?(\d\d)$/;

/** What a time zone may be, in words. */
export const zoneWords = "UTC, or a fixed offset from it such as -05:00";

/** Milliseconds by which a zone is ahead of UTC; null if the text is no zone. Fixed offsets only: no zone whose clock changes. */
export function zoneOffsetMs(text: string): number | null {
  if (/^(UTC|Z)$/i.test(text)) return 0;
  const [, sign, hours, minutes] = offsetForm.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return null;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minuteMs;
}

/** Refuses a file of a form whose zone nobody told. */
export function zoneMissing(path: string, { form, remedy }: ZoneUnsaid): InputError {
  return new InputError("CANDLE_ZONE", "the time zone of the file is not known", {
    where: escaped(path),
    found: `times without an offset, in a form that is ${form}`,
    expected: zoneWords,
    remedy,
  });
}
