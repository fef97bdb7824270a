import { type Storage, type Tensor, trackAllocations } from "@dl/tensor";

/** Counts who still needs each temporary of a backward pass, and gives its memory back as soon as nobody does. */
export class Temporaries {
  readonly #uses = new Map<Storage, number>();

  /** Runs `make`; what it allocates is given back now, except the memory of its results. */
  during(make: () => readonly (Tensor | undefined)[]): readonly (Tensor | undefined)[] {
    const { result, allocated } = trackAllocations(make);
    for (const storage of allocated) this.#uses.set(storage, 0);
    for (const tensor of result) if (tensor !== undefined) this.hold(tensor);
    for (const storage of allocated) if (this.#uses.get(storage) === 0) this.#drop(storage);
    return result;
  }

  hold({ storage }: Tensor): void {
    const uses = this.#uses.get(storage);
    if (uses !== undefined) this.#uses.set(storage, uses + 1);
  }

  release({ storage }: Tensor): void {
    const uses = this.#uses.get(storage);
    if (uses === undefined) return;
    if (uses > 1) this.#uses.set(storage, uses - 1);
    else this.#drop(storage);
  }

  /** Whether nobody else needs the memory of `tensor`, and it is all there is to it. */
  owns(tensor: Tensor): boolean {
    return this.#uses.get(tensor.storage) === 1 && tensor.isContiguous && tensor.size === tensor.storage.size;
  }

  /** Lets the memory of `tensor` live on. */
  keep({ storage }: Tensor): void {
    this.#uses.delete(storage);
  }

  #drop(storage: Storage): void {
    this.#uses.delete(storage);
    storage.dispose();
  }
}
