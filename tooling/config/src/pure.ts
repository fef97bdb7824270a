import { readFileSync } from "node:fs";
import type { Options } from "tsup";
import ts from "typescript";

type Plugin = NonNullable<Options["esbuildPlugins"]>[number];

/**
 * Lets every bundler leave out the top-level values that a program does not use.
 *
 * No import of ours has an effect, but bundlers see only calls (`unary("silu", …)`) and keep them all; esbuild and
 * webpack do not carry `@__NO_SIDE_EFFECTS__` from file to file. So each value becomes a call that is marked as pure,
 * which minifiers take away again.
 */
export const pureValues: Plugin = {
  name: "pure-values",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]packages[\\/][^\\/]+[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: markPure(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};

/**
 * The module with each top-level value that takes more than reading a literal marked as pure.
 *
 * @example
 * markPure('export const relu = unary("relu");'); // => 'export const relu = /* @__PURE__ *\/ (() => (unary("relu")))();'
 */
export function markPure(source: string): string {
  const file = ts.createSourceFile("module.ts", source, ts.ScriptTarget.Latest);
  let result = "";
  let done = 0;
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (initializer === undefined || !ts.isIdentifier(name) || isPlain(initializer)) continue;
      const start = initializer.getStart(file);
      result += `${source.slice(done, start)}/* @__PURE__ */ (() => (${source.slice(start, initializer.end)}))()`;
      done = initializer.end;
    }
  }
  return result + source.slice(done);
}

/** True where bundlers see by themselves that nothing happens; classes would lose their names. */
function isPlain(node: ts.Node): boolean {
  if (ts.isFunctionLike(node) || ts.isClassExpression(node)) return true;
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node)) return false;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) return false;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node) || ts.isTemplateSpan(node)) return false;
  if (ts.isComputedPropertyName(node)) return false;
  return ts.forEachChild(node, (child) => (isPlain(child) ? undefined : true)) === undefined;
}
