import { Unreadable } from "./usage.ts";

/** An address of a web server: `https://mirror.example.org/binance`. */
export function webAddress(text: string): string {
  const expected = "an address such as https://mirror.example.org";
  if (!URL.canParse(text)) throw new Unreadable(expected);
  const { protocol, search, hash } = new URL(text);
  if (!/^https?:$/.test(protocol) || search !== "" || hash !== "") throw new Unreadable(expected);
  return text;
}
