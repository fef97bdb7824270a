import { execFileSync, spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const joins = "--experimental-wasm-revectorize";
/** Optimized code from the first call on. */
const optimized = ["--no-liftoff", "--no-wasm-lazy-compilation"];
const isKnown = spawnSync(process.execPath, [joins, "-e", ""]).status === 0;

test.skipIf(!isKnown)(
  "where V8 joins vectors of four floats to vectors of eight, all kernels compile and give the same bits (skipped in a Node without the flag)",
  () => {
    const plain = digests([], 0);
    expect(plain.split("\n").length).toBeGreaterThan(20);
    expect(digests([joins, ...optimized], 0)).toBe(plain);
    expect(digests([joins, ...optimized], 1)).toBe(plain);
  },
);

function digests(flags: readonly string[], doubleTiles: 0 | 1): string {
  const script = join(import.meta.dirname, "children/digests.ts");
  const args = [...flags, "--conditions=@dl/source", script, String(doubleTiles)];
  return execFileSync(process.execPath, args, { encoding: "utf8" });
}
