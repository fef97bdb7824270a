import { isFloat } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { layerNormRows } from "../ops/norm/layer-norm.ts";
import { type Shape, sameShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { affine } from "./batch-norm.ts";

export interface LayerNormOptions {
  /** `normalizedShape`; default ones. */
  weight?: Tensor | undefined;
  /** `normalizedShape`; default zeros. */
  bias?: Tensor | undefined;
  /** Default 1e-5. */
  eps?: number;
}

/**
 * `(x - mean) / √(variance + eps) · weight + bias` over the last dimensions, those of `normalizedShape`.
 *
 * - x: `[..., ...normalizedShape]`
 * - result: as x
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.layer_norm.html
 *
 * @example
 * layerNorm(tensor([[1, 3], [2, 6]]), [2], { eps: 0 }).tolist(); // => [[-1, 1], [-1, 1]]
 */
export function layerNorm(
  x: Tensor,
  normalizedShape: Shape | number,
  { weight, bias, eps = 1e-5 }: LayerNormOptions = {},
): Tensor {
  const shape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
  if (!isFloat(x.dtype)) throw new TypeError(`layerNorm: needs a floating-point tensor, got ${x.dtype}`);
  if (shape.length === 0 || !sameShape(x.shape.slice(-shape.length), shape)) {
    throw new RangeError(
      `layerNorm: the last sizes of x must be normalizedShape ${shapeText(shape)} ${operandsText({ x })}`,
    );
  }
  for (const [name, operand] of Object.entries({ weight, bias })) {
    if (operand === undefined || sameShape(operand.shape, shape)) continue;
    throw new RangeError(
      `layerNorm: ${name} must have the shape normalizedShape ${shapeText(shape)} ${operandsText({ [name]: operand, x })}`,
    );
  }
  return layerNormRows(x, ...affine(x, shape, weight, bias), { span: shape.length, eps });
}
