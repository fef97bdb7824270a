import type { Json } from "./host.ts";

/** What a page tells its host. */
export type Message =
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "done"; readonly value: Json }
  | { readonly kind: "failed"; readonly text: string };

/** What the host told the page. */
export const settings = (): URLSearchParams => new URLSearchParams(location.search);

/** Tells the host a line on the way. */
export const say = (text: string): Promise<unknown> => post({ kind: "line", text });

/** Runs the page's work and tells the host what came out, or what went wrong. */
export async function answer(work: () => Promise<Json>): Promise<void> {
  try {
    await post({ kind: "done", value: await work() });
  } catch (error) {
    await post({ kind: "failed", text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

const post = (message: Message): Promise<unknown> => fetch("/", { method: "POST", body: JSON.stringify(message) });
