import { useDevice } from "@dl/tensor";
import type { Result } from "../measure.ts";
import { gpuSuite } from "../suite.ts";
import { adapterName } from "./dl.ts";
import { measureOnGpu } from "./measure.ts";
import { dataOf, type GpuPeer } from "./peer.ts";

/** What a run of the suite brought. */
export interface GpuRun {
  /** Adapter and versions. */
  readonly heading: readonly string[];
  readonly rows: readonly { readonly id: string; readonly results: readonly Result[] }[];
}

/** Runs the cases of these ids in all libraries; `say` is told of each. */
export async function runOnGpu(
  ids: readonly string[],
  peers: readonly GpuPeer[],
  say: (line: string) => unknown,
): Promise<GpuRun> {
  const rows: { id: string; results: Result[] }[] = [];
  for (const each of gpuSuite.filter(({ id }) => ids.includes(id))) {
    await useDevice("cpu");
    const results = await measureOnGpu(each.id, dataOf(each), peers);
    const times = results.map(({ name, medianMs }) => `${name} ${medianMs?.toPrecision(3) ?? "-"}`);
    await say(`${each.id.padEnd(14)} ${times.join("  ")}`);
    rows.push({ id: each.id, results });
  }
  return {
    heading: [`adapter: ${await adapterName()}`, ...peers.map(({ name, versions }) => `${name}: ${versions}`)],
    rows,
  };
}
