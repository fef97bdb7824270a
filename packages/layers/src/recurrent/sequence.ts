import { cat, narrow, select, stack, type Tensor } from "@dl/tensor";

/** In which order the steps of `[length, batch, size]` are taken. */
export interface Direction {
  readonly reverse: boolean;
}

/** What a recurrent layer computes for all steps: `[length, batch, size]`, and the states it ends with. */
export interface Whole {
  readonly output: Tensor;
  readonly state: readonly Tensor[];
}

/** The places of the steps in the order they are taken. */
export function stepOrder(x: Tensor, { reverse }: Direction): number[] {
  const length = x.shape[0] as number;
  return Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
}

/** For each step the state before it, from the states after each step and the one at the start. */
export function statesBefore(after: Tensor, start: Tensor, { reverse }: Direction): Tensor {
  const others = narrow(after, 0, reverse ? 1 : 0, (after.shape[0] as number) - 1);
  const first = start.unsqueeze(0);
  return cat(reverse ? [others, first] : [first, others]);
}

/** The state after the last step taken. */
export const lastState = (after: Tensor, { reverse }: Direction): Tensor => select(after, 0, reverse ? 0 : -1);

/** Tensors of steps, which were made in `order`, in the order of time. */
export function inTime(made: readonly Tensor[], { reverse }: Direction): Tensor {
  return stack(reverse ? made.toReversed() : made);
}
