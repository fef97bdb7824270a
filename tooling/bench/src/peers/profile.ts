import { basename } from "node:path";
import { Session } from "node:inspector/promises";

const lines = 14;

/** Where the time of `body` goes: the functions with the largest share of their own. */
export async function profile(body: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  await body();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const names = new Map(
    profile.nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => {
      const place = url === "" ? "" : ` ${url.startsWith("wasm") ? "wasm" : basename(url)}:${lineNumber + 1}`;
      return [id, `${functionName === "" ? "(anonymous)" : functionName}${place}`] as const;
    }),
  );
  const shares = new Map<string, number>();
  const total = (profile.timeDeltas ?? []).reduce((sum, each) => sum + each, 0);
  profile.samples?.forEach((id, i) => {
    const name = names.get(id) ?? "";
    shares.set(name, (shares.get(name) ?? 0) + (profile.timeDeltas?.[i] ?? 0) / total);
  });
  return [...shares]
    .sort(([, a], [, b]) => b - a)
    .slice(0, lines)
    .map(([name, share]) => `${(100 * share).toFixed(1).padStart(5)} %  ${name}`);
}
