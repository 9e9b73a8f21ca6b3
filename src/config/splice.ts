import type { FileHandle } from "node:fs/promises";
import type { Container } from "./members.ts";
import { chunksOf } from "./source.ts";
import { type Style, wrapped } from "./style.ts";

/** One replacement of bytes: `start` to `end` (exclusive) become `text`. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A file's bytes with every edit made, chunk by chunk; edits may come in any order and do not overlap. Everything else stays. */
export async function* edited(handle: FileHandle, edits: readonly Edit[]): AsyncGenerator<Uint8Array, void> {
  let from = 0;
  for (const { start, end, text } of inOrder(edits)) {
    yield* chunksOf(handle, from, start);
    yield Buffer.from(text);
    from = end;
  }
  yield* chunksOf(handle, from);
}

/** The edits that take `edits` back, in the bytes that they made; `oldText` is what stood in an edit's place. */
export function inverse(edits: readonly Edit[], oldText: (edit: Edit) => string): Edit[] {
  let shift = 0;
  return inOrder(edits).map((edit) => {
    const start = edit.start + shift;
    const size = Buffer.byteLength(edit.text);
    shift += size - (edit.end - edit.start);
    return { start, end: start + size, text: oldText(edit) };
  });
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Spelling of an object's members: white space before a key, and what stands between key and value. */
export interface Spelling {
  readonly gap: string;
  readonly colon: string;
}

/** Puts members, their values JSON text already, behind the last one of an object at nesting level `depth`, spelled as that one is. */
export function insertMembers(
  object: Container,
  entries: readonly (readonly [key: string, text: string])[],
  style: Style,
  depth: number,
  ofLast?: Spelling,
): Edit {
  const last = object.members.at(-1);
  const { gap, colon } = ofLast ?? { gap: ownGap(style, depth), colon: style.colon };
  const items = entries.map(([key, text]) => JSON.stringify(key) + colon + text);
  if (!last)
    return { start: object.open + 1, end: object.close, text: wrapped(items, "{}", style, depth).slice(1, -1) };
  return { start: last.end, end: last.end, text: items.map((item) => `,${gap}${item}`).join("") };
}

function ownGap(style: Style, depth: number): string {
  return style.newline === null ? style.space : style.newline + style.unit.repeat(depth + 1);
}

/** Takes members out of an object, each with the comma that joins it to its neighbours. */
export function removeMembers(object: Container, keys: ReadonlySet<string>): Edit[] {
  const { members } = object;
  const firstStaying = members.findIndex(({ key }) => !keys.has(key));
  if (firstStaying < 0) return [{ start: object.open + 1, end: object.close, text: "" }];
  return members.flatMap((member, at): Edit[] => {
    if (!keys.has(member.key)) return [];
    return at < firstStaying
      ? [{ start: member.keyStart, end: members[at + 1]!.keyStart, text: "" }]
      : [{ start: member.gapStart, end: member.end, text: "" }];
  });
}
