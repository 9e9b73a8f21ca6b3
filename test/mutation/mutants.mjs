import * as as from "assemblyscript";

// What a mutant may be: one small change of the text of one kernel. Operators and calls are exchanged for their neighbours, numbers moved
// by one, statements dropped, conditions turned round. The compiler's own parser finds the places, so that no change is only of a comment.

const { Token } = as;

const binary = new Map([
  [Token.Plus, ["+", "-"]],
  [Token.Minus, ["-", "+"]],
  [Token.Asterisk, ["*", "/"]],
  [Token.Slash, ["/", "*"]],
  [Token.Percent, ["%", "*"]],
  [Token.LessThan, ["<", "<=", ">="]],
  [Token.LessThan_Equals, ["<=", "<", ">"]],
  [Token.GreaterThan, [">", ">=", "<="]],
  [Token.GreaterThan_Equals, [">=", ">", "<"]],
  [Token.Equals_Equals, ["==", "!="]],
  [Token.Exclamation_Equals, ["!=", "=="]],
  [Token.Ampersand_Ampersand, ["&&", "||"]],
  [Token.Bar_Bar, ["||", "&&"]],
  [Token.Ampersand, ["&", "|"]],
  [Token.Bar, ["|", "&"]],
  [Token.LessThan_LessThan, ["<<", ">>"]],
  [Token.GreaterThan_GreaterThan, [">>", "<<"]],
  [Token.Plus_Equals, ["+=", "-="]],
  [Token.Minus_Equals, ["-=", "+="]],
  [Token.Ampersand_Equals, ["&=", "|="]],
]);

const callees = {
  "f64x2.add": "f64x2.sub",
  "f64x2.sub": "f64x2.add",
  "f64x2.mul": "f64x2.div",
  "f64x2.div": "f64x2.mul",
  "f64x2.pmin": "f64x2.pmax",
  "f64x2.pmax": "f64x2.pmin",
  "f64x2.le": "f64x2.lt",
  "f64x2.lt": "f64x2.le",
  "f64x2.ge": "f64x2.gt",
  "f64x2.gt": "f64x2.ge",
  "f64x2.abs": "f64x2.neg",
  "v128.and": "v128.or",
  "v128.or": "v128.and",
  "v128.any_true": "i64x2.all_true",
  "Math.min": "Math.max",
  "Math.max": "Math.min",
  "Math.sqrt": "Math.abs",
  "Math.trunc": "Math.ceil",
  isNaN: "!isNaN",
  min: "max",
  max: "min",
  abs: "-abs",
  ctz: "clz",
};

/** Calls whose first two arguments may be exchanged. */
const chosen = new Set(["select", "v128.bitselect"]);

/**
 * Every mutant of one source, in the order of the text: where (the function it stands in), the line's number and text, what becomes
 * what, and the range to replace. `id` holds all but the line's number, and a count where one line of a function has the same change twice.
 */
export function mutantsOf(file, text) {
  const program = as.newProgram(as.newOptions());
  as.parse(program, text, file, true);
  const source = program.sources.find(({ normalizedPath }) => normalizedPath === file);
  const mutants = [];
  const textOf = ({ range }) => text.slice(range.start, range.end);
  let where = "";

  function replace(range, after, before = text.slice(range.start, range.end)) {
    mutants.push({ where, start: range.start, end: range.end, after, change: `${flat(before)} → ${flat(after)}` });
  }

  /** Puts another operator between two operands; the change names both. */
  function replaceOperator(node, operator, others) {
    const from = node.left.range.end;
    const at = from + text.slice(from, node.right.range.start).indexOf(operator);
    for (const other of others) {
      const after = `${text.slice(node.range.start, at)}${other}${text.slice(at + operator.length, node.range.end)}`;
      mutants.push({
        where,
        start: at,
        end: at + operator.length,
        after: other,
        change: `${flat(textOf(node))} → ${flat(after)}`,
      });
    }
  }

  function visit(node) {
    if (node instanceof as.ImportStatement || node instanceof as.ExportStatement || node instanceof as.TypeNode) return;
    if (node instanceof as.FunctionDeclaration) {
      where = node.name.text;
      visitAll(node.body);
      where = "";
      return;
    }
    if (node instanceof as.BinaryExpression) {
      const [operator, ...others] = binary.get(node.operator) ?? [];
      if (operator) replaceOperator(node, operator, others);
    } else if (node instanceof as.UnaryPrefixExpression) {
      const operand = textOf(node.operand);
      if (node.operator === Token.Minus_Minus) replace(node.range, `++${operand}`);
      else if (node.operator === Token.Plus_Plus) replace(node.range, `--${operand}`);
      else replace(node.range, operand);
    } else if (node instanceof as.UnaryPostfixExpression) {
      const operand = textOf(node.operand);
      replace(node.range, node.operator === Token.Plus_Plus ? `${operand}--` : `${operand}++`);
    } else if (node instanceof as.IntegerLiteralExpression) replaceInteger(node);
    else if (node instanceof as.FloatLiteralExpression) replaceFloat(node);
    else if (node instanceof as.CallExpression) replaceCall(node);
    else if (node instanceof as.IfStatement) {
      negate(node.condition);
      if (!node.ifFalse) replace(node.range, "{}", `drop if (${textOf(node.condition)})`);
    } else if (node instanceof as.TernaryExpression) negate(node.condition);
    else if (isDroppable(node)) replace(node.range, "{}");
    visitAll(node);
  }

  /** A lone comparison is turned round by its operator already. */
  function negate(condition) {
    const turned = condition instanceof as.BinaryExpression ? binary.get(condition.operator) : undefined;
    const isTurned = turned !== undefined && (turned.length > 2 || turned[0] === "==" || turned[0] === "!=");
    if (!isTurned && condition.operator !== Token.Exclamation) replace(condition.range, `!(${textOf(condition)})`);
  }

  function replaceInteger(node) {
    const value = Number(textOf(node));
    replace(node.range, String(value + 1));
    if (value > 0) replace(node.range, String(value - 1));
  }

  function replaceFloat(node) {
    const value = Number(textOf(node));
    const print = (changed) => (Number.isInteger(changed) && changed < 1e15 ? changed.toFixed(1) : String(changed));
    if (!Number.isInteger(value) || value > 1e15)
      for (const changed of [0, 2 * value]) replace(node.range, print(changed));
    else for (const changed of value > 0 ? [value + 1, value - 1] : [1]) replace(node.range, print(changed));
  }

  function replaceCall(node) {
    const name = textOf(node.expression);
    if (callees[name])
      mutants.push({
        where,
        start: node.expression.range.start,
        end: node.expression.range.end,
        after: callees[name],
        change: `${flat(textOf(node))} → ${callees[name]}`,
      });
    if (chosen.has(name)) {
      const [a, b] = node.args;
      replace({ start: a.range.start, end: b.range.end }, `${textOf(b)}, ${textOf(a)}`);
    }
  }

  function isDroppable(node) {
    if (node instanceof as.BreakStatement || node instanceof as.ContinueStatement) return true;
    if (node instanceof as.ReturnStatement) return !node.value;
    return node instanceof as.ExpressionStatement;
  }

  function visitAll(node) {
    for (const value of Object.values(node))
      if (Array.isArray(value)) for (const child of value) visitIfNode(child);
      else visitIfNode(value);
  }

  function visitIfNode(value) {
    if (value instanceof as.Node && !(value instanceof as.Source)) visit(value);
  }

  for (const statement of source.statements) visit(statement);
  const seen = new Map();
  for (const mutant of mutants) {
    const before = text.slice(0, mutant.start);
    mutant.line = before.split("\n").length;
    mutant.text = text.split("\n")[mutant.line - 1].trim();
    const name = `${mutant.where} | ${mutant.text} | ${mutant.change}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    mutant.file = file;
    mutant.id = times === 1 ? name : `${name} #${times}`;
  }
  return mutants;
}

/** Text on one line. */
function flat(text) {
  return text.replace(/\s+/g, " ").trim();
}
