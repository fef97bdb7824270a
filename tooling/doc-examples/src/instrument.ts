import ts from "typescript";
import type { Example } from "./extract.ts";

/**
 * The example as a module: what stands before `// => value` is handed to `__check(value, text, line)`, and names that
 * it uses without declaring them are imported through `moduleOf`.
 *
 * `// => Error: text` expects an error whose message holds the text.
 */
export function instrument(example: Example, moduleOf: (name: string) => string | undefined): string {
  const tree = ts.createSourceFile("example.ts", example.code, ts.ScriptTarget.Latest, true);
  const body = tree.statements.map((statement) => rewrite(statement, tree, example)).join("\n");
  const imports = new Map<string, string[]>();
  for (const name of freeNames(tree)) {
    const specifier = moduleOf(name);
    if (specifier !== undefined) imports.set(specifier, [...(imports.get(specifier) ?? []), name]);
  }
  const lines = Array.from(imports, ([from, names]) => `import { ${names.join(", ")} } from ${JSON.stringify(from)};`);
  return [...lines, body, "export {};"].join("\n");
}

function rewrite(statement: ts.Statement, tree: ts.SourceFile, example: Example): string {
  const text = statement.getText(tree);
  const expected = expectedAfter(example.code, statement.end);
  if (expected === undefined) return text;
  const line = example.line + tree.getLineAndCharacterOfPosition(statement.end).line;
  const rest = `${JSON.stringify(expected)}, ${line}`;
  const error = /^(?:\w*Error: |throws )(.*)$/s.exec(expected);
  if (error) return `await __throws(async () => { ${text} }, ${JSON.stringify(error[1])}, ${line});`;
  if (ts.isExpressionStatement(statement)) return `__check(${valueText(statement.expression, tree)}, ${rest});`;
  const name = ts.isVariableStatement(statement) ? statement.declarationList.declarations[0]?.name : undefined;
  if (name !== undefined) return `${text}\n__check(${name.getText(tree).replace(/^\{(.*)\}$/s, "({$1})")}, ${rest});`;
  return `${text}\n__nothing(${line});`;
}

function valueText(expression: ts.Expression, tree: ts.SourceFile): string {
  if (ts.isCallExpression(expression) && expression.expression.getText(tree) === "console.log") {
    return `__logged(${expression.arguments.map((argument) => argument.getText(tree)).join(", ")})`;
  }
  return expression.getText(tree);
}

/** The text of `// => text` on the same line or the next one, with the comment lines that continue it. */
function expectedAfter(code: string, end: number): string | undefined {
  const match = /^;?[ \t]*(?:\n[ \t]*)?\/\/ => ?(.*(?:\n[ \t]*\/\/ (?!=>).*)*)/.exec(code.slice(end));
  return match?.[1]?.replace(/\n[ \t]*\/\/ ?/g, "\n").trim();
}

function freeNames(tree: ts.SourceFile): Set<string> {
  const declared = new Set<string>();
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember =
        (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
        (ts.isPropertyAssignment(parent) && parent.name === node) ||
        (ts.isMethodDeclaration(parent) && parent.name === node) ||
        (ts.isPropertyDeclaration(parent) && parent.name === node);
      const isDeclaration =
        (ts.isVariableDeclaration(parent) || ts.isParameter(parent) || ts.isFunctionDeclaration(parent)) &&
        parent.name === node;
      const isName = isDeclaration || ts.isBindingElement(parent) || ts.isImportSpecifier(parent);
      if (isName || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) declared.add(node.text);
      else if (ts.isClassDeclaration(parent) && parent.name === node) declared.add(node.text);
      else if (!isMember) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return new Set([...used].filter((name) => !declared.has(name)));
}
