import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isIdentifier, isImportTypeNode, isQualifiedName, isTypeQueryNode, type Node } from "typescript/unstable/ast";
import { API, type Checker, type Symbol as Name, SymbolFlags } from "typescript/unstable/sync";
import { root } from "./sources.ts";

/** A type that a declaration names and that users cannot name. */
export interface Unexported {
  readonly name: string;
  /** Of the typings, from `dist/types`. */
  readonly file: string;
  /** What leads to it: an export, or another of these. */
  readonly from: string;
}

const types = `${root}dist/types/`;

/**
 * Every name that the typings of an entry lead to, and that it does not export: what a reference of the package would show without a place of its own. It is followed through declarations, as they are
 * written, because a checker sees through aliases.
 */
export function unexportedTypes(entry: "index" | "core"): Unexported[] {
  const folder = mkdtempSync(join(tmpdir(), "sluice-types-"));
  const api = new API({ cwd: root });
  try {
    const config = join(folder, "tsconfig.json");
    const compilerOptions = { module: "nodenext", lib: ["es2023", "dom"], types: [], skipLibCheck: true };
    writeFileSync(config, JSON.stringify({ compilerOptions, files: [`${types}${entry}.d.ts`] }));
    const [project] = api.updateSnapshot({ openProject: config }).getProjects();
    const { program, checker } = project!;
    const module = checker.getSymbolAtLocation(program.getSourceFile(`${types}${entry}.d.ts`)!)!;
    const exported = checker.getExportsOfModule(module).map((name) => [name.name, declaredBy(checker, name)] as const);
    const known = new Set(exported.map(([, name]) => name.id));
    const found: Unexported[] = [];
    const next = exported.map(([path, name]) => ({ path, name }));
    for (let at = next.pop(); at; at = next.pop())
      for (const declared of at.name.declarations ?? []) {
        if (!declared.path.startsWith(types)) continue;
        for (const name of namesIn(declared.resolve()!, checker)) {
          const [place] = name.declarations ?? [];
          if (known.has(name.id) || !place?.path.startsWith(types)) continue;
          known.add(name.id);
          found.push({ name: name.name, file: place.path.slice(types.length), from: at.path });
          next.push({ path: name.name, name });
        }
      }
    return found.sort((a, b) => (`${a.file} ${a.name}` < `${b.file} ${b.name}` ? -1 : 1));
  } finally {
    api.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const declaredBy = (checker: Checker, name: Name): Name =>
  name.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(name) : name;

/** The types, and the values in `typeof`, that a declaration names. Members and parameters of its own are none. */
function namesIn(declaration: Node, checker: Checker): Name[] {
  const found: Name[] = [];
  const see = (node: Node): void => {
    const symbol = checker.getSymbolAtLocation(node);
    if (!symbol) return;
    const name = declaredBy(checker, symbol);
    if (name.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias | SymbolFlags.Class | SymbolFlags.Enum))
      found.push(name);
  };
  const walk = (node: Node): void => {
    if (isImportTypeNode(node) && node.qualifier) see(node.qualifier);
    else if (isIdentifier(node) && !isQualifiedName(node.parent) && !isTypeQueryNode(node.parent)) see(node);
    node.forEachChild(walk);
  };
  walk(declaration);
  return found;
}
