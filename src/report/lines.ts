import { stripVTControlCharacters } from "node:util";
import { eastAsianWidth } from "get-east-asian-width";

/** Maximum width of a report's lines: fits a mail and half a screen. */
export const reportWidth = 100;

/** Nearly every text here. */
const plainText = /^[\x20-\x7e]*$/;
/** Keeps two Chinese characters on one line; takes no column. */
const joiner = "\u2060";
/** What stands on the character before it, or nowhere. */
const mark = /^[\p{Mark}\u2060]$/u;

/** Columns that a text takes on a terminal, without colour codes: two for each Chinese, Japanese or Korean character. */
export function widthOf(text: string): number {
  if (plainText.test(text)) return text.length;
  let width = 0;
  for (const character of stripVTControlCharacters(text))
    if (!mark.test(character)) width += eastAsianWidth(character.codePointAt(0)!);
  return width;
}

/** Text with spaces before it, to some columns. */
export function padStart(text: string, columns: number): string {
  return " ".repeat(Math.max(0, columns - widthOf(text))) + text;
}

/** Text with spaces after it, to some columns. */
export function padEnd(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - widthOf(text)));
}

/** Columns of a label before the paragraphs of a summary. */
const labelWidth = 9;

/** A label with the spaces after it. */
export function label(text: string, columns = labelWidth): string {
  return padEnd(text, Math.max(columns, widthOf(text) + 1));
}

/** A label of a paragraph within a section. */
export function innerLabel(text: string): string {
  return `  ${label(text, 11)}`;
}

/** Text of at most `width` columns: longer text loses its middle, because paths and names differ at their ends. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const characters = [...text];
  const tailRoom = Math.floor((width - 1) / 2);
  const head = charactersWithin(characters, width - 1 - tailRoom);
  const tail = charactersWithin(characters.reverse(), tailRoom).reverse();
  return `${head.join("")}…${tail.join("")}`;
}

/** A path of at most `width` columns that keeps the name of its file, as far as that fits, and loses folders before it. */
export function shortenPath(path: string, width: number): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const room = width - widthOf(name) - 2;
  if (widthOf(path) <= width || name === path || room < 0) return shorten(path, width);
  return `${charactersWithin([...path], room).join("")}…/${name}`;
}

/** Prose of at most `width` columns: longer text loses its end, because its beginning says what it is about. */
export function cutEnd(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  return `${charactersWithin([...text], width - 1)
    .join("")
    .trimEnd()}…`;
}

/** The first of them that fit into so many columns. */
function charactersWithin(characters: readonly string[], columns: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += widthOf(character);
    return used > columns;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}

const glue = "\u00a0";

/** A phrase that a paragraph keeps on one line if it fits, such as a name with its figure. */
export function unbroken(phrase: string): string {
  const whole = phrase.replaceAll(" ", glue);
  return plainText.test(phrase) ? whole : whole.replace(besideHan, joiner);
}

/**
 * A labelled paragraph: the label in the first line, further lines aligned with the text. Words wider than the line are split, so
 * that a path of any length is complete and within the width.
 */
export function paragraph(label: string, text: string, width: number = reportWidth): string[] {
  const room = Math.max(10, width - widthOf(label));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => loosened(each, room))) {
    let space = line === "" ? "" : " ";
    for (const part of ideographs(word).flatMap((each) => narrowed(each, room))) {
      if (line !== "" && widthOf(line + space) + widthOf(part) > room) {
        lines.push(line);
        line = part;
      } else line += space + part;
      space = "";
    }
  }
  lines.push(line);
  const indent = " ".repeat(widthOf(label));
  return lines.map((each, index) =>
    ((index === 0 ? label : indent) + each).replaceAll(glue, " ").replaceAll(joiner, "").trimEnd(),
  );
}

/** Places between characters of which one is Chinese. */
const besideHan = /(?<=.)(?=\p{Script=Han})|(?<=\p{Script=Han})(?=.)/gu;

/** A word's parts between which a line may end: before every Chinese or Japanese character, unless a mark stands there that no line ends or begins with. */
function ideographs(word: string): readonly string[] {
  return plainText.test(word) ? [word] : word.split(lineEnds);
}

const lineEnds =
  /(?<![（“\u2060])(?=\p{Script=Han})|(?<=\p{Script=Han})(?=[^\p{Script=Han}，。；：？！）”、%\u2060])|(?<=[，。；：、？！])(?=[^，。；：？！）”、\u2060])/u;

/** A word, or where it is a phrase too long to be kept on one line, its words. */
function loosened(word: string, room: number): string[] {
  return widthOf(word) > room && word.includes(glue) ? word.split(glue) : [word];
}

/** A part of a word, or where it is a phrase too long to be kept on one line, its own parts. */
function narrowed(part: string, room: number): string[] {
  if (widthOf(part) <= room) return [part];
  return ideographs(part.replaceAll(joiner, "")).flatMap((each) => pieces(each, room));
}

function pieces(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  const parts: string[] = [];
  for (let rest = [...stripVTControlCharacters(word)]; rest.length > 0; ) {
    const part = charactersWithin(rest, room);
    parts.push(part.join(""));
    rest = rest.slice(Math.max(1, part.length));
  }
  return parts;
}
