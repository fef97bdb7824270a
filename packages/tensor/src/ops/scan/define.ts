import type { DType } from "../../dtype.ts";
import { apply, type Callable, callable, type KernelOp } from "../../op.ts";
import { normalizeDim } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { toCopy } from "../copy.ts";
import { blockOf, checkInt32 } from "../reduce/define.ts";

export interface ScanOptions {
  dim: number;
  /** Run from the end. */
  reverse?: boolean;
  /** Convert to it first. */
  dtype?: DType | undefined;
}

export interface ScanAttrs {
  readonly dim: number;
  readonly reverse: boolean;
}

export type ScanOp = Callable<(x: Tensor, options: ScanOptions) => Tensor, KernelOp<ScanAttrs>>;

interface Options {
  dtype(of: DType): DType;
  /** What a line starts with. */
  readonly start: number;
  /** From what came out last to what comes out next. */
  step(last: number, value: number): number;
}

/** A primitive that runs along every line of one dimension and keeps each intermediate result. */
/* @__NO_SIDE_EFFECTS__ */
export function scan(name: string, { dtype, start, step }: Options): ScanOp {
  const op: KernelOp<ScanAttrs> = {
    kind: "kernel",
    name,
    inputs: ["x"],
    infer: ([x]) => ({ shape: (x as Tensor).shape, dtype: dtype((x as Tensor).dtype) }),
    reference([x], output, attrs) {
      const from = elements(x as Tensor);
      const to = elements(output);
      const checked = output.dtype === "int32";
      forEachLine(x as Tensor, attrs, (first, stride, length) => {
        let last = start;
        for (let i = 0, at = first; i < length; i++, at += stride) {
          last = step(last, from[at] as number);
          to[at] = checked ? checkInt32(name, last) : last;
        }
      });
    },
  };
  return callable((x: Tensor, { dim, reverse = false, dtype: wanted = x.dtype }: ScanOptions) => {
    const axis = normalizeDim(name, dim, x.ndim);
    return apply(op, [wanted === x.dtype ? x : toCopy(x, wanted)], { dim: axis, reverse });
  }, op);
}

/** Visits the lines of one dimension of row-major `x`: first element, step to the next, how many. */
export function forEachLine(
  x: Tensor,
  { dim, reverse }: ScanAttrs,
  visit: (first: number, stride: number, length: number) => void,
): void {
  const { outer, length, inner } = blockOf(x.shape, { dim, span: 1 });
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const first = o * length * inner + i;
      if (reverse) visit(first + (length - 1) * inner, -inner, length);
      else visit(first, inner, length);
    }
  }
}
