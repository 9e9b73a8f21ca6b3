/** A place in a value that a call was given instead of a file, as code would name it: `space.scalping.min_x[2]`. */
export class ValuePlace {
  constructor(readonly path: string) {}
}

/** A place for messages: a file, and what in it, as a text; or a place in a value. */
export type Where = string | ValuePlace;

const plainName = /^[A-Za-z_$][\w$]*$/;

/** What stands under a key of a place. */
export function within(where: Where, key: string): Where {
  if (typeof where === "string") return `${where}, ${key}`;
  return new ValuePlace(plainName.test(key) ? `${where.path}.${key}` : `${where.path}[${JSON.stringify(key)}]`);
}

/** An item of a list at a place. A file's is named by its number where `noun` says what it is, and otherwise not at all. */
export function itemOf(where: Where, index: number, noun?: string): Where {
  if (typeof where !== "string") return new ValuePlace(`${where.path}[${index}]`);
  return noun === undefined ? where : `${where}, ${noun} ${index + 1}`;
}

/** A place as a text. */
export function placeText(where: Where): string {
  return typeof where === "string" ? where : where.path;
}
