import type { Member, ObjectRanges } from "./jsonRanges.ts";

/** One replacement of bytes: `start` to `end` (exclusive) become `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The bytes with every edit made; edits may come in any order and do not overlap. Everything else stays to the byte. */
export function applyEdits(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start)) {
    parts.push(bytes.subarray(from, start), Buffer.from(text, "utf8"));
    from = end;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

/** Puts members behind the last one of an object, spaced as its own are. `object`'s ranges count within `bytes`. */
export function insertMembers(
  bytes: Uint8Array,
  object: ObjectRanges,
  entries: readonly (readonly [key: string, value: unknown])[],
): Edit {
  const last = object.members.at(-1);
  const spacing = last ? spacingBefore(bytes, last) : "";
  const text = entries
    .map(([key, value]) => `${spacing}${JSON.stringify(key)}: ${formatted(value, spacing)}`)
    .join(",");
  const at = last ? last.end : object.open + 1;
  return { start: at, end: at, text: last ? `,${text}` : text };
}

/** White space between a member's key and what stands before it. */
export function spacingBefore(bytes: Uint8Array, member: Member): string {
  let start = member.keyStart;
  while (start > 0 && [0x20, 0x09, 0x0a, 0x0d].includes(bytes[start - 1]!)) start--;
  return new TextDecoder().decode(bytes.subarray(start, member.keyStart));
}

/** JSON text of a value, indented as members with this spacing are; on one line where they are. */
export function formatted(value: unknown, spacing: string): string {
  const newline = spacing.lastIndexOf("\n");
  if (newline < 0) return JSON.stringify(value);
  const indent = spacing.slice(newline + 1);
  const unit = indent === "" ? 2 : indent.includes("\t") ? "\t" : Math.min(indent.length, 4) || 2;
  return JSON.stringify(value, null, unit).replaceAll("\n", `\n${indent}`);
}
