import type { Storage, Tensor } from "@dl/tensor";

/** Counts who still needs each temporary of a backward pass, and gives its memory back as soon as nobody does. */
export class Temporaries {
  readonly #allocated: readonly Storage[];
  #begun = 0;

  /** `allocated` grows: what joins it between `begin` and `settle` is temporary. */
  constructor(allocated: readonly Storage[]) {
    this.#allocated = allocated;
  }

  /** From here on, what is allocated is for the next results. */
  begin(): void {
    this.#begun = this.#allocated.length;
  }

  /** Gives back what was allocated since `begin`, except the memory of `results` and what is kept. */
  settle(results: readonly (Tensor | undefined)[]): void {
    const allocated = this.#allocated;
    for (let i = this.#begun; i < allocated.length; i++) {
      const storage = allocated[i] as Storage;
      if (!storage.kept) storage.uses = 0;
    }
    for (let i = 0; i < results.length; i++) {
      const result = results[i];
      if (result !== undefined && result.storage.uses >= 0) result.storage.uses++;
    }
    for (let i = this.#begun; i < allocated.length; i++) {
      const storage = allocated[i] as Storage;
      if (storage.uses === 0) drop(storage);
    }
  }

  /** Another user of what may be a temporary of a walk around this one, until it is released here. */
  hold({ storage }: Tensor): void {
    if (storage.uses >= 0) storage.uses++;
  }

  release({ storage }: Tensor): void {
    if (storage.uses < 0) return;
    storage.uses--;
    if (storage.uses === 0) drop(storage);
  }

  /** Whether nobody else needs the memory of `tensor`, and it is all there is to it. */
  owns(tensor: Tensor): boolean {
    return tensor.storage.uses === 1 && tensor.isContiguous && tensor.size === tensor.storage.size;
  }

  /** Lets the memory of `tensor` live on. */
  keep({ storage }: Tensor): void {
    storage.uses = -1;
  }
}

function drop(storage: Storage): void {
  storage.uses = -1;
  if (!storage.kept) storage.dispose();
}
