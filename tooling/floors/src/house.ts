import ts from "typescript";
import { lineOf, type Source } from "./source.ts";

const longest = 400;

/** What no linter checks for us: length, `any`, double casts, skipped tests, unfinished marks. */
export function houseRules(source: Source): string[] {
  const problems: string[] = [];
  const lines = source.text.split("\n").length - 1;
  if (lines > longest) problems.push(`house: ${source.name} has ${lines} lines; ${longest} at most`);
  for (const [index, text] of source.text.split("\n").entries()) {
    const mark = /\/\/.*\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck)/.exec(text);
    if (mark && !source.name.startsWith("tooling/floors/"))
      problems.push(`house: ${source.name}:${index + 1} says ${mark[1] ?? mark[0]}`);
  }
  const visit = (node: ts.Node): void => {
    const reason = reasonAgainst(node);
    if (reason !== undefined) problems.push(`house: ${source.name}:${lineOf(source.tree, node)} ${reason}`);
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return problems;
}

function reasonAgainst(node: ts.Node): string | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "uses `any`";
  if (ts.isAsExpression(node) && ts.isAsExpression(skipParentheses(node.expression))) return "casts twice";
  if (!ts.isPropertyAccessExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
  const [object, member] = [node.expression.text, node.name.text];
  const tests = ["describe", "it", "test"].includes(object);
  if (tests && ["skip", "only", "todo"].includes(member)) return `uses ${object}.${member}`;
  return undefined;
}

function skipParentheses(node: ts.Expression): ts.Expression {
  return ts.isParenthesizedExpression(node) ? skipParentheses(node.expression) : node;
}
