import { binary, contiguousStrides, mul, narrow, ones, sub, type Tensor, unary } from "@dl/tensor";
import { cumsum, linearScan, stridedScatterAdd } from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable } from "../rule.ts";

interface Along {
  readonly dim: number;
  readonly reverse: boolean;
}

/** Moves `x` along `dim` by one place, to the end (1) or to the front (-1), and zeros in. */
export function shift(x: Tensor, dim: number, by: 1 | -1): Tensor {
  const length = x.shape[dim] ?? 1;
  if (length === 0) return x;
  return x.ndim === 0 ? sub(x, x) : placed(narrow(x, dim, by === 1 ? 0 : 1, length - 1), x, dim, by === 1 ? 1 : 0);
}

/** Zeros shaped like `like` with `part` in them, from place `at` of `dim` on. */
function placed(part: Tensor, like: Tensor, dim: number, at: number): Tensor {
  const strides = contiguousStrides(like.shape);
  return stridedScatterAdd(part, like.shape, { shape: part.shape, strides, offset: at * (strides[dim] as number) });
}

/** 1 in the first place of `dim` (the last with `last`), 0 elsewhere. */
export function firstOnes(like: Tensor, dim: number, last: boolean): Tensor {
  const full = ones(like.shape, { dtype: like.dtype, device: like.device });
  return like.ndim === 0 ? full : sub(full, shift(full, dim, last ? -1 : 1));
}

const against = (reverse: boolean): 1 | -1 => (reverse ? 1 : -1);
const along = (reverse: boolean): 1 | -1 => (reverse ? -1 : 1);

/** Of two neighbours, how much of the sum so far the earlier one was. */
const ratio = binary("logcumsumexpRatio", "isinf(x) ? 0 : exp(x - y)");
const share = unary("logcumsumexpShare", "exp(x)");

/** `t[i] = g[i] + e^(y[i] - y[i+1]) t[i+1]`, times `e^(x[i] - y[i])`: no sum can overflow. */
function logcumsumexpGradient(g: Tensor, x: Tensor, y: Tensor, { dim, reverse }: Along): Tensor {
  const length = x.shape[dim] ?? 1;
  if (x.ndim === 0 || length === 0) return mul(g, share(sub(x, y)));
  const [front, back] = [narrow(y, dim, 0, length - 1), narrow(y, dim, 1, length - 1)];
  const ratios = reverse ? ratio(back, front) : ratio(front, back);
  const total = linearScan(placed(ratios, x, dim, reverse ? 1 : 0), g, { dim, reverse: !reverse });
  return mul(total, share(sub(x, y)));
}

export const scans = {
  cumsum: gradient<Along>({ x: (g, _, { attrs }) => cumsum(g, { dim: attrs.dim, reverse: !attrs.reverse }) }),
  cumprod: gradient<Along>({
    x: keeping(["x"], (g, { x }, { attrs: { dim, reverse } }) => {
      const before = linearScan(shift(x, dim, along(reverse)), firstOnes(x, dim, reverse), { dim, reverse });
      const after = linearScan(shift(x, dim, against(reverse)), g, { dim, reverse: !reverse });
      return mul(before, after);
    }),
  }),
  logcumsumexp: gradient<Along>({
    x: keeping(["x", "output"], (g, { x, output }, { attrs }) => logcumsumexpGradient(g, x, output, attrs)),
  }),
  cummaxIndices: notDifferentiable,
  cumminIndices: notDifferentiable,
  linearScan: gradient<Along>({
    factor: keeping(["factor", "output"], (g, { factor, output }, { attrs: { dim, reverse } }) =>
      mul(
        linearScan(shift(factor, dim, against(reverse)), g, { dim, reverse: !reverse }),
        shift(output, dim, along(reverse)),
      ),
    ),
    x: keeping(["factor"], (g, { factor }, { attrs: { dim, reverse } }) =>
      linearScan(shift(factor, dim, against(reverse)), g, { dim, reverse: !reverse }),
    ),
  }),
};
