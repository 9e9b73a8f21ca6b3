/**
 * A sentence as a result has it in English: `{name}` stands for any text, `{#name}` for a figure, `(s)` for a plural that may be there, and `(is|are)` for
 * either. In another language it is the same with `{name}` only.
 */
export type Sentence = readonly [english: string, own: string];

/** A text of a result in another language; parts that are sentences or lists of them themselves are translated too, and what is not known stays as it is. */
export type Translate = (english: string) => string;

interface Pattern {
  readonly form: RegExp;
  readonly own: string;
}

const piece = /\{(#?)(\w+)\}|\((s|[^()]*\|[^()]*)\)/g;
/** Within one clause: results join their phrases by semicolons. */
const anything = "(?:(?!; ).)+?";
const figure = "[-+]?\\d[\\d.,e+-]*%?";

function patternOf([english, own]: Sentence): Pattern {
  let form = "";
  let end = 0;
  for (const found of english.matchAll(piece)) {
    const [whole, isFigure, name, either] = found;
    form += literal(english.slice(end, found.index));
    if (either === undefined) form += `(?<${name}>${isFigure ? figure : anything})`;
    else form += either === "s" ? "s?" : `(?:${either.split("|").map(literal).join("|")})`;
    end = found.index + whole.length;
  }
  return { form: new RegExp(`^${form}${literal(english.slice(end))}$`, "s"), own };
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");

/** How the parts of a list are divided in English, the widest division first, and what divides them in the other language. */
export interface Marks {
  readonly clauses: string;
  readonly items: string;
}

/** Translates by sentences, of which the first that fits counts. */
export function translator(sentences: readonly Sentence[], { clauses, items }: Marks): Translate {
  let patterns: readonly Pattern[] | null = null;
  const whole = (text: string): string | null => {
    // Made on first use: most calls translate nothing.
    patterns ??= sentences.map(patternOf);
    for (const { form, own } of patterns) {
      const found = form.exec(text);
      if (found) return own.replace(/\{(\w+)\}/g, (_, name: string) => translated(found.groups?.[name] ?? ""));
    }
    return null;
  };
  /** Items of which each is a sentence, or has no letters. */
  const list = (text: string): string | null => {
    const parts = text.split(/, | and /);
    if (parts.length < 2) return null;
    const own = parts.map((part) => whole(part) ?? (/\p{Letter}/u.test(part) ? null : part));
    return own.includes(null) ? null : own.join(items);
  };
  const clause = (text: string): string => whole(text) ?? list(text) ?? text;
  // Some sentences have a semicolon of their own.
  const translated = (text: string): string => whole(text) ?? text.split("; ").map(clause).join(clauses);
  return translated;
}
