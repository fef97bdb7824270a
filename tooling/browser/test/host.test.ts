import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bundlePage } from "../src/bundle.ts";
import { findChromium, noChromium, openPage } from "../src/index.ts";

const chromium = findChromium();
const reason = chromium === undefined ? ` (skipped: ${noChromium})` : "";
const folder = mkdtempSync(join(tmpdir(), "dl-browser-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder with a page whose script answers with `work`. */
async function pageWith(work: string): Promise<string> {
  const page = mkdtempSync(join(folder, "page-"));
  const helpers = JSON.stringify(join(import.meta.dirname, "../src/page.ts"));
  const entry = join(page, "entry.ts");
  writeFileSync(entry, `import { answer, say, settings } from ${helpers};\nawait answer(async () => { ${work} });\n`);
  await bundlePage(entry, page);
  return page;
}

describe.skipIf(chromium === undefined)(`a page in Chromium${reason}`, { timeout: 60_000 }, () => {
  test("is told settings, reads folders, says lines and answers", async () => {
    const data = mkdtempSync(join(folder, "data-"));
    writeFileSync(join(data, "numbers.json"), "[1, 2]");
    const page = await pageWith(
      `await say("reading");
       const there = await (await fetch("/data/numbers.json")).json();
       const status = (await fetch("/data/..%2Fsecret")).status;
       return [...there, settings().get("more"), status, crossOriginIsolated];`,
    );
    const lines: string[] = [];
    const answer = await openPage({
      folders: { page, data },
      settings: { more: "three" },
      onLine: (line) => lines.push(line),
    });
    expect(answer).toEqual([1, 2, "three", 404, true]);
    expect(lines).toEqual(["reading"]);
  });

  test("what goes wrong in it is thrown here", async () => {
    const page = await pageWith(`throw new Error("no such thing");`);
    await expect(openPage({ folders: { page } })).rejects.toThrow(/^browser: Error: no such thing/);
  });

  test("silence is an error", async () => {
    const page = await pageWith("return new Promise(() => {});");
    await expect(openPage({ folders: { page }, silenceMs: 4000 })).rejects.toThrow(
      "browser: the page said nothing for 4000 ms",
    );
  });
});

test("without Chromium it says what to do", async () => {
  const { CHROME_PATH, PATH } = process.env;
  delete process.env["CHROME_PATH"];
  process.env["PATH"] = "";
  try {
    await expect(openPage({ folders: {} })).rejects.toThrow(
      "browser: no Chromium found: install it or set CHROME_PATH",
    );
  } finally {
    process.env["PATH"] = PATH;
    if (CHROME_PATH !== undefined) process.env["CHROME_PATH"] = CHROME_PATH;
  }
});
