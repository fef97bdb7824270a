import {
  type ElementwiseOp,
  elementwise,
  matmul,
  narrow,
  reshape,
  select,
  type Tensor,
  transpose,
  update_,
} from "@dl/tensor";
import { biasedMatmul } from "@dl/tensor/primitives";

/** In which order the steps of `[length, batch, size]` are taken. */
export interface Direction {
  readonly reverse: boolean;
}

/** The places of the steps in the order they are taken. */
export function stepOrder(x: Tensor, { reverse }: Direction): number[] {
  const length = x.shape[0] as number;
  return Array.from({ length }, (_, i) => (reverse ? length - 1 - i : i));
}

/** The state after the last step taken. */
export const lastState = (after: Tensor, { reverse }: Direction): Tensor => select(after, 0, reverse ? 0 : -1);

/** The gradient of a weight that every step multiplies `x` with, from those of the products. */
export function weightGradient(products: Tensor, x: Tensor): Tensor {
  const rows = (each: Tensor): Tensor => reshape(each, [-1, each.shape.at(-1) as number]);
  return matmul(transpose(rows(products)), rows(x));
}

/** States in one piece of memory. */
export interface States {
  readonly memory: Tensor;
  /** That in which the first step taken begins. */
  readonly start: Tensor;
  before(t: number): Tensor;
  after(t: number): Tensor;
  /** Before and after each step, in the order of time. */
  readonly allBefore: Tensor;
  readonly allAfter: Tensor;
}

/** `memory` is `[length + 1, batch, size]`: the states after all steps in the order of time, next to that at the start. */
export function statesIn(memory: Tensor, { reverse }: Direction): States {
  const length = (memory.shape[0] as number) - 1;
  const [ahead, behind] = reverse ? [1, 0] : [0, 1];
  return {
    memory,
    start: select(memory, 0, reverse ? length : 0),
    before: (t) => select(memory, 0, t + ahead),
    after: (t) => select(memory, 0, t + behind),
    allBefore: narrow(memory, 0, ahead, length),
    allAfter: narrow(memory, 0, behind, length),
  };
}

/** Writes `sum + x · y` over `target`. */
export const addProduct = (target: Tensor, sum: Tensor, x: Tensor, y: Tensor): Tensor =>
  update_(target, biasedMatmul.op, [sum, x, y]);

const same: ElementwiseOp = elementwise("copy", ["x"], "x");

/** Writes `x` over `target`. */
export const copyTo = (target: Tensor, x: Tensor): Tensor => update_(target, same, [x]);
