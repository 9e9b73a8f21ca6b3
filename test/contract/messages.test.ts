import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ProductMessage, productMessages } from "../support/messages.ts";

const root = new URL("../../", import.meta.url);
const page = new URL("docs/messages.md", root);
/** `npm run docs:messages` writes the page anew. */
const isWriting = process.env["SLUICE_WRITE_MESSAGES"] === "1";

function pageOf(messages: readonly ProductMessage[]): string {
  const rooms = new Map<string, Set<string>>();
  for (const said of messages) rooms.set(said.room, (rooms.get(said.room) ?? new Set()).add(lineOf(said)));
  const sections = [...rooms].sort(([one], [other]) => compare(one, other));
  return [intro, ...sections.map(([room, lines]) => `## ${room}\n\n${[...lines].sort(compare).join("\n")}\n`)].join(
    "\n",
  );
}

const intro = `# Messages

Every error and warning, by room and code, as \`npm run docs:messages\` collects them from the sources. Parts that are only known at run time
are in braces: \`{path}\`. Where two texts are possible, both are in braces, with a bar between them.
`;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

function lineOf({ code, message, where, found, expected, remedy }: ProductMessage): string {
  const parts = [
    `\`${code ?? "-"}\``,
    message,
    where && `Where: ${where}`,
    found && `Found: ${found}`,
    expected && `Expected: ${expected}`,
    remedy && `Remedy: ${remedy}`,
  ];
  return `- ${parts.filter(Boolean).join(" · ").replaceAll(/\s+/g, " ")}`;
}

describe("the messages of the product", () => {
  it("are all on one page", () => {
    const text = pageOf(productMessages());
    if (isWriting) writeFileSync(page, text);
    const [held, made] = [readFileSync(page, "utf8").split("\n"), text.split("\n")];
    // The lines that differ alone: a diff of the whole page would bury them.
    const stale = [...held.filter((line) => !made.includes(line)), ...made.filter((line) => !held.includes(line))];
    expect(stale, "npm run docs:messages writes the page anew").toEqual([]);
    expect(held.length).toBe(made.length);
  });
});
