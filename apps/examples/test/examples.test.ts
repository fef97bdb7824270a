import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { examplesIn } from "../src/examples.ts";

const folder = mkdtempSync(join(tmpdir(), "dl-examples-"));
const body = '{ name: "first", title: { ja: "", en: "" }, ids: [], seconds: 1, data: "none", flags: {}, run() {} }';
mkdirSync(join(folder, "one"));
mkdirSync(join(folder, "two"));
writeFileSync(join(folder, "one/first.ts"), `export default ${body};`);
writeFileSync(join(folder, "one/_shared.ts"), "export const nothing = 0;");
writeFileSync(join(folder, "two/other.ts"), `export default ${body};`);
writeFileSync(join(folder, "two/empty.ts"), "export const nothing = 0;");
const url = pathToFileURL(`${folder}/`);

test("chapters are folders, names those of the files; what begins with _ is no example", () => {
  expect(Object.fromEntries(examplesIn(url).chapters)).toEqual({ one: ["first"], two: ["empty", "other"] });
});

test("loads one by name, and says what is wrong with a file that holds none", async () => {
  const examples = examplesIn(url);
  expect((await examples.load("first")).name).toBe("first");
  await expect(examples.load("other")).rejects.toThrow('example: other.ts holds the example "first"');
  await expect(examples.load("empty")).rejects.toThrow("example: empty.ts has no default export with name, title");
});

test("two files of one name are an error", () => {
  mkdirSync(join(folder, "three"));
  writeFileSync(join(folder, "three/first.ts"), `export default ${body};`);
  expect(() => examplesIn(url)).toThrow('example: two files hold "first"');
});
