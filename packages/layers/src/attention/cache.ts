import { cat, type Tensor } from "@dl/tensor";

/** `[batch, heads, length, size]` each. */
export interface KeysAndValues {
  readonly keys: Tensor;
  readonly values: Tensor;
}

/**
 * The keys and values of what was attended to before, so that decoding computes those of the new elements only. One for
 * each layer and each batch of texts; start a new text with a new one.
 *
 * @example
 * const attention = new MultiheadAttention(4, 2, { batchFirst: true });
 * const cache = new KeyValueCache();
 * for (const token of [ones([1, 1, 4]), zeros([1, 1, 4])]) attention.forward(token, token, token, { cache });
 * cache.length; // => 2
 */
export class KeyValueCache {
  #held: KeysAndValues | undefined;

  /** How many elements it holds. */
  get length(): number {
    return this.#held?.keys.shape[2] ?? 0;
  }

  /** What it holds and then these, `[batch, heads, n, size]`; it keeps them only when told to by `keep`. */
  with({ keys, values }: KeysAndValues): KeysAndValues {
    if (this.#held === undefined) return { keys, values };
    return { keys: cat([this.#held.keys, keys], { dim: 2 }), values: cat([this.#held.values, values], { dim: 2 }) };
  }

  /** Holds these in the place of what it held. */
  keep(all: KeysAndValues): void {
    this.#held = all;
  }
}
