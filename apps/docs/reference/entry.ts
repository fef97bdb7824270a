import ts from "typescript";

/** Heading, signature, formula, comment and example of one export. */
export function entryText(
  name: string,
  symbol: ts.Symbol,
  checker: ts.TypeChecker,
  formula: string | undefined,
): string {
  const parts = [`### ${name}`, fence(signatureOf(name, symbol, checker))];
  if (formula !== undefined) parts.push(`$$${formula}$$`);
  const comment = commentOf(symbol, checker);
  if (comment !== "") parts.push(comment);
  parts.push(...examplesOf(symbol, checker).map(fence));
  return parts.join("\n\n");
}

const fence = (code: string): string => `\`\`\`typescript\n${code}\n\`\`\``;

function signatureOf(name: string, symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) return name;
  if (ts.isClassDeclaration(declaration)) return classText(declaration);
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return sourceText(declaration);
  const type = checker.getTypeOfSymbolAtLocation(symbol, declaration);
  const calls = type.getCallSignatures();
  const flags = ts.TypeFormatFlags.NoTruncation;
  if (calls.length === 0) return short(`${name}: ${checker.typeToString(type, declaration, flags)}`);
  return calls.map((call) => short(`${name}${checker.signatureToString(call, declaration, flags)}`)).join("\n");
}

/** Without the files that types come from, and without the options of formulas that have none. */
function short(signature: string): string {
  return signature
    .replace(/import\("[^"]*"\)\./g, "")
    .replace(/, params\?: Partial<(Readonly<)?Record<(never|string), number>>?> \| undefined/g, "");
}

/** The class as users see it: public members, without bodies. */
function classText(declaration: ts.ClassDeclaration): string {
  const { members } = declaration;
  const lines = members
    .flatMap((member) => (isHidden(member) ? [] : [memberText(member)]))
    .filter((line) => line !== "");
  const head = declaration
    .getText()
    .slice(0, declaration.getText().indexOf("{"))
    .replace(/^export /, "")
    .trim();
  return [`${head} {`, ...lines.map((line) => `  ${line}`), "}"].join("\n");
}

function isHidden(member: ts.ClassElement): boolean {
  const hiding = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];
  const { name } = member;
  return (
    (ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some(({ kind }) => hiding.includes(kind))) ||
    (name !== undefined && (ts.isPrivateIdentifier(name) || ts.isComputedPropertyName(name)))
  );
}

function memberText(member: ts.ClassElement): string {
  const text = member.getText();
  if (ts.isConstructorDeclaration(member) || ts.isMethodDeclaration(member) || ts.isAccessor(member)) {
    const end = member.body === undefined ? text.length : member.body.getStart() - member.getStart();
    return `${text.slice(0, end).trim().replace(/;$/, "")};`.replace(/^override /, "");
  }
  if (ts.isPropertyDeclaration(member)) return `${text.replace(/\s*=[^>][\s\S]*$/, "").replace(/;$/, "")};`;
  return "";
}

function sourceText(declaration: ts.Declaration): string {
  return declaration.getText().replace(/^export /, "");
}

function commentOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const text = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const errors = symbol.getJsDocTags(checker).flatMap(({ name, text: parts }) => {
    if (name !== "throws" && name !== "returns") return [];
    return [`${name === "throws" ? "Throws" : "Returns"} ${ts.displayPartsToString(parts)}`];
  });
  return [text, ...errors].map(escapeHtml).join("\n\n").trim();
}

function examplesOf(symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  return symbol
    .getJsDocTags(checker)
    .filter(({ name }) => name === "example")
    .map(({ text }) => ts.displayPartsToString(text).replace(/^```\w*\n|\n```$/g, ""));
}

/** Outside code, `<` would begin a tag and `{{` a template; links become their names. */
function escapeHtml(text: string): string {
  return text
    .replace(/\{@link ([^}|\s]+)[^}]*\}/g, "`$1`")
    .split(/(`{3}[\s\S]*?`{3}|`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;")))
    .join("");
}
