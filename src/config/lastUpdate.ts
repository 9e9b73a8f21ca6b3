/** A time with second precision, its date and clock joined by a space or T, with or without fraction and zone. */
const pattern = /^(\d{4}-\d\d-\d\d)(?:([ T])(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** Numbers from here on are milliseconds since 1970, below it seconds. */
const leastMs = 1e11;

/** The moment that a `last_update` names, epoch ms; one without a zone is read as UTC. Null if it names none. */
export function readStamp(value: unknown): number | null {
  if (typeof value === "number") return value >= leastMs ? value : value * 1000;
  const parts = typeof value === "string" ? pattern.exec(value) : null;
  if (!parts) return null;
  const [, date, , clock = "00:00:00", fraction = "", zone = "Z"] = parts;
  const time = Date.parse(`${date}T${clock}${fraction}${zone.replace(/(\d\d)(\d\d)$/, "$1:$2")}`);
  return Number.isNaN(time) ? null : time;
}

/**
 * A moment in the format of the file's previous one: `2025-11-20 03:15:07`, ISO with the same decimals and zone, or a number of seconds or
 * milliseconds; the first of these if the file had nothing or only words (`never`). Null if the file uses any other format: such a value is
 * left alone.
 */
export function writeStamp(before: unknown, timeMs: number): string | number | null {
  if (typeof before === "number") {
    const time = before >= leastMs ? timeMs : timeMs / 1000;
    return Number.isInteger(before) ? Math.floor(time) : time;
  }
  const isMissing = before === undefined || before === null;
  const isWord = typeof before === "string" && !/\d/.test(before);
  const isTime = typeof before === "string" && pattern.test(before);
  if (!isMissing && !isWord && !isTime) return null;
  const [, , separator = " ", , fraction = "", zone = ""] = (typeof before === "string" && pattern.exec(before)) || [];
  const iso = new Date(timeMs).toISOString();
  const decimals = fraction === "" ? "" : iso.slice(19, 23).padEnd(fraction.length, "0").slice(0, fraction.length);
  const utc = zone === "" || zone === "Z" ? zone : zone.includes(":") ? "+00:00" : "+0000";
  return `${iso.slice(0, 10)}${separator}${iso.slice(11, 19)}${decimals}${utc}`;
}
