import { buildTSD } from "assemblyscript";

/** A kernel that takes more values than this takes them by name: in a longer list nobody sees that two of them changed places. */
const mostInOrder = 7;
const file = "src/core/kernels.ts";

/**
 * A step of the compiler that writes beside the core what each kernel takes and gives, as the compiler understood assembly/index.ts: the types
 * that the host is checked against, and what puts values given by name in their order. The core itself stays as it is.
 */
export default class WriteKernels {
  async afterCompile() {
    await this.writeFile(file, kernelsOf(buildTSD(this.program, false)), this.baseDir);
  }
}

/** The host's side of the boundary as TypeScript, from the typings that the compiler writes for it. */
export function kernelsOf(typings) {
  const kernels = [...typings.matchAll(/^ *\/\*\*\n((?: *\*.*\n)*?) *\*\/\n *export (.*)$/gm)].map(readKernel);
  const exported = typings.match(/^ *export (?!declare function instantiate\b)/gm)?.length ?? 0;
  if (kernels.length === 0 || kernels.length !== exported)
    throw new Error(`${file}: ${exported} exports in the compiler's typings, ${kernels.length} of them understood`);
  const byName = kernels.filter(({ values }) => values.length > mostInOrder);
  return [
    "// Written by `npm run build:core` from the exports of assembly/index.ts; not to be edited.",
    "",
    "/** What each kernel takes and gives. Columns and records are given as offsets in bytes. */",
    "export interface Kernels {",
    ...kernels.flatMap(declare),
    "}",
    "",
    "/** A kernel as WebAssembly exports it: all of its values in their order. */",
    "export type Kernel = (...values: (number | boolean)[]) => number;",
    "",
    "type Values<Name extends keyof Kernels> = Parameters<Kernels[Name]>[0];",
    "",
    "/** Puts the values that a kernel takes by name in its order. */",
    "export const inOrder = {",
    ...byName.flatMap(order),
    "};",
    "",
  ].join("\n");
}

/** One export: its name, its values with both compilers' types, and what it gives. */
function readKernel([, comment, declaration]) {
  const [, name, list, result] = /^function (\w+)\((.*)\): (number|boolean|void);$/.exec(declaration) ?? [];
  if (!name) throw new Error(`${file}: not a kernel of numbers alone: ${declaration}`);
  const values = list === "" ? [] : list.split(", ").map((value) => value.split(": "));
  const coreTypes = new Map([...comment.matchAll(/@param (\w+) `(\w+)`/g)].map(([, value, type]) => [value, type]));
  return {
    name,
    result,
    coreResult: /@returns `(\w+)`/.exec(comment)?.[1] ?? null,
    values: values.map(([value, type]) => {
      if (type !== "number" && type !== "boolean") throw new Error(`${file}: ${name} takes ${value}: ${type}`);
      return { name: value, type, coreType: coreTypes.get(value) };
    }),
  };
}

/** Each value is read by its own name, so that a call makes no list of them. */
function order({ name, values }) {
  const list = values.map((value) => `v.${value.name}`).join(", ");
  return [`  ${name}: (kernel: Kernel) => (v: Values<"${name}">) => kernel(${list}),`];
}

/** A kernel as a method: of values in their order while they are few, else of one object that names them. */
function declare({ name, values, result, coreResult }) {
  const gives = coreResult ? [`  /** Gives ${coreResult}. */`] : [];
  if (values.length <= mostInOrder) {
    const list = values.map(({ name, type, coreType }) => `/** ${coreType} */ ${name}: ${type}`);
    return [...gives, `  ${name}(${list.join(", ")}): ${result};`];
  }
  return [
    ...gives,
    `  ${name}(values: {`,
    ...values.map(({ name, type, coreType }) => `    /** ${coreType} */ readonly ${name}: ${type};`),
    `  }): ${result};`,
  ];
}
