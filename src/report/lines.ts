import { stripVTControlCharacters } from "node:util";

/** Maximum width of a report's lines: fits a mail and half a screen. */
export const reportWidth = 100;

/** Width of a text on a terminal, without colour codes. One column per character: names and figures here have no wide ones. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Text of at most `width` columns: longer text loses its middle, because paths and names differ at their ends. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${characters.slice(0, width - 1 - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
}

const glue = "\u00a0";

/** A phrase that a paragraph keeps on one line if it fits, such as a name with its figure. */
export function unbroken(phrase: string): string {
  return phrase.replaceAll(" ", glue);
}

/**
 * A labelled paragraph: the label in the first line, further lines aligned with the text. Words wider than the line are split, so
 * that a path of any length is complete and within the width.
 */
export function paragraph(label: string, text: string, width: number = reportWidth): string[] {
  const room = Math.max(10, width - widthOf(label));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((each) => pieces(each, room))) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(line);
  const indent = " ".repeat(widthOf(label));
  return lines.map((each, index) => ((index === 0 ? label : indent) + each).replaceAll(glue, " ").trimEnd());
}

function pieces(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  if (word.includes(glue)) return word.split(glue).flatMap((part) => pieces(part, room));
  const characters = [...stripVTControlCharacters(word)];
  return Array.from({ length: Math.ceil(characters.length / room) }, (_, index) =>
    characters.slice(index * room, (index + 1) * room).join(""),
  );
}
