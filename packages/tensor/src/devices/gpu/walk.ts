import { broadcastStrides, type Shape } from "../../shape.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wholeArgument } from "./kernel.ts";

/** Where several operands keep the elements of one shape: what a shader needs to find them by a running index. */
export interface Walk {
  /** Dimensions left after joining; part of the key of a shader. */
  readonly rank: number;
  /** The arguments a shader reads: the lengths, then offset and strides of each operand. */
  readonly whole: readonly number[];
}

/** The walk of `operands`, broadcast to `shape`. */
export function walkOver(shape: Shape, operands: readonly { strides: readonly number[]; offset: number }[]): Walk {
  const walk = collapse(
    shape,
    operands.map(({ strides }) => strides),
  );
  return {
    rank: walk.shape.length,
    whole: [...walk.shape, ...operands.flatMap(({ offset }, k) => [offset, ...(walk.strides[k] as readonly number[])])],
  };
}

/** A tensor as an operand of a walk over `shape`. */
export const operandOver = (x: Tensor, shape: Shape): { strides: readonly number[]; offset: number } => ({
  strides: broadcastStrides(x, shape),
  offset: x.offset,
});

/**
 * WGSL statements that set `at0`, `at1`, … to where each operand has the element with running index `index`. The walk's
 * arguments start at argument `first`.
 */
export function walkToWgsl(rank: number, operands: number, first: number, index: string): string {
  const at = (operand: number): number => first + rank + operand * (rank + 1);
  const lines = Array.from({ length: operands }, (_, k) => `var at${k} = ${wholeArgument(at(k))};`);
  lines.push(`var rest : u32 = ${index};`);
  for (let dim = rank - 1; dim >= 0; dim--) {
    const step = dim === 0 ? "rest" : `(rest % ${wholeArgument(first + dim)})`;
    for (let k = 0; k < operands; k++) lines.push(`at${k} += ${step} * ${wholeArgument(at(k) + 1 + dim)};`);
    if (dim > 0) lines.push(`rest /= ${wholeArgument(first + dim)};`);
  }
  return lines.join("\n  ");
}
