import {
  add,
  defaultGenerator,
  type Generator,
  indexSelect,
  isFloat,
  mul,
  operandsText,
  randperm,
  type Tensor,
  where,
} from "@dl/tensor";
import { below, beta } from "./draws.ts";
import { maskOf } from "./erase.ts";
import { checkImage } from "./transform.ts";

export interface MixOptions {
  /** Shares come from Beta(alpha, alpha). Default 1. */
  readonly alpha?: number;
  readonly generator?: Generator;
}

export interface Mixed {
  /** As the images given. */
  readonly x: Tensor;
  /** As the targets given. */
  readonly y: Tensor;
  /** The share that is the batch itself; the rest is the batch in another order. */
  readonly share: number;
}

/**
 * `share · x + (1 - share) · x[order]`, the targets likewise.
 *
 * - x: `[n, ...]`, y: `[n, classes]`, both floating-point (labels by way of `oneHot`)
 *
 * Source: https://arxiv.org/abs/1710.09412
 *
 * @example
 * const { y } = mixup(tensor([[0], [1]]), tensor([[1, 0], [0, 1]]), { generator: new Generator(0) });
 * y.sum({ dim: 1 }).tolist(); // => [1, 1]
 */
export function mixup(x: Tensor, y: Tensor, { alpha = 1, generator = defaultGenerator() }: MixOptions = {}): Mixed {
  checkPair("mixup", x, y, alpha);
  const share = beta(generator, alpha, alpha);
  const order = randperm(x.shape[0] as number, { generator, device: x.device });
  return { x: blend(x, indexSelect(x, 0, order), share), y: blend(y, indexSelect(y, 0, order), share), share };
}

/**
 * A rectangle of each image replaced by that of another; targets are mixed by area.
 *
 * - x: `[n, c, h, w]`, y: `[n, classes]`, both floating-point (labels by way of `oneHot`)
 *
 * Source: https://arxiv.org/abs/1905.04899
 *
 * @example
 * const { x } = cutmix(ones([2, 1, 4, 4]), tensor([[1, 0], [0, 1]]), { generator: new Generator(0) });
 * x.sum().item(); // => 32
 */
export function cutmix(x: Tensor, y: Tensor, { alpha = 1, generator = defaultGenerator() }: MixOptions = {}): Mixed {
  checkPair("cutmix", x, y, alpha);
  checkImage("cutmix", x);
  const [h, w] = x.shape.slice(-2) as [number, number];
  const side = Math.sqrt(1 - beta(generator, alpha, alpha));
  const order = randperm(x.shape[0] as number, { generator, device: x.device });
  const [rows, top, height] = line(generator, h, side);
  const [columns, left, width] = line(generator, w, side);
  const mask = maskOf(x, { top, left, height, width });
  const share = 1 - (rows * columns) / (h * w);
  const other = indexSelect(y, 0, order);
  return { x: where(mask, indexSelect(x, 0, order), x), y: blend(y, other, share), share };
}

/** A stretch of `side · length` about a random place: what of it lies within the image, where it starts, its length. */
function line(generator: Generator, length: number, side: number): [inside: number, start: number, length: number] {
  const size = Math.floor(length * side);
  const start = below(generator, length) - (size >> 1);
  return [Math.min(length, start + size) - Math.max(0, start), start, size];
}

function blend(a: Tensor, b: Tensor, share: number): Tensor {
  return add(mul(a, share), mul(b, 1 - share));
}

function checkPair(who: string, x: Tensor, y: Tensor, alpha: number): void {
  if (!(alpha > 0)) throw new RangeError(`${who}: alpha must be above 0, got ${alpha}`);
  if (!isFloat(x.dtype) || !isFloat(y.dtype)) {
    throw new TypeError(`${who}: x and y must be floating-point: got ${x.dtype} and ${y.dtype} (labels: oneHot first)`);
  }
  if (x.shape.length === 0 || x.shape[0] !== y.shape[0])
    throw new RangeError(`${who}: first sizes differ ${operandsText({ x, y })}`);
}
