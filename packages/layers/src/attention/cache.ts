import { cat, type Tensor } from "@dl/tensor";

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
  #keys: Tensor | undefined;
  #values: Tensor | undefined;

  /** How many elements it holds. */
  get length(): number {
    return this.#keys?.shape[2] ?? 0;
  }

  /** Adds `[batch, heads, n, size]` keys and values and returns all there are. */
  append(keys: Tensor, values: Tensor): { keys: Tensor; values: Tensor } {
    this.#keys = this.#keys === undefined ? keys : cat([this.#keys, keys], { dim: 2 });
    this.#values = this.#values === undefined ? values : cat([this.#values, values], { dim: 2 });
    return { keys: this.#keys, values: this.#values };
  }
}
