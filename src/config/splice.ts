import type { FileHandle } from "node:fs/promises";
import type { Container, Member } from "./members.ts";
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

/** The edits that undo `edits`, in the resulting bytes; `oldText` is the text that an edit replaced. */
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

/** Formatting of an object's members: white space before a key, and the text between key and value. */
export interface Spelling {
  readonly gap: string;
  readonly colon: string;
}

/**
 * Adds members, whose values are already JSON text, after the last one of an object at nesting level `depth` and after its comment, in the
 * same format.
 */
export function insertMembers(
  object: Container,
  entries: readonly (readonly [key: string, text: string])[],
  style: Style,
  depth: number,
  ofLast?: Spelling,
): Edit[] {
  const last = object.members.at(-1);
  const { gap, colon } = ofLast ?? { gap: ownGap(style, depth), colon: style.colon };
  const items = entries.map(([key, text]) => JSON.stringify(key) + colon + text);
  const text = last
    ? items.map((item, k) => (k === 0 ? "" : ",") + gap + item).join("")
    : wrapped(items, "{}", style, depth).slice(1, -1);
  const { blankFrom, close } = object;
  const isBroken = !object.isAfterLineComment || /^\r?\n/.test(text);
  const start = { start: blankFrom, end: last ? blankFrom : close, text: isBroken ? text : `\n${text}` };
  if (!last) return [start];
  if (blankFrom === last.end) return [{ ...start, text: `,${start.text}` }];
  return [{ start: last.end, end: last.end, text: "," }, start];
}

function ownGap(style: Style, depth: number): string {
  return style.newline === null ? style.space : style.newline + style.unit.repeat(depth + 1);
}

/** Removes members from an object, each with the comma that joins it to its neighbours; comments stay. */
export function removeMembers(object: Container, keys: ReadonlySet<string>): Edit[] {
  const { members } = object;
  const staying = members.findIndex(({ key }) => !keys.has(key));
  const firstStaying = staying < 0 ? members.length : staying;
  const hasComments = members.some(({ hasCommentBefore }) => hasCommentBefore) || object.blankFrom > lastEnd(object);
  if (staying < 0 && !hasComments) return [cut(object.open + 1, object.close)];
  return members.flatMap((member, at): Edit[] => {
    if (!keys.has(member.key)) return [];
    if (at >= firstStaying)
      return member.hasCommentBefore ? cutAlone(member, member) : [cut(member.gapStart, member.end)];
    const next = members[at + 1];
    if (!next) return [cut(member.keyStart, member.end)];
    return next.hasCommentBefore ? cutAlone(member, next) : [cut(member.keyStart, next.keyStart)];
  });
}

/** A member and one comma, but not the text between them. */
function cutAlone({ keyStart, end }: Member, { comma }: Member): Edit[] {
  return [cut(comma, comma + 1), cut(keyStart, end)];
}

function cut(start: number, end: number): Edit {
  return { start, end, text: "" };
}

function lastEnd({ members, open }: Container): number {
  return members.at(-1)?.end ?? open + 1;
}
