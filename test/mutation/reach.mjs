import { readFileSync } from "node:fs";
import * as as from "assemblyscript";

// Which functions of the core a test reaches: a mutant of one that a test does not reach is none that it could notice. For one run over all
// tests every function is given a global, which it sets to 1.

/** The sources with the marks in them, by file, and by each mark's name its function as `file | function`. */
export function markedSources(root, names) {
  const texts = new Map();
  const marks = new Map();
  let index = readFileSync(new URL("assembly/index.ts", root), "utf8");
  for (const name of names) {
    const file = `assembly/${name}`;
    const own = [];
    let text = readFileSync(new URL(file, root), "utf8");
    // From the last to the first, so that the places of the others stay.
    for (const { name: where, at } of functionsOf(file, text).reverse()) {
      const mark = `reached_${marks.size}`;
      marks.set(mark, `${file} | ${where}`);
      own.push(mark);
      text = `${text.slice(0, at)} ${mark} = 1; ${text.slice(at)}`;
    }
    texts.set(file, `${text}\n${own.map((mark) => `export let ${mark}: i32 = 0;`).join("\n")}\n`);
    index += `export { ${own.join(", ")} } from "./${name.slice(0, -3)}";\n`;
  }
  texts.set("assembly/index.ts", index);
  return { texts, marks };
}

/** Name of each function, and where its body begins. */
function functionsOf(file, text) {
  const program = as.newProgram(as.newOptions());
  as.parse(program, text, file, true);
  const source = program.sources.find(({ normalizedPath }) => normalizedPath === file);
  return source.statements
    .filter((statement) => statement instanceof as.FunctionDeclaration)
    .map(({ name, body }) => ({ name: name.text, at: body.range.start + 1 }));
}
