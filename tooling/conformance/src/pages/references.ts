import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { zeros } from "@dl/tensor";
import ts from "typescript";

/** Something of the library's, and where it is imported from; what a tensor has itself has no place. */
export interface Reference {
  readonly name: string;
  readonly from: string | undefined;
}

const folder = join(import.meta.dirname, "../table");

/**
 * What the rows of the table call, by PyTorch's name, read in the source of the table: the exports of the packages that
 * stand in the call around the name, else those of the helpers that it calls, else the properties of a tensor.
 */
export async function referencesOf(names: readonly string[]): Promise<Map<string, readonly Reference[]>> {
  const found = new Map<string, readonly Reference[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".ts"))) {
    const own = ownNames(await import(join(folder, file))).filter((name) => names.includes(name));
    if (own.length === 0) continue;
    const table = new TableFile(file);
    for (const name of own) found.set(name, table.referencesOf(name));
  }
  return found;
}

/** The names of the rows that a file of the table exports. */
function ownNames(exports: Readonly<Record<string, unknown>>): string[] {
  return Object.values(exports).flatMap((value) => {
    if (value instanceof Map && value === exports["counterparts"]) return [...value.keys()];
    if (!Array.isArray(value)) return [];
    return value.flatMap((row: unknown) => nameOf(row));
  });
}

function nameOf(row: unknown): string[] {
  const signature = row !== null && typeof row === "object" && "signature" in row ? row.signature : undefined;
  const name = signature !== null && typeof signature === "object" && signature && "name" in signature;
  return name ? [String(signature.name)] : [];
}

class TableFile {
  readonly #imports = new Map<string, { from: string; name: string | undefined }>();
  readonly #helpers = new Map<string, ts.Node>();
  readonly #heads: { readonly head: string; readonly call: ts.Node }[] = [];

  constructor(file: string) {
    const text = readFileSync(join(folder, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) this.#declare(statement);
    this.#findHeads(source);
  }

  referencesOf(name: string): readonly Reference[] {
    const matches = this.#heads.filter(({ head }) => head === name || name.endsWith(`.${head}`));
    const longest = Math.max(...matches.map(({ head }) => head.length));
    const call = matches.find(({ head }) => head.length === longest)?.call;
    if (call === undefined) throw new Error(`names: the row of ${name} is not found in its file`);
    const direct = this.#exportsIn(call);
    const wanted = direct.some(({ name: used }) => used !== "inPlace") ? direct : this.#withHelpers(call);
    const references = wanted.length > 0 ? wanted : propertiesIn(call);
    if (references.length === 0) throw new Error(`names: the row of ${name} calls nothing of the library's`);
    return references;
  }

  #declare(statement: ts.Statement): void {
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const from = statement.moduleSpecifier.text;
      const bindings = statement.importClause?.namedBindings;
      if (!from.startsWith("@dl/") || bindings === undefined) return;
      if (ts.isNamespaceImport(bindings)) this.#imports.set(bindings.name.text, { from, name: undefined });
      else {
        for (const { name, propertyName } of bindings.elements) {
          this.#imports.set(name.text, { from, name: (propertyName ?? name).text });
        }
      }
    } else if (ts.isFunctionDeclaration(statement) && statement.name) this.#helpers.set(statement.name.text, statement);
    else if (ts.isVariableStatement(statement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        if (initializer !== undefined && !ts.isArrayLiteralExpression(initializer)) {
          this.#helpers.set(name.getText(), initializer);
        }
      }
    }
  }

  /** Every text that may be the name in a signature, with the call or the pair that it stands in. */
  #findHeads(node: ts.Node): void {
    const text = textOf(node)?.split("(")[0]?.replace(/^\./, "");
    if (text) {
      let call: ts.Node = node.parent;
      while (!ts.isCallExpression(call) && !isPair(call) && !ts.isSourceFile(call)) call = call.parent;
      this.#heads.push({ head: text, call });
    }
    ts.forEachChild(node, (child) => this.#findHeads(child));
  }

  /** The exports of the packages that a piece of the source names. */
  #exportsIn(node: ts.Node): Reference[] {
    const found = new Map<string, Reference>();
    const visit = (at: ts.Node): void => {
      if (ts.isTypeNode(at)) return;
      if (ts.isPropertyAccessExpression(at) && ts.isIdentifier(at.expression)) {
        const imported = this.#imports.get(at.expression.text);
        if (imported !== undefined && imported.name === undefined) {
          found.set(at.name.text, { name: at.name.text, from: imported.from });
        }
      }
      if (ts.isIdentifier(at) && !isPropertyName(at)) {
        const imported = this.#imports.get(at.text);
        if (imported?.name !== undefined) found.set(imported.name, { name: imported.name, from: imported.from });
      }
      ts.forEachChild(at, visit);
    };
    visit(node);
    const references = [...found.values()];
    return references.length === 1 ? references : references.filter(({ name }) => name !== "Tensor");
  }

  /** The same, and what the helpers of the file name that it calls. */
  #withHelpers(node: ts.Node, seen: Set<string> = new Set()): Reference[] {
    const found = this.#exportsIn(node);
    const visit = (at: ts.Node): void => {
      if (ts.isTypeNode(at)) return;
      const helper = ts.isIdentifier(at) && !isPropertyName(at) ? this.#helpers.get(at.text) : undefined;
      if (helper !== undefined && !seen.has(at.getText())) {
        seen.add(at.getText());
        found.push(...this.#withHelpers(helper, seen));
      }
      ts.forEachChild(at, visit);
    };
    visit(node);
    return found.filter(({ name }, at) => found.findIndex((other) => other.name === name) === at);
  }
}

/** A text without what is filled in: `${f}.elu(input)` is `.elu(input)`. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => literal.text).join("");
}

const isPair = (node: ts.Node): boolean =>
  ts.isArrayLiteralExpression(node) && node.elements.length === 2 && ts.isStringLiteral(node.elements[0] ?? node);

const isPropertyName = (node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

/** The properties and methods of a tensor in a piece of the source: `x.detach()`. */
function propertiesIn(node: ts.Node): Reference[] {
  const found = new Set<string>();
  const example = zeros([]);
  const visit = (at: ts.Node): void => {
    if (ts.isPropertyAccessExpression(at) && isOfTensor(at.expression) && at.name.text in example) {
      found.add(ts.isCallExpression(at.parent) ? `x.${at.name.text}()` : `x.${at.name.text}`);
    }
    ts.forEachChild(at, visit);
  };
  visit(node);
  return [...found].map((name) => ({ name, from: undefined }));
}

/** Tensors are `x` and `a.tensor()` in the table. */
const isOfTensor = (node: ts.Expression): boolean => /^(x|a\.tensor\(.*\))$/.test(node.getText());
