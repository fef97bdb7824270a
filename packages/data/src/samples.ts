import { Generator } from "@dl/tensor";
import type { Dataset } from "./dataset.ts";

/**
 * The generator of one sample in one epoch. The seed is the epoch's, mixed with the index so that neighbours differ in all
 * bits (the last step of MurmurHash3), and no two samples of an epoch share one.
 */
export function sampleGenerator(epoch: number, index: number): Generator {
  let h = (epoch ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return new Generator((h ^ (h >>> 16)) >>> 0);
}

/** Samples, each with a generator of its own. */
export function samplesOf<T>(dataset: Dataset<T>, indices: ArrayLike<number>, epoch: number): T[] {
  return Array.from(indices, (index) => dataset.get(index, sampleGenerator(epoch, index)));
}
