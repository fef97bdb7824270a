import { type Generator, mul, randint, randn } from "@dl/tensor";
import type { Input } from "./suite.ts";

/** The numbers of an input, from the generator's next draws. */
export function draw({ shape, scale = 1, mean = 0, classes }: Input, generator: Generator): Float32Array | Int32Array {
  if (classes !== undefined) return Int32Array.from(randint(0, classes, [...shape], { generator }).toArray());
  const normal = mul(randn([...shape], { generator }), scale).toArray() as ArrayLike<number>;
  return Float32Array.from(normal, (each) => each + mean);
}

/** The largest difference, relative to the largest number; infinite where lengths or NaNs differ. */
export function difference(given: Float32Array, wanted: Float32Array): number {
  if (given.length !== wanted.length) return Number.POSITIVE_INFINITY;
  let largest = Number.MIN_VALUE;
  let apart = 0;
  for (let i = 0; i < wanted.length; i++) {
    const [a, b] = [given[i] as number, wanted[i] as number];
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
    largest = Math.max(largest, Math.abs(b));
    apart = Math.max(apart, Math.abs(a - b));
  }
  return apart / largest;
}
