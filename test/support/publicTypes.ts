import {
  API,
  type Checker,
  type Symbol as Name,
  ObjectFlags,
  type Program,
  SignatureKind,
  SymbolFlags,
  type Type,
} from "typescript/unstable/sync";
import { root } from "./sources.ts";

/** A name that users of the library can reach: an export of src/index.ts, or a member of a type that one leads to. */
export interface PublicName {
  /** From an export down: `SearchResult.top.score`. */
  readonly path: string;
  /** Where it is declared, from the root. */
  readonly file: string;
  /** Of that file, counted from 1. */
  readonly line: number;
  /** What its docstring says; empty without one. */
  readonly says: string;
}

/** Every public name once, where it is declared first. */
export function publicNames(): PublicName[] {
  const api = new API({ cwd: root });
  try {
    const [project] = api.updateSnapshot({ openProject: `${root}tsconfig.build.json` }).getProjects();
    const { program, checker } = project!;
    const index = checker.getSymbolAtLocation(program.getSourceFile(`${root}src/index.ts`)!)!;
    const walk = new Walk(checker, program);
    for (const exported of checker.getExportsOfModule(index)) walk.ofExport(exported);
    return [...walk.found.values()];
  } finally {
    api.close();
  }
}

/** Whether a docstring would say nothing: a member of a type of one line, a single literal, what is private. */
function isSaidByItsPlace(text: string, holder: string): boolean {
  const isMember = /^(readonly )?\w+\??: /.test(text);
  return text.startsWith("private ") || (isMember && !holder.includes("\n")) || /^readonly \w+: "\w+";?$/.test(text);
}

class Walk {
  readonly found = new Map<string, PublicName>();
  private readonly seen = new Set<number>();

  constructor(
    private readonly checker: Checker,
    private readonly program: Program,
  ) {}

  ofExport(exported: Name): void {
    const { checker } = this;
    const name = exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    this.keep(name, exported.name);
    if (name.flags & SymbolFlags.Type) this.ofType(checker.getDeclaredTypeOfSymbol(name), exported.name);
    // A constant is its own value: what the names of `defaults` mean is said where the options are.
    if (name.flags & (SymbolFlags.Function | SymbolFlags.Class))
      this.ofType(checker.getTypeOfSymbol(name), exported.name);
  }

  private ofType(type: Type | undefined, path: string): void {
    if (!type || this.seen.has(type.id)) return;
    this.seen.add(type.id);
    const { checker } = this;
    for (const part of (type as { getTypes?(): readonly Type[] | undefined }).getTypes?.() ?? [])
      this.ofType(part, path);
    if ((type as { objectFlags?: ObjectFlags }).objectFlags! & ObjectFlags.Reference)
      // Items of lists, and what a promise is of.
      for (const item of checker.getTypeArguments(type as never)) this.ofType(item, path);
    for (const member of checker.getPropertiesOfType(type))
      if (this.keep(member, `${path}.${member.name}`))
        this.ofType(checker.getTypeOfSymbol(member), `${path}.${member.name}`);
    for (const { valueType } of checker.getIndexInfosOfType(type)) this.ofType(valueType, `${path}[]`);
    for (const kind of [SignatureKind.Call, SignatureKind.Construct])
      for (const signature of checker.getSignaturesOfType(type, kind)) {
        this.ofType(checker.getReturnTypeOfSignature(signature), `${path}()`);
        for (const parameter of signature.getParameters())
          this.ofType(checker.getTypeOfSymbol(parameter), `${path}(${parameter.name})`);
      }
  }

  /** Whether a name is declared in src/; if so, it is among those found. */
  private keep(name: Name, path: string): boolean {
    const [declared] = name.declarations ?? [];
    if (!declared?.path.startsWith(`${root}src/`)) return false;
    const source = this.program.getSourceFile(declared.path)!;
    const node = declared.resolve()!;
    const text = source.text.slice(node.getStart(source), node.end);
    if (isSaidByItsPlace(text, node.parent.getText(source))) return !text.startsWith("private ");
    const line = source.text.slice(0, node.getStart(source)).split("\n").length;
    const file = declared.path.slice(root.length);
    const place = `${file}:${line} ${name.name}`;
    const says = this.checker.getDocumentationCommentOfSymbol(name);
    if (!this.found.has(place)) this.found.set(place, { path, file, line, says });
    return true;
  }
}
