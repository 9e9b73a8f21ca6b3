import { fileURLToPath } from "node:url";
import {
  isArrowFunction,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isConditionalExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNewExpression,
  isNoSubstitutionTemplateLiteral,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isStringLiteral,
  isTemplateExpression,
  isVariableDeclaration,
  type Node,
  type SourceFile,
  SyntaxKind,
} from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";

/** What a user reads of one error or warning. Parts that are only known at run time are shown as `{expression}`. */
export interface ProductMessage {
  /** The folder of src/ that says it, or `src` for its root. */
  readonly room: string;
  readonly code?: string;
  readonly message?: string;
  readonly where?: string;
  readonly found?: string;
  readonly expected?: string;
  readonly remedy?: string;
}

type Field = Exclude<keyof ProductMessage, "room">;
type Fields = Partial<Record<Field, string>>;

const fieldOf: Readonly<Record<string, Field>> = {
  code: "code",
  message: "message",
  rule: "message",
  where: "where",
  found: "found",
  expected: "expected",
  remedy: "remedy",
};
/** A call or an object with none of these is not about a message. */
const telling: readonly Field[] = ["message", "expected", "remedy"];

const root = new URL("../../", import.meta.url);

/** Every message of src/, found where a call passes, or an object holds, the parts of one. */
export function productMessages(): ProductMessage[] {
  const folder = fileURLToPath(root);
  const api = new API({ cwd: folder });
  try {
    const [project] = api.updateSnapshot({ openProject: `${folder}tsconfig.build.json` }).getProjects();
    const { program } = project!;
    const files = program.getSourceFileNames().filter((name) => name.startsWith(`${folder}src/`));
    const sources = files.map((name) => program.getSourceFile(name)!);
    const declared = declarationsOf(sources);
    return sources.flatMap((source) => {
      const room = /^src\/([^/]+)\//.exec(source.fileName.slice(folder.length))?.[1] ?? "src";
      return messagesOf(source, declared).map((fields) => ({ room, ...fields }));
    });
  } finally {
    api.close();
  }
}

/** The fields that the parameters of a function stand for, by their place; a class is its constructor. */
type Declared = ReadonlyMap<string, Declaration>;
type Signature = readonly (Field | undefined)[];
interface Declaration {
  readonly byFile: Map<string, Signature>;
  any: Signature;
}

function declarationsOf(sources: readonly SourceFile[]): Declared {
  const declared = new Map<string, Declaration>();
  const bases = new Map<string, string>();
  for (const source of sources)
    walk(source, (node) => {
      const name = nameOf(node);
      if (name === undefined) return;
      if (isClassDeclaration(node)) {
        const base = node.heritageClauses?.[0]?.types[0]?.expression;
        if (base && isIdentifier(base)) bases.set(name, base.text);
      }
      const callable = callableOf(node);
      if (!callable) return;
      const signature: Signature = callable.parameters.map((parameter) =>
        isIdentifier(parameter.name) ? fieldOf[parameter.name.text] : undefined,
      );
      const isTelling = signature.some((field) => field === "code" || (field && telling.includes(field)));
      const known = declared.get(name) ?? { byFile: new Map<string, Signature>(), any: [] };
      // Of a name that several files declare each means its own, whether that tells anything or not.
      known.byFile.set(source.fileName, isTelling ? signature : []);
      if (isTelling) known.any = signature;
      declared.set(name, known);
    });
  for (const name of bases.keys()) {
    let base: string | undefined = name;
    while (base !== undefined && !declared.has(base)) base = bases.get(base);
    if (base !== undefined && base !== name) declared.set(name, declared.get(base)!);
  }
  return declared;
}

function nameOf(node: Node): string | undefined {
  if (
    isFunctionDeclaration(node) ||
    isClassDeclaration(node) ||
    isMethodDeclaration(node) ||
    isVariableDeclaration(node)
  )
    return node.name && isIdentifier(node.name) ? node.name.text : undefined;
  return undefined;
}

function callableOf(node: Node) {
  if (isFunctionDeclaration(node) || isMethodDeclaration(node)) return node;
  if (isClassDeclaration(node)) return node.members.find((member) => isConstructorDeclaration(member));
  if (isVariableDeclaration(node) && node.initializer) {
    const { initializer } = node;
    if (isArrowFunction(initializer) || isFunctionExpression(initializer)) return initializer;
  }
  return undefined;
}

function messagesOf(source: SourceFile, declared: Declared): Fields[] {
  const texts = new Texts(source);
  const found: Fields[] = [];
  const taken = new Set<Node>();
  const keep = (fields: Fields): void => {
    if (telling.some((field) => fields[field] !== undefined && saysSomething(fields[field]))) found.push(fields);
  };
  const visit = (node: Node, className: string | undefined): void => {
    const within = isClassDeclaration(node) ? node.heritageClauses?.[0]?.types[0]?.expression : undefined;
    const base = within && isIdentifier(within) ? within.text : className;
    if (isCallExpression(node) || isNewExpression(node)) {
      const signature = signatureOf(calleeOf(node.expression, base), source, declared);
      if (signature && signature.length > 0) keep(fieldsOfCall(node.arguments ?? [], signature, texts, taken));
    } else if (isObjectLiteralExpression(node) && !taken.has(node)) {
      keep(texts.fieldsOf(node));
    }
    node.forEachChild((child) => visit(child, base));
  };
  visit(source, undefined);
  return found;
}

function signatureOf(name: string | undefined, source: SourceFile, declared: Declared): Signature | undefined {
  const known = name === undefined ? undefined : declared.get(name);
  return known && (known.byFile.get(source.fileName) ?? known.any);
}

function calleeOf(expression: Node, base: string | undefined): string | undefined {
  if (expression.kind === SyntaxKind.SuperKeyword) return base;
  if (isIdentifier(expression)) return expression.text;
  if (isPropertyAccessExpression(expression)) return expression.name.text;
  return undefined;
}

function fieldsOfCall(values: readonly Node[], signature: Signature, texts: Texts, taken: Set<Node>): Fields {
  const fields: Fields = {};
  for (const [place, value] of values.entries()) {
    const field = signature[place];
    if (field) fields[field] = texts.of(value);
    else if (isObjectLiteralExpression(value)) {
      taken.add(value);
      Object.assign(fields, texts.fieldsOf(value));
    }
  }
  return fields;
}

/** Whether there are words outside the parts that are filled in at run time. */
function saysSomething(text: string): boolean {
  return /[a-z]{2,} ?/i.test(text.replaceAll(/\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g, ""));
}

/** Expressions of one file as their reader sees them. */
class Texts {
  /** Constants of the file that hold a text, where only one goes by the name. */
  private readonly constants = new Map<string, Node | null>();

  constructor(private readonly source: SourceFile) {
    walk(source, (node) => {
      if (!isVariableDeclaration(node) || !isIdentifier(node.name) || !node.initializer) return;
      const { text } = node.name;
      this.constants.set(text, this.constants.has(text) ? null : node.initializer);
    });
  }

  fieldsOf(object: Node): Fields {
    const fields: Fields = {};
    if (!isObjectLiteralExpression(object)) return fields;
    for (const property of object.properties) {
      if (!isPropertyAssignment(property) || !isIdentifier(property.name)) continue;
      const field = fieldOf[property.name.text];
      if (field) fields[field] = this.of(property.initializer);
    }
    return fields;
  }

  of(node: Node, depth = 0): string {
    if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return node.text;
    if (isParenthesizedExpression(node) || isSatisfiesExpression(node)) return this.of(node.expression, depth);
    if (isTemplateExpression(node)) {
      const spans = node.templateSpans.map((span) => this.part(span.expression, depth) + span.literal.text);
      return node.head.text + spans.join("");
    }
    if (isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.PlusToken)
      return this.of(node.left, depth) + this.of(node.right, depth);
    if (isConditionalExpression(node)) {
      const { whenTrue, whenFalse } = node;
      return `{${this.of(whenTrue, depth)} | ${this.of(whenFalse, depth)}}`;
    }
    return this.part(node, depth);
  }

  private part(node: Node, depth: number): string {
    if (isConditionalExpression(node) || isParenthesizedExpression(node)) return this.of(node, depth);
    const value = isIdentifier(node) && depth < 3 ? this.constants.get(node.text) : undefined;
    if (value && (isStringLiteral(value) || isTemplateExpression(value) || isConditionalExpression(value)))
      return this.of(value, depth + 1);
    return `{${node.getText(this.source).replaceAll(/\s+/g, " ")}}`;
  }
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  node.forEachChild((child) => walk(child, visit));
}
