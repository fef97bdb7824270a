import { type Profiler, Session } from "node:inspector/promises";
import { basename } from "node:path";

const lines = 14;

/**
 * Where the time of `body` goes: the functions with the largest share of their own. Functions of the WebAssembly module
 * with the most of them get their names from `kernels`; the others are made at run time, from formulas.
 */
export async function profile(
  body: () => Promise<unknown>,
  kernels: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.setSamplingInterval", { interval: 100 });
  await session.post("Profiler.start");
  await body();
  const { profile } = await session.post("Profiler.stop");
  session.disconnect();
  const library = largestModule(profile.nodes);
  const names = new Map(
    profile.nodes.map(({ id, callFrame }) => {
      const { functionName, url, lineNumber } = callFrame;
      const name = functionName === "" ? "(anonymous)" : functionName;
      if (!url.startsWith("wasm")) return [id, url === "" ? name : `${name} ${basename(url)}:${lineNumber + 1}`];
      const index = functionName.match(/\d+/)?.[0] ?? "";
      return [id, url === library ? `wasm ${kernels.get(index) ?? name}` : `wasm formula ${url.slice(-6)}`];
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

function largestModule(nodes: readonly Profiler.ProfileNode[]): string | undefined {
  const functions = new Map<string, Set<string>>();
  for (const { callFrame } of nodes) {
    if (!callFrame.url.startsWith("wasm")) continue;
    const found = functions.get(callFrame.url) ?? new Set();
    functions.set(callFrame.url, found.add(callFrame.functionName));
  }
  return [...functions].sort(([, a], [, b]) => b.size - a.size)[0]?.[0];
}
