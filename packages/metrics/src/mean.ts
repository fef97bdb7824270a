import { checkSeen } from "./metric.ts";

/** The mean of numbers that come in sums of some of them. */
export class Mean {
  #sum = 0;
  #count = 0;

  add(sum: number, count: number): void {
    this.#sum += sum;
    this.#count += count;
  }

  /** The mean of all. Throws where there were none. */
  value(who: string): number {
    checkSeen(who, this.#count);
    return this.#sum / this.#count;
  }

  reset(): void {
    this.#sum = 0;
    this.#count = 0;
  }
}
