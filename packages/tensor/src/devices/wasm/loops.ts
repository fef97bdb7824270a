import type { Engine } from "./engine.ts";
import type { Kernel, RowSplit } from "./threads/split.ts";

/** Modules made at run time, by key; they are made anew when the device's memory or threads change. */
export class Loops<Key> {
  readonly #made = new Map<Key, Kernel>();
  #kernels: Engine["kernels"] | undefined;
  /** Most loops are asked for by one key alone. */
  #lastKey: Key | undefined;
  #last: Kernel | undefined;

  /** The loop of `key`, if it was made for what the engine has now. */
  get(key: Key, { kernels }: Engine): Kernel | undefined {
    if (this.#kernels !== kernels) {
      this.#made.clear();
      this.#kernels = kernels;
      this.#last = undefined;
    }
    if (this.#last === undefined || this.#lastKey !== key) {
      this.#lastKey = key;
      this.#last = this.#made.get(key);
    }
    return this.#last;
  }

  /** Compiles a module that exports `run` over the engine's memory; `split` says how threads share a call. */
  add(key: Key, bytes: Uint8Array<ArrayBuffer>, split: RowSplit, engine: Engine): Kernel {
    const made = engine.loop(bytes, split);
    this.#made.set(key, made);
    return made;
  }
}
