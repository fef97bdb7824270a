import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, noChromium, openPage } from "@dl/browser";
import { bundlePage } from "@dl/browser/bundle";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const missing = findChromium() === undefined;
const reason = missing ? ` (skipped: ${noChromium})` : "";

describe.skipIf(missing)(`threads in Chromium${reason}`, () => {
  let page = "";

  beforeAll(async () => {
    page = mkdtempSync(join(tmpdir(), "dl-threads-"));
    await bundlePage(fileURLToPath(new URL("./threads-page.ts", import.meta.url)), page);
  });
  afterAll(() => rmSync(page, { recursive: true }));

  test("an isolated page computes with two threads, bit for bit as with one", async () => {
    expect(await openPage({ folders: { page } })).toEqual({ threads: 2, refused: "", same: true });
  });

  test("another page goes on with one, and is told what it lacks", async () => {
    expect(await openPage({ folders: { page }, isolated: false })).toEqual({
      threads: 1,
      refused: expect.stringContaining("Cross-Origin-Opener-Policy: same-origin") as string,
      same: true,
    });
  });
});
