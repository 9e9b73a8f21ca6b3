import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkSpace } from "../../src/space/check.ts";
import { exitKeyOf, exitKeys } from "../../src/space/exits.ts";
import { orderSpace } from "../../src/space/order.ts";

const page = readFileSync(new URL("../../docs/exits.md", import.meta.url), "utf8");

it("docs/exits.md has every exit parameter in the words of its rule, in the rules' order, and none besides", () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, text]) => [name, text]);
  expect(rows).toEqual(exitKeys().map((name) => [name, exitKeyOf(name)!.description]));
});

it("the space that docs/exits.md shows is one", () => {
  const [, text] = /```json\n([\s\S]*?)```/.exec(page)!;
  const space = checkSpace(JSON.parse(text!), [], "docs/exits.md");
  // 3 stops x 2 tables x 2 holding times x (1 + 2 x 2) trailing stops x 2 x 2.
  expect(orderSpace(space).sets).toBe(3 * 2 * 2 * 5 * 2 * 2);
});
