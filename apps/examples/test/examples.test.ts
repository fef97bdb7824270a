import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { examplesIn } from "../src/examples.ts";

const folder = mkdtempSync(join(tmpdir(), "dl-examples-"));
const body = '{ name: "first", title: { ja: "", en: "" }, flags: {}, run() {} }';
writeFileSync(join(folder, "first.ts"), `export default ${body};`);
writeFileSync(join(folder, "other.ts"), `export default ${body};`);
writeFileSync(join(folder, "empty.ts"), "export const nothing = 0;");
const examples = examplesIn(pathToFileURL(`${folder}/`));

test("names are those of the files", () => {
  expect(examples.names).toEqual(["empty", "first", "other"]);
});

test("loads one by name, and says what is wrong with a file that holds none", async () => {
  expect((await examples.load("first")).name).toBe("first");
  await expect(examples.load("other")).rejects.toThrow('example: other.ts holds the example "first"');
  await expect(examples.load("empty")).rejects.toThrow("example: empty.ts has no default export with name, title");
});
