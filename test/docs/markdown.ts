import { existsSync, readdirSync, readFileSync } from "node:fs";
import { root } from "../support/sources.ts";

/** A fenced block of a page. */
export interface Block {
  /** From the root. */
  readonly page: string;
  /** Of the page, counted from 1: where its first line is. */
  readonly line: number;
  /** What follows the fence; empty if nothing does. */
  readonly language: string;
  readonly text: string;
}

/** Every page that a user or contributor reads. */
export function pages(): string[] {
  const docs = readdirSync(`${root}docs`, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
  const examples = readdirSync(`${root}examples`).map((name) => `examples/${name}/README.md`);
  return ["README.md", "CONTRIBUTING.md", ...docs.map((name) => `docs/${name}`).sort(), ...examples].filter((page) =>
    existsSync(`${root}${page}`),
  );
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  let open: { readonly line: number; readonly language: string; readonly lines: string[] } | undefined;
  for (const [index, line] of readFileSync(`${root}${page}`, "utf8").split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open) {
      blocks.push({ page, line: open.line, language: open.language, text: open.lines.join("\n") });
      open = undefined;
    } else open = { line: index + 2, language: line.slice(3).trim(), lines: [] };
  }
  if (open) throw new Error(`${page}:${open.line}: a block that does not end`);
  return blocks;
}

/** The commands of a shell block, without comments; a line that ends with a backslash goes on in the next. */
export function commandsOf(text: string): string[] {
  return text
    .replaceAll(/\\\n\s*/g, "")
    .split("\n")
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((line) => line !== "");
}
