import type { Json } from "@dl/browser";
import { answer, say, settings } from "@dl/browser/page";
import { peers } from "./peers.ts";
import { runOnGpu } from "./run.ts";

await answer(async (): Promise<Json> => {
  const wanted = settings().get("peers")?.split(",") ?? [];
  const chosen = peers.filter(({ name }) => name === "dl" || wanted.includes(name));
  return JSON.stringify(await runOnGpu(settings().get("cases")?.split(",") ?? [], chosen, say));
});
