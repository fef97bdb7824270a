import { operandsText } from "../errors.ts";
import { add } from "../ops/elementwise/arithmetic.ts";
import { biasedMatmul } from "../ops/matmul.ts";
import { permute, transpose } from "../ops/view/permute.ts";
import { reshape, view } from "../ops/view/reshape.ts";
import { unsqueeze } from "../ops/view/squeeze.ts";
import { sameShape, sizeOf } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { checkTypes } from "./conv.ts";
import { matmul } from "./matmul.ts";

/**
 * `y = x Wᵀ + b`
 *
 * - x: `[..., in]`, weight: `[out, in]` or `[in]`, bias: `[out]` or `[]`
 * - result: `[..., out]`, or `[...]` for a weight `[in]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
 *
 * @example
 * linear(tensor([[1, 2]]), tensor([[3, 4], [5, 6]]), tensor([0, 1])).tolist(); // => [[11, 18]]
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (weight.ndim !== 1 && weight.ndim !== 2)
    throw new RangeError(`linear: weight must be [out, in] or [in] ${operandsText({ weight })}`);
  if (x.ndim === 0 || x.shape.at(-1) !== weight.shape.at(-1)) {
    throw new RangeError(
      `linear: weight takes ${weight.shape.at(-1)} features, x has ${x.shape.at(-1) ?? "none"} ${operandsText({ x, weight })}`,
    );
  }
  checkTypes("linear", { x, weight, ...(bias === undefined ? {} : { bias }) });
  if (weight.ndim === 1 || bias === undefined || x.ndim === 1)
    return withBias(matmul(x, weight.ndim === 1 ? weight : transpose(weight)), bias);
  const outputs = weight.shape[0] as number;
  if (bias.ndim > 1 || (bias.size !== outputs && bias.size !== 1)) throw wrongBias("linear", bias, weight);
  if (x.ndim === 2) return biasedMatmul(bias, x, transpose(weight));
  const lead = x.shape.slice(0, -1);
  const rows = reshape(x, [sizeOf(lead), x.shape.at(-1) as number]);
  return view(biasedMatmul(bias, rows, transpose(weight)), [...lead, outputs]);
}

/**
 * `y[..., o] = Σ_i,j x1[..., i] · weight[o, i, j] · x2[..., j] + bias[o]`
 *
 * - x1: `[..., in1]`, x2: `[..., in2]`, weight: `[out, in1, in2]`, bias: `[out]`
 * - result: `[..., out]`
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.bilinear.html
 *
 * @example
 * bilinear(tensor([[1, 2]]), tensor([[3]]), tensor([[[1], [10]]])).tolist(); // => [[63]]
 */
export function bilinear(x1: Tensor, x2: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (weight.ndim !== 3) throw new RangeError(`bilinear: weight must be [out, in1, in2] ${operandsText({ weight })}`);
  const [outputs, left, right] = weight.shape as [number, number, number];
  if (x1.shape.at(-1) !== left || x2.shape.at(-1) !== right) {
    throw new RangeError(`bilinear: weight takes ${left} and ${right} features ${operandsText({ x1, x2, weight })}`);
  }
  if (!sameShape(x1.shape.slice(0, -1), x2.shape.slice(0, -1)))
    throw new RangeError(`bilinear: leading sizes differ ${operandsText({ x1, x2 })}`);
  if (bias !== undefined && (bias.ndim !== 1 || bias.size !== outputs)) throw wrongBias("bilinear", bias, weight);
  checkTypes("bilinear", { x1, x2, weight, ...(bias === undefined ? {} : { bias }) });
  const lead = x1.shape.slice(0, -1);
  const rows = sizeOf(lead);
  const folded = matmul(reshape(x1, [rows, left]), reshape(permute(weight, [1, 0, 2]), [left, outputs * right]));
  const products = matmul(view(folded, [rows, outputs, right]), unsqueeze(reshape(x2, [rows, right]), -1));
  return withBias(view(products, [...lead, outputs]), bias);
}

const withBias = (product: Tensor, bias: Tensor | undefined): Tensor =>
  bias === undefined ? product : add(product, bias);

const wrongBias = (who: string, bias: Tensor, weight: Tensor): RangeError =>
  new RangeError(
    `${who}: bias must be [${weight.shape[0]}], one number for each output ${operandsText({ bias, weight })}`,
  );
