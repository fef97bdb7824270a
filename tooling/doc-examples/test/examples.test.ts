import { describe, expect, test } from "vitest";
import { examplesInMarkdown, examplesInSource, instrument, sameValue } from "../src/index.ts";

test("@example blocks are found with their lines", () => {
  const text =
    "/**\n * Adds.\n *\n * @example\n * add(1, 2); // => 3\n *\n * @example\n * ```ts\n * add(2, 2);\n * ```\n * @internal\n */\n";
  expect(examplesInSource(text, "a.ts")).toEqual([
    { file: "a.ts", line: 5, code: "add(1, 2); // => 3" },
    { file: "a.ts", line: 8, code: "\nadd(2, 2);" },
  ]);
});

test("ts blocks of Markdown are found, others are not", () => {
  expect(examplesInMarkdown("# A\n```sh\nls\n```\n```ts\nadd(1);\n```\n", "a.md")).toEqual([
    { file: "a.md", line: 6, code: "add(1);" },
  ]);
});

describe("instrument", () => {
  const run = (code: string) =>
    instrument({ file: "a.ts", line: 1, code }, (name) => (name === "add" ? "p" : undefined));

  test("names are imported where nothing declares them", () => {
    expect(run("const x = add(1);\nx.add(2); // => 3")).toBe(
      'import { add } from "p";\nconst x = add(1);\n__check(x.add(2), "3", 2);\nexport {};',
    );
    expect(run('import { add } from "q";\nadd(1);')).toBe('import { add } from "q";\nadd(1);\nexport {};');
  });

  test("declarations, logs, errors and continued comments", () => {
    expect(run("const x = 1; // => 1")).toContain('const x = 1;\n__check(x, "1", 1);');
    expect(run("console.log(a, b);\n// => one\n//    two")).toContain('__check(__logged(a, b), "one\\n   two", 1);');
    expect(run("f(); // => Error: bad")).toContain('await __throws(async () => { f(); }, "bad", 1);');
  });
});

test("values are compared as literals, or as they print", () => {
  expect(sameValue([1, [Number.NaN, 0.1 + 0.2]], "[1, [NaN, 0.3]]")).toBe(true);
  expect(sameValue(new Float32Array([0.1, -2]), "[0.1, -2]")).toBe(true);
  expect(sameValue({ tolist: () => [1, 2] }, "[1, 2]")).toBe(true);
  expect(sameValue({ a: 1, b: [2] }, "{ a: 1, b: [2] }")).toBe(true);
  expect(sameValue({ toString: () => "tensor([1.,\n        2.])" }, "tensor([1., 2.])")).toBe(true);
  expect(sameValue("text", '"text"')).toBe(true);
  expect(sameValue(undefined, "undefined")).toBe(true);
  expect(sameValue(1.00001, "1")).toBe(false);
  expect(sameValue([1, 2], "[1]")).toBe(false);
  expect(sameValue({ a: 1 }, "{ b: 1 }")).toBe(false);
});
