import { floatDType, type ReduceAttrs, type ReduceOp, reduction } from "./define.ts";

/** A block, and the power of its norm: any number, with infinities. */
export interface NormAttrs extends ReduceAttrs {
  readonly p: number;
}

/** `(Σ |x|^p)^(1/p)` over one block: the largest |x| for p = ∞, the smallest for -∞, the count of others than 0 for 0. */
export const normBlock: ReduceOp<NormAttrs> = reduction("norm", {
  dtype: floatDType("norm"),
  fold(data, at, step, length, { p }: NormAttrs) {
    if (p === Number.POSITIVE_INFINITY) return furthest(data, at, step, length, 0, Math.max);
    if (p === Number.NEGATIVE_INFINITY) return furthest(data, at, step, length, Number.POSITIVE_INFINITY, Math.min);
    const last = at + length * step;
    let total = 0;
    if (p === 0) for (let i = at; i < last; i += step) total += data[i] === 0 ? 0 : 1;
    else if (p === 1) for (let i = at; i < last; i += step) total += Math.abs(data[i] as number);
    else if (p === 2) for (let i = at; i < last; i += step) total += (data[i] as number) ** 2;
    else for (let i = at; i < last; i += step) total += Math.abs(data[i] as number) ** p;
    if (p === 0 || p === 1) return total;
    return p === 2 ? Math.sqrt(total) : total ** (1 / p);
  },
});

type Choose = (a: number, b: number) => number;

function furthest(
  data: ArrayLike<number>,
  at: number,
  step: number,
  length: number,
  start: number,
  choose: Choose,
): number {
  let best = start;
  for (let i = 0; i < length; i++) best = choose(best, Math.abs(data[at + i * step] as number));
  return best;
}
