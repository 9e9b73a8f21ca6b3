/** Words that break parsers: numbers at the edge, other notations, quotes, control codes, escapes of a terminal, paths. */
const words = [
  "NaN",
  "Infinity",
  "-Infinity",
  "1e309",
  "-1e309",
  "1e-400",
  "5e-324",
  "1.7976931348623157e308",
  "-0",
  "0x10",
  "1_000",
  "1,5",
  "٣",
  "９",
  "null",
  "true",
  "[]",
  "{}",
  '"',
  '""',
  "'",
  "\\",
  "\\u0000",
  "\0",
  "\r",
  "\n",
  "\r\n\r\n",
  ",",
  ",,,,,,,,",
  ";",
  "\t",
  "//",
  "// }\n",
  "/*",
  "*/",
  "/* , */",
  "\ufeff",
  "\u001b[2J\u001b[31m",
  "\u0007",
  "\u202e",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "9007199254740993",
  "-1",
  "0",
  "1e15",
  "99999999999999999999",
  "long",
  "SHORT",
  "2025-01-01",
  "2025-02-30T25:61:61Z",
  "1735689600",
  "1735689600000000",
  "[".repeat(300),
  '{"a":'.repeat(120),
  "x".repeat(5000),
  "9".repeat(400),
  "\ud83d\ude00",
];

/** A few changes to some bytes: words put in or over, ranges dropped, doubled or moved, bits turned, the end cut off. */
export function mutated(original: Uint8Array, random: () => number): Uint8Array {
  let bytes: Buffer = Buffer.from(original);
  for (let changes = random() < 0.7 ? 1 : 3; changes > 0; changes--) bytes = change(bytes, random);
  return bytes;
}

function change(bytes: Buffer, random: () => number): Buffer {
  const upTo = (end: number): number => Math.floor(end * random());
  const at = upTo(bytes.length + 1);
  const range = Math.min(bytes.length - at, 1 + upTo(random() < 0.7 ? 12 : 400));
  const [before, within, after] = [bytes.subarray(0, at), bytes.subarray(at, at + range), bytes.subarray(at + range)];
  const word = Buffer.from(words[upTo(words.length)]!);
  switch (upTo(16)) {
    case 0:
      return Buffer.concat([before, word, within, after]);
    case 1:
      return Buffer.concat([before, word, after]);
    case 2:
      return Buffer.concat([before, after]);
    case 3:
      return Buffer.concat([before, within, within, after]);
    case 4:
      return Buffer.concat([within, before, after]);
    case 5:
      return Buffer.from(random() < 0.3 ? before : Buffer.concat([before, Buffer.from([upTo(256)]), after]));
    case 6: {
      const turned = Buffer.from(bytes);
      if (at < turned.length) turned[at]! ^= 1 << upTo(8);
      return turned;
    }
    case 7:
    case 8:
    case 9:
    case 10:
      return cellReplaced(bytes, word, random);
    case 11:
    case 12:
    case 13:
    case 14:
      return digitReplaced(bytes, random);
    default: {
      // Two pieces change places.
      const cut = upTo(within.length + 1);
      return Buffer.concat([before, within.subarray(cut), within.subarray(0, cut), after]);
    }
  }
}

/** One cell of a table, or one value of a document, becomes a word. */
function cellReplaced(bytes: Buffer, word: Buffer, random: () => number): Buffer {
  const isEdge = (byte: number): boolean => byte === 44 || byte === 10 || byte === 13 || byte === 58 || byte === 125;
  let from = Math.floor(bytes.length * random());
  while (from > 0 && !isEdge(bytes[from - 1]!)) from--;
  let end = from;
  while (end < bytes.length && !isEdge(bytes[end]!)) end++;
  return Buffer.concat([bytes.subarray(0, from), word, bytes.subarray(end)]);
}

/** One digit becomes another, a sign or a point: the number is read, and is another one. */
function digitReplaced(bytes: Buffer, random: () => number): Buffer {
  const isDigit = (byte: number): boolean => byte >= 48 && byte <= 57;
  let at = Math.floor(bytes.length * random());
  for (let tried = 0; tried < bytes.length && !isDigit(bytes[at]!); tried++) at = (at + 1) % bytes.length;
  const replaced = Buffer.from(bytes);
  if (replaced.length > 0) replaced[at] = Buffer.from("0123456789-.e")[Math.floor(13 * random())]!;
  return replaced;
}
