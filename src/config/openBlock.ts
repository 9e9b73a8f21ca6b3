import { plainColon, plainGap } from "./comments.ts";
import { type Container, type Member, membersOf } from "./members.ts";
import type { Block, Scan } from "./scan.ts";
import type { Spelling } from "./splice.ts";
import type { Style } from "./style.ts";

/** An object or list inside a kept block, with its members and bytes; offsets are within the file. */
export interface OpenBlock extends Container {
  textOf(member: Member): string;
  find(key: string): Member | undefined;
  /** How its last member is spelled; undefined if it has none. */
  spelling(style: Style): Spelling | undefined;
}

/** Parses a kept block. */
export function openBlock(block: Block): OpenBlock {
  const container = membersOf(block.bytes, block.start);
  const slice = (start: number, end: number): string =>
    block.bytes.toString("utf8", start - block.start, end - block.start);
  return {
    ...container,
    textOf: ({ start, end }) => slice(start, end),
    find: (key) => container.members.find((member) => member.key === key),
    spelling(style) {
      const last = container.members.at(-1);
      if (!last) return undefined;
      const gap = plainGap(slice(last.gapStart, last.keyStart));
      // A single member on one line shows no space behind a comma.
      const isShown = container.members.length > 1 || gap.includes("\n");
      return { gap: isShown ? gap : style.space, colon: plainColon(slice(last.keyEnd, last.start)) };
    },
  };
}

/** A member as a block of its own. */
export function blockAt(block: Block, { start, end }: Member): Block {
  return { start, bytes: block.bytes.subarray(start - block.start, end - block.start) };
}

/** The style for additions inside a block: on one line if the block is. */
export function styleWithin(style: Style, spelling: Spelling | undefined): Style {
  return spelling && !spelling.gap.includes("\n") ? { ...style, newline: null, colon: spelling.colon } : style;
}

/** The value at a path of keys, as a block of its own; undefined if there is none. */
export function blockAtPath(scan: Pick<Scan, "blocks">, [outer, ...inner]: readonly string[]): Block | undefined {
  let block = scan.blocks.get(outer!);
  for (const key of inner) {
    const opened = block && openBlock(block);
    const member = opened?.kind === "object" ? opened.find(key) : undefined;
    block = block && member && blockAt(block, member);
  }
  return block;
}

/** Raw text of the value at a path of keys; undefined if there is none. */
export function textAt(scan: Pick<Scan, "blocks">, path: readonly string[]): string | undefined {
  return blockAtPath(scan, path)?.bytes.toString();
}
