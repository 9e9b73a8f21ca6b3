import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { errorCodes } from "../../src/errorCodes.ts";
import { type ProductMessage, productMessages } from "../support/messages.ts";

const root = new URL("../../", import.meta.url);
const page = new URL("docs/messages.md", root);
/** `npm run docs:messages` writes the page anew. */
const isWriting = process.env["SLUICE_WRITE_MESSAGES"] === "1";

function pageOf(messages: readonly ProductMessage[]): string {
  const rooms = new Map<string, Set<string>>();
  for (const said of messages) rooms.set(said.room, (rooms.get(said.room) ?? new Set()).add(lineOf(said)));
  const sections = [...rooms].sort(([one], [other]) => compare(one, other));
  const codes = `## Codes of errors\n\n${errorCodes.map((code) => `\`${code}\``).join(", ")}\n`;
  return [
    intro,
    codes,
    ...sections.map(([room, lines]) => `## ${room}\n\n${[...lines].sort(compare).join("\n")}\n`),
  ].join("\n");
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

/** What reads as a riddle, as an archaism, or as a private word where the field has one; each with what to write. */
const banned: readonly (readonly [RegExp, string])[] = [
  [/unless said/i, "default"],
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\bours to\b/i, "a bug in Sluice"],
  [/(?<!there )\bis no (parameter|option|value|file|number|candle|move)\b/i, "unknown, invalid, is not a"],
  [/there is none of/i, "unknown"],
  [/where there (is|are) none/i, "if there is none"],
  [/(?<!(would|may|might) )\b(has|have) to be\b/i, "must be"],
  [/\bseldom\b/i, "rarely"],
  [/\bsurely\b/i, "clearly"],
  [/\bstands? twice\b/i, "duplicate"],
  [/\bgo(ne|es)? back to the byte\b/i, "restored byte for byte"],
  [/\btak(e|es|en) (a save|saves) back\b/i, "undo"],
  [/\bhow-manieth\b/i, "number"],
  [/\ball the same\b/i, "anyway"],
  [/\bheld against\b/i, "compared with"],
  [/\bwhat (became|came) of\b/i, "what happened to, the outcome of"],
  [/\bis it meant\b|\bis meant\?/i, "is that intended"],
  [/\b(points?|percent|%) a (trade|day|side)\b/i, "per"],
  [/\b(position|fee|slippage|row|element|bytes?|value) an? (symbol|side|row|candle|opportunity|column)\b/i, "per"],
];

/** What belongs in no message, though a comment may say it. */
const bannedInMessages: readonly (readonly [RegExp, string])[] = [
  [/\bnor\b/i, "or"],
  [/\bstands?\b/i, "is"],
  [/\b(fewest|least capture)\b/i, "minimum"],
  [/Remedy: give\b/, "use, set, add"],
  [/(?<!there )\bis no\b/i, "is not a"],
];

const texts = [
  "README.md",
  "CHANGELOG.md",
  ...under("docs", ".md"),
  ...under("src", ".ts"),
  ...under("assembly", ".ts"),
];

function under(folder: string, ending: string): string[] {
  const names = readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}

function found(name: string, text: string, phrases: typeof banned): string[] {
  return text.split("\n").flatMap((line, at) =>
    phrases.flatMap(([phrase, better]) => {
      const [said] = phrase.exec(line) ?? [];
      return said === undefined ? [] : [`${name}:${at + 1}: "${said}" (write: ${better})`];
    }),
  );
}

describe("the messages of the product", () => {
  it("have no code that is listed and never used, and no list out of order", () => {
    const sources = readdirSync(new URL("src/", root), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && name !== "errorCodes.ts")
      .map((name) => readFileSync(new URL(`src/${name}`, root), "utf8"))
      .join("\n");
    expect(errorCodes.filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
    expect([...errorCodes]).toEqual([...new Set(errorCodes)].sort());
  });

  it("are all on one page", () => {
    const text = pageOf(productMessages());
    if (isWriting) writeFileSync(page, text);
    const [held, made] = [readFileSync(page, "utf8").split("\n"), text.split("\n")];
    // The lines that differ alone: a diff of the whole page would bury them.
    const stale = [...held.filter((line) => !made.includes(line)), ...made.filter((line) => !held.includes(line))];
    expect(stale, "npm run docs:messages writes the page anew").toEqual([]);
    expect(held.length).toBe(made.length);
  });

  it("have the words of their field, and so have help, comments and docs", () => {
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.flatMap((name) => found(name, readFileSync(new URL(name, root), "utf8"), banned))).toEqual([]);
    expect(found("docs/messages.md", pageOf(productMessages()), bannedInMessages)).toEqual([]);
  });

  it("are found wherever they are said: by a call, an object, a constructor, and text that is put together", () => {
    const messages = productMessages();
    const of = (code: string): readonly ProductMessage[] => messages.filter((said) => said.code === code);
    expect(of("MAX_RSS").map(({ room }) => room)).toEqual(["run", "library"]);
    expect(of("ABORTED")[0]?.message).toBe("the run was aborted; {savedText(saved)}");
    expect(of("SPACE_VALUE")[0]).toMatchObject({ message: "invalid value for {parameter}", room: "space" });
    expect(of("CANDLE_PRICE")[0]).toMatchObject({ message: "price must be a finite number above 0" });
    expect(of("LEDGER_NOT_WRITTEN")).toHaveLength(1);
  });
});
