import { cat, matmul, narrow, reshape, select, stack, type Tensor, transpose, unsqueeze } from "@dl/tensor";

/** In which order the steps of `[length, batch, size]` are taken. */
export interface Direction {
  readonly reverse: boolean;
}

/** The places of the steps in the order they are taken. */
export function stepOrder(x: Tensor, { reverse }: Direction): number[] {
  const length = x.shape[0] as number;
  return Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
}

/** Makes one tensor for each step, the last one taken first, and puts them together in the order of time. */
export function backInTime(x: Tensor, direction: Direction, make: (t: number) => Tensor): Tensor {
  const made = stepOrder(x, { reverse: !direction.reverse }).map(make);
  return stack(direction.reverse ? made : made.toReversed());
}

/** For each step the state before it, from the states after each step and the one at the start. */
export function statesBefore(after: Tensor, start: Tensor, { reverse }: Direction): Tensor {
  const others = narrow(after, 0, reverse ? 1 : 0, (after.shape[0] as number) - 1);
  const first = unsqueeze(start, 0);
  return cat(reverse ? [others, first] : [first, others]);
}

/** The state after the last step taken. */
export const lastState = (after: Tensor, { reverse }: Direction): Tensor => select(after, 0, reverse ? 0 : -1);

/** The gradient of a weight that every step multiplies `x` with, from those of the products. */
export function weightGradient(products: Tensor, x: Tensor): Tensor {
  const rows = (each: Tensor): Tensor => reshape(each, [-1, each.shape.at(-1) as number]);
  return matmul(transpose(rows(products)), rows(x));
}
