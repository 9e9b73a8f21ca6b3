/** Elements of a plot as SVG text, places in its own units. */
export const line = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#ddd"/>`;

export const text = (x: number, y: number, words: string, attributes: string): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" fill="#222" ${attributes}>${escaped(words)}</text>`;

/** A curve through places. */
export const curve = (places: readonly (readonly [string, string])[], colour: string, width: number): string =>
  `<polyline points="${places.map((place) => place.join(",")).join(" ")}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;

/** The whole picture, on white. */
export function picture(width: number, height: number, title: string, parts: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12" role="img">`;
  const ground = `<rect width="${width}" height="${height}" fill="#fff"/>`;
  return `${head}\n<title>${escaped(title)}</title>\n${[ground, ...parts].join("\n")}\n</svg>\n`;
}

const escaped = (words: string): string => words.replace(/&/g, "&amp;").replace(/</g, "&lt;");
