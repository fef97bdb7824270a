import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript";

interface Bilingual {
  readonly ja: string;
  readonly en: string;
}

/** What the list of examples shows of a chapter. */
interface Chapter {
  readonly name: string;
  readonly examples: readonly { readonly name: string; readonly title: Bilingual }[];
}

const folder = fileURLToPath(new URL("../examples/src/examples", import.meta.url));

declare const data: readonly Chapter[];

export { data };

/** Every example by chapter. Their files are read, not run, so that the site needs none of their dependencies. */
export default {
  watch: ["../examples/src/examples/*/*.ts"],
  load: (): Chapter[] => readdirSync(folder).map((name) => ({ name, examples: examplesOf(name) })),
};

function examplesOf(chapter: string): Chapter["examples"] {
  return readdirSync(`${folder}/${chapter}`)
    .filter((file) => file.endsWith(".ts") && !file.startsWith("_"))
    .map((file) => ({ name: file.slice(0, -".ts".length), title: titleIn(`${chapter}/${file}`) }));
}

/** The first `title: { ja: "…", en: "…" }` of a file. */
function titleIn(file: string): Bilingual {
  const tree = ts.createSourceFile(file, readFileSync(`${folder}/${file}`, "utf8"), ts.ScriptTarget.Latest, true);
  const find = (node: ts.Node): Bilingual | undefined => {
    if (!ts.isPropertyAssignment(node) || node.name.getText() !== "title") return ts.forEachChild(node, find);
    const texts = ts.isObjectLiteralExpression(node.initializer) ? textsOf(node.initializer) : undefined;
    const [ja, en] = [texts?.get("ja"), texts?.get("en")];
    return ja === undefined || en === undefined ? undefined : { ja, en };
  };
  const title = find(tree);
  if (title === undefined) throw new Error(`examples: ${file} has no title { ja, en } of plain strings`);
  return title;
}

function textsOf(object: ts.ObjectLiteralExpression): Map<string, string> {
  return new Map(
    object.properties.flatMap((property): [string, string][] =>
      ts.isPropertyAssignment(property) && ts.isStringLiteralLike(property.initializer)
        ? [[property.name.getText(), property.initializer.text]]
        : [],
    ),
  );
}
