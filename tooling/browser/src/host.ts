import type { ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, sep } from "node:path";
import { type Adapter, findChromium, launch, noChromium } from "./chromium.ts";
import type { Message } from "./page.ts";

/** What a page may answer. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface PageOptions {
  /** Folders by the first part of their path on the server; `page` has the script `page.js`. */
  readonly folders: Readonly<Record<string, string>>;
  /** What the script is told: the query of its address. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the page is cross-origin isolated, as shared memory needs; default true. */
  readonly isolated?: boolean;
  /** Default `software`. */
  readonly adapter?: Adapter;
  /** Told of every line that the page says before its answer. */
  readonly onLine?: (text: string) => void;
  /** How long the page may say nothing. Default 120,000. */
  readonly silenceMs?: number;
}

/**
 * Serves folders on this machine alone, opens their `page/page.js` in a Chromium without a window, and gives the page's
 * answer (see `answer` of `@dl/browser/page`).
 *
 * @throws Error where there is no Chromium, and for what went wrong in the page
 */
export async function openPage(options: PageOptions): Promise<Json> {
  const { settings = {}, adapter = "software", silenceMs = 120_000 } = options;
  const chromium = findChromium();
  if (chromium === undefined) throw new Error(`browser: ${noChromium}`);
  const profile = mkdtempSync(join(tmpdir(), "dl-browser-"));
  const closing: (() => unknown)[] = [];
  try {
    return await new Promise<Json>((resolve, reject) => {
      const silent = (): void => reject(new Error(`browser: the page said nothing for ${silenceMs} ms`));
      const timer = setTimeout(silent, silenceMs);
      const server = listen(options, (message) => {
        timer.refresh();
        if (message.kind === "line") options.onLine?.(message.text);
        else if (message.kind === "done") resolve(message.value);
        else reject(new Error(`browser: ${message.text}`));
      });
      closing.push(
        () => clearTimeout(timer),
        () => server.closeAllConnections(),
        () => server.close(),
      );
      server.once("listening", () => {
        const url = `${addressOf(server)}/?${new URLSearchParams(settings)}`;
        const child = launch(chromium, url, profile, adapter);
        child.once("error", reject);
        child.once("exit", (code) => reject(new Error(`browser: Chromium ended with ${code}`)));
        closing.push(() => ended(child));
      });
    });
  } finally {
    for (const close of closing) await close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.kill()) await new Promise((resolve) => child.once("exit", resolve));
}

function listen(options: PageOptions, onMessage: (message: Message) => void): Server {
  const server = createServer((request, response) => {
    respond(request, response, options, onMessage).catch((error: unknown) =>
      response.writeHead(500).end(String(error)),
    );
  });
  return server.listen(0, "127.0.0.1");
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { folders, isolated = true }: PageOptions,
  onMessage: (message: Message) => void,
): Promise<void> {
  for (const [name, value] of isolated ? isolation : []) response.setHeader(name, value);
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "POST") {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    response.writeHead(204).end();
    onMessage(JSON.parse(Buffer.concat(parts).toString()) as Message);
    return;
  }
  if (pathname === "/") {
    response.setHeader("content-type", "text/html").end(html);
    return;
  }
  const [, folder = "", ...rest] = pathname.split("/").map(decodeURIComponent);
  const base = folders[folder];
  const file = base === undefined ? "" : join(base, ...rest);
  const content =
    base !== undefined && file.startsWith(base + sep) ? await readFile(file).catch(() => undefined) : undefined;
  if (content === undefined) response.writeHead(404).end();
  else response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream").end(content);
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("browser: the server has no port");
  return `http://127.0.0.1:${address.port}`;
}

const html = `<!doctype html><title>page</title><script type="module" src="/page/page.js"></script>`;

/** SharedArrayBuffer is there only for pages that are isolated. */
const isolation = [
  ["Cross-Origin-Opener-Policy", "same-origin"],
  ["Cross-Origin-Embedder-Policy", "require-corp"],
] as const;

const types: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
};
