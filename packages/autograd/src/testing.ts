import { add, isFloat, mul, sum, type Tensor, tensor } from "@dl/tensor";
import { grad } from "./grad.ts";
import { requiresGrad_ } from "./leaf.ts";
import { noGrad } from "./mode.ts";

type Differentiable = (...inputs: Tensor[]) => Tensor;

export interface GradcheckOptions {
  /** Check second derivatives too. */
  second?: boolean;
  /** Step of the central difference. Default 1e-6. */
  step?: number;
  /** Largest accepted `|a - n| / max(1, |n|)`. Default 1e-5 (1e-4 for second derivatives). */
  tolerance?: number;
}

/**
 * Throws unless the gradients of `fn` at `inputs` equal central differences `(f(x+h) - f(x-h)) / 2h`. Inputs should be
 * float64; those that are not floating-point are left alone. Works on inputs where `fn` is smooth.
 *
 * @example
 * gradcheck((x) => x.mul(x), [tensor([1, 2], { dtype: "float64" })]); // => undefined
 */
export function gradcheck(
  fn: Differentiable,
  inputs: readonly Tensor[],
  { second = false, step = 1e-6, tolerance = 1e-5 }: GradcheckOptions = {},
): void {
  compare("gradcheck", fn, inputs, step, tolerance);
  if (!second) return;
  const first: Differentiable = (...leaves) => {
    const tracked = leaves.filter((leaf) => leaf.requiresGrad);
    const output = fn(...leaves);
    const gradients = output.requiresGrad
      ? grad([weighted(output)], tracked, { createGraph: true, allowUnused: true })
      : [];
    const parts = gradients.filter((gradient) => gradient !== undefined).map((gradient) => weighted(gradient));
    return parts.reduce(
      (total, part) => add(total, part),
      mul(sum(leaves.find((leaf) => leaf.requiresGrad) ?? (leaves[0] as Tensor)), 0),
    );
  };
  compare("gradcheck: second order", first, inputs, step, Math.max(tolerance, 1e-4), true);
}

/**
 * The gradient of the sum of `fn`'s result with respect to each input, by central differences: slow, and independent of
 * every rule. One array per input, undefined for inputs that are not floating-point.
 *
 * @example
 * numericalGrad((x) => x.mul(x), [tensor([3], { dtype: "float64" })])[0].map(Math.round); // => [6]
 */
export function numericalGrad(
  fn: Differentiable,
  inputs: readonly Tensor[],
  step = 1e-6,
): (Float64Array | undefined)[] {
  return differences((...xs) => sum(fn(...xs)).item(), inputs, step);
}

function compare(
  who: string,
  fn: Differentiable,
  inputs: readonly Tensor[],
  step: number,
  tolerance: number,
  recorded = false,
): void {
  const leaves = inputs.map((input) => leafOf(input));
  const tracked = leaves.filter((leaf) => leaf.requiresGrad);
  const output = fn(...leaves);
  const analytic = output.requiresGrad ? grad([weighted(output)], tracked, { allowUnused: true }) : [];
  const value: (...xs: Tensor[]) => number = recorded
    ? (...xs) => weighted(fn(...xs.map((x) => leafOf(x)))).item()
    : (...xs) => noGrad(() => weighted(fn(...xs)).item());
  const numeric = differences(value, inputs, step).filter((each) => each !== undefined);
  numeric.forEach((expected, k) => {
    const got = analytic[k]?.detach().toArray();
    expected.forEach((wanted, i) => {
      const found = got?.[i] ?? 0;
      if (Math.abs(found - wanted) <= tolerance * Math.max(1, Math.abs(wanted))) return;
      throw new Error(`${who}: gradient ${k}, element ${i}: ${found}, numerically ${wanted}`);
    });
  });
}

const leafOf = (x: Tensor): Tensor =>
  isFloat(x.dtype)
    ? requiresGrad_(tensor(x.detach().toArray(), { shape: x.shape, dtype: x.dtype, device: x.device }))
    : x;

/** A sum in which every element counts differently, so that no error cancels. */
function weighted(x: Tensor): Tensor {
  const weights = Float64Array.from({ length: x.size }, (_, i) => 0.5 + ((i * 0.6180339887498949) % 1));
  return sum(mul(x, tensor(weights, { shape: x.shape, device: x.device })));
}

function differences(
  value: (...xs: Tensor[]) => number,
  inputs: readonly Tensor[],
  step: number,
): (Float64Array | undefined)[] {
  return inputs.map((input, k) => {
    if (!isFloat(input.dtype)) return undefined;
    const data = Float64Array.from(input.detach().toArray());
    return data.map((middle, i) => {
      const at = (x: number): number => {
        const moved = tensor(data.with(i, x), { shape: input.shape, dtype: "float64", device: input.device });
        return value(...inputs.with(k, moved));
      };
      return (at(middle + step) - at(middle - step)) / (2 * step);
    });
  });
}
