import { fileURLToPath } from "node:url";
import { type Node, type SourceFile, SyntaxKind } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

/** The root of the repository, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A function of a source file as its compiler reads it. */
export interface SourceFunction {
  /** `folder/file.ts:line name`, from the root. */
  readonly place: string;
  readonly parameters: number;
  /** From the line of its head to the line of its last brace; 0 where it is a type. */
  readonly lines: number;
}

const functionKinds = new Set<SyntaxKind>([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.FunctionExpression,
  SyntaxKind.ArrowFunction,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
  SyntaxKind.MethodSignature,
  SyntaxKind.FunctionType,
  SyntaxKind.CallSignature,
]);

/** Every function, method and function type of the files of a project under a folder. */
export function functionsOf(project: string, folder: string): SourceFunction[] {
  const api = new API();
  try {
    const { program, rootFiles } = api
      .updateSnapshot({ openProject: `${root}${project}` })
      .getProject(`${root}${project}`)!;
    const files = rootFiles.filter((path) => path.startsWith(`${root}${folder}/`));
    return files.flatMap((path) => functionsIn(program.getSourceFile(path)!, path.slice(root.length)));
  } finally {
    api.close();
  }
}

function functionsIn(source: SourceFile, file: string): SourceFunction[] {
  const { text } = source;
  const found: SourceFunction[] = [];
  const lineAt = (position: number): number => text.slice(0, position).split("\n").length;
  const visit = (node: Node): void => {
    if (functionKinds.has(node.kind)) {
      const { name, body, parameters } = node as Node & Signature;
      const first = lineAt(node.getStart(source));
      const ownName = name ? text.slice(name.getStart(source), name.end) : "(anonymous)";
      const named = node.kind === SyntaxKind.Constructor ? "constructor" : ownName;
      const lines = body ? lineAt(node.end) - first + 1 : 0;
      found.push({ place: `${file}:${first} ${named}`, parameters: parameters.length, lines });
    }
    node.forEachChild(visit);
  };
  source.forEachChild(visit);
  return found;
}

interface Signature {
  readonly name?: Node;
  readonly body?: Node;
  readonly parameters: readonly Node[];
}
