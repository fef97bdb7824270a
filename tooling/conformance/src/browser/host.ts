import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openPage, type PageOptions } from "@dl/browser";
import type { Run } from "../report.ts";
import { runFrom } from "./answer.ts";

/** The script that runs in the page. */
export const pageEntry: string = fileURLToPath(new URL("./page.ts", import.meta.url));

interface BrowserOptions {
  readonly directory: string;
  readonly names: readonly string[];
  readonly factor: number;
  readonly adapter: Exclude<PageOptions["adapter"], undefined>;
  /** A folder with the bundled script; without it, it is bundled now. */
  readonly page: string | undefined;
}

/** Runs groups of cases on the GPU of a headless Chromium. */
export async function inBrowser({ directory, names, factor, adapter, page }: BrowserOptions): Promise<Run> {
  const folder = page ?? mkdtempSync(join(tmpdir(), "dl-conformance-"));
  try {
    if (page === undefined) await (await import("@dl/browser/bundle")).bundlePage(pageEntry, folder);
    const settings = { groups: names.join(), factor: String(factor) };
    const folders = { page: folder, data: directory };
    return runFrom(await openPage({ folders, settings, adapter, onLine: console.log }));
  } finally {
    if (page === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
