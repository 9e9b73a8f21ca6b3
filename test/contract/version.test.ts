import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { version } from "../../src/run/version.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

it("the version that results carry is that of package.json", () => {
  const described = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  expect(version).toBe(described.version);
});

it("no source file reads a package.json while it runs", () => {
  const src = join(root, "src");
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const reading = files.filter((file) =>
    readFileSync(join(src, file), "utf8")
      .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")
      .includes("package.json"),
  );
  expect(reading).toEqual([]);
});
