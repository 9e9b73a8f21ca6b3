/** What an element has besides its children: attributes by name. Never a style or a handler: the page's policy forbids both. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type Child = Node | string | null | undefined | false;

/** An element with its attributes and children; strings become text, whatever is in them. */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  dress(element, attributes, children);
  return element;
}

/** The same in SVG. */
export function svg(name: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  dress(element, attributes, children);
  return element;
}

function dress(element: Element, attributes: Attributes, children: readonly Child[]): void {
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : String(value));
  for (const child of children) if (child !== null && child !== undefined && child !== false) element.append(child);
}

/** A number that is no one else's, for ids that labels refer to. */
let given = 0;
export function freshId(prefix: string): string {
  given++;
  return `${prefix}-${given}`;
}

/** The data of a block of the page. */
export function dataOf(id: string): unknown {
  return JSON.parse(document.getElementById(id)!.textContent!);
}
