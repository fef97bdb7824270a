import {
  abs,
  add,
  amax,
  apply,
  type ElementwiseOp,
  elementwise,
  keep,
  maximum,
  scope,
  sum,
  Tensor,
  tensor,
  update_,
} from "@dl/tensor";

export interface ClipNormOptions {
  /** p of the norm `(Σ |g|^p)^(1/p)`: above 0, or Infinity for the largest magnitude. Default 2. */
  normType?: number;
  /** One norm over all gradients, or each gradient by its own. Default "global". */
  scope?: "global" | "layer";
  /** Throws where the norm is infinite or NaN. Reads it, so not on a GPU. Default false. */
  errorIfNonfinite?: boolean;
}

const power: ElementwiseOp = elementwise("normPower", ["g"], "pow(abs(g), p)", { p: 2 });
const square: ElementwiseOp = elementwise("normSquare", ["g"], "g * g");
const root: ElementwiseOp = elementwise("normRoot", ["s"], "pow(s, 1 / p)", { p: 2 });
const squareRoot: ElementwiseOp = elementwise("normSquareRoot", ["s"], "sqrt(s)");
const shrink: ElementwiseOp = elementwise("clipNorm", ["g", "norm"], "g * min(most / (norm + 1e-6), 1)", { most: 1 });
const limit: ElementwiseOp = elementwise("clipValue", ["g"], "clamp(g, low, high)", { low: 0, high: 0 });

/**
 * Scales gradients in place so that their norm is at most `maxNorm`, and returns the norm before: shape `[]`.
 *
 * With `scope: "layer"` every gradient is scaled by its own norm; the norm over all is returned just the same.
 * Errors: a negative `maxNorm`, a `normType` that is not above 0; with `errorIfNonfinite` a norm that is infinite or NaN.
 * Source: https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
 *
 * @example
 * const p = requiresGrad_(tensor([3, 4]));
 * p.mul(p).sum().backward();
 * clipGradNorm_([p], 5).item(); // => 10
 * p.grad.tolist(); // => [3, 4]
 */
export function clipGradNorm_(
  params: Tensor | Iterable<Tensor>,
  maxNorm: number,
  { normType = 2, scope: reach = "global", errorIfNonfinite = false }: ClipNormOptions = {},
): Tensor {
  if (!(maxNorm >= 0)) throw new RangeError(`clipGradNorm_: maxNorm must be a number from 0 on, got ${maxNorm}`);
  if (!(normType > 0)) throw new RangeError(`clipGradNorm_: normType must be above 0, got ${normType}`);
  if (reach !== "global" && reach !== "layer")
    throw new RangeError(`clipGradNorm_: scope must be "global" or "layer", got ${JSON.stringify(reach)}`);
  const grads = gradsOf(params);
  return scope(() => {
    if (grads.length === 0) return keep(tensor(0));
    const totals = grads.map((g) => collected(g, normType));
    const norm = rooted(
      totals.reduce((a, b) => (normType === Infinity ? maximum(a, b) : add(a, b))),
      normType,
    );
    if (errorIfNonfinite && !Number.isFinite(norm.item())) {
      throw new RangeError(
        `clipGradNorm_: the norm of order ${normType} over ${grads.length} gradients is ${norm.item()}`,
      );
    }
    grads.forEach((g, i) => {
      const own = reach === "layer" ? rooted(totals[i] as Tensor, normType) : norm;
      update_(g, shrink, [g, own], { most: maxNorm });
    });
    return norm;
  });
}

/**
 * Limits every element of the gradients to `[-clipValue, clipValue]`, in place.
 *
 * Errors: a negative `clipValue`.
 * Source: https://pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_value_.html
 *
 * @example
 * const p = requiresGrad_(tensor([3, -0.25]));
 * p.mul(p).sum().backward();
 * clipGradValue_([p], 1);
 * p.grad.tolist(); // => [1, -0.5]
 */
export function clipGradValue_(params: Tensor | Iterable<Tensor>, clipValue: number): void {
  if (!(clipValue >= 0)) throw new RangeError(`clipGradValue_: clipValue must be a number from 0 on, got ${clipValue}`);
  for (const g of gradsOf(params)) update_(g, limit, [g], { low: -clipValue, high: clipValue });
}

function gradsOf(params: Tensor | Iterable<Tensor>): Tensor[] {
  const list = params instanceof Tensor ? [params] : [...params];
  return list.flatMap(({ tracer }) => tracer?.lendGrad()?.detach() ?? []);
}

/** The norm of one gradient before the root. */
function collected(g: Tensor, p: number): Tensor {
  if (p === Infinity) return amax(abs(g));
  return sum(p === 2 ? apply(square, [g], {}) : apply(power, [g], { p }));
}

function rooted(total: Tensor, p: number): Tensor {
  if (p === Infinity) return total;
  return p === 2 ? apply(squareRoot, [total], {}) : apply(root, [total], { p });
}
