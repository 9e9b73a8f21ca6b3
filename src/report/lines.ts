import { stripVTControlCharacters } from "node:util";

/** No line of a report is wider: it fits a mail and half a screen. */
export const reportWidth = 100;

/** Width of a text on a terminal, colours not counted. One column a character: names and figures here are not wide ones. */
export function widthOf(text: string): number {
  return [...stripVTControlCharacters(text)].length;
}

/** Text of at most `width` columns: what is too long loses its middle, because paths and names differ at their ends. */
export function shorten(text: string, width: number): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const tail = Math.floor((width - 1) / 2);
  return `${characters.slice(0, width - 1 - tail).join("")}…${characters.slice(characters.length - tail).join("")}`;
}

/**
 * A labelled paragraph: the label in the first line, every further line under the text. Words wider than the room are cut in pieces, so
 * that a path of any length stays whole and within the width.
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
  return lines.map((each, index) => ((index === 0 ? label : indent) + each).trimEnd());
}

function pieces(word: string, room: number): string[] {
  if (widthOf(word) <= room) return [word];
  const characters = [...stripVTControlCharacters(word)];
  return Array.from({ length: Math.ceil(characters.length / room) }, (_, index) =>
    characters.slice(index * room, (index + 1) * room).join(""),
  );
}

/** Cells side by side, as many a line as fit in columns of equal width; a cell too wide for its column has lines of its own. */
export function sideBySide(cells: readonly string[], columns: number, indent: string): string[] {
  const room = Math.floor((reportWidth - indent.length - 2 * (columns - 1)) / columns);
  const lines: string[] = [];
  let row: string[] = [];
  const flush = (): void => {
    if (row.length > 0) lines.push((indent + row.join("  ")).trimEnd());
    row = [];
  };
  for (const cell of cells) {
    if (widthOf(cell) > room) {
      flush();
      lines.push(...paragraph(indent, cell));
      continue;
    }
    row.push(cell + " ".repeat(room - widthOf(cell)));
    if (row.length === columns) flush();
  }
  flush();
  return lines;
}
