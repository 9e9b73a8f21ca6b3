const bytes = new TextEncoder();

/** Bytes of a text as UTF-8. */
export const byteLength = (text: string): number => bytes.encode(text).length;

/** The measure by which most services count: UTF-16 code units, never less than characters. */
export const unitLength = (text: string): number => text.length;

const cutMark = (left: number): string => `... (${left === 1 ? "1 more line" : `${left} more lines`})`;

/**
 * A text of at most `most` units of `size`, as a service measures it: whole lines, and where some are missing a last line that says how many. A single line that
 * is too long is cut.
 */
export function fitLines(text: string, most: number, size: (text: string) => number = unitLength): string {
  if (size(text) <= most) return text;
  const lines = text.split("\n");
  for (let kept = lines.length - 1; kept > 0; kept--) {
    const cut = [...lines.slice(0, kept), cutMark(lines.length - kept)].join("\n");
    if (size(cut) <= most) return cut;
  }
  return fitLine(lines[0]!, most, size);
}

/** One line of at most `most` units, with dots where it was cut; never half a character. */
export function fitLine(line: string, most: number, size: (text: string) => number = unitLength): string {
  if (size(line) <= most) return line;
  const characters = [...line];
  while (characters.length > 0 && size(`${characters.join("")}...`) > most) characters.pop();
  return `${characters.join("")}...`;
}
