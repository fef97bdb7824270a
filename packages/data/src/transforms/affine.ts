import { affineGrid, type GridMode, type GridPadding, gridSample, type Tensor, tensor, unsqueeze } from "@dl/tensor";
import { type Span, spanOf, uniform } from "./draws.ts";
import { checkFloatImage, eachImage, type Transform } from "./transform.ts";

export interface AffineOptions extends SampleOptions {
  /** Degrees against the clock. Default 0. */
  readonly angle?: number;
  /** Pixels to the right and down. Default `[0, 0]`. */
  readonly translate?: Span;
  /** Default 1. */
  readonly scale?: number;
  /** Degrees by which upright lines lean, and level ones. Default `[0, 0]`. */
  readonly shear?: Span;
}

export interface SampleOptions {
  /** How values between pixels are read. Default `"bilinear"`. */
  readonly mode?: GridMode;
  /** What lies outside the image. Default `"zeros"`. */
  readonly paddingMode?: GridPadding;
}

/**
 * The image turned, leant, scaled about its centre, and moved, in this order from the last. Shape `[..., h, w]` to the same.
 *
 * Errors: images that are not floating-point; a scale of 0.
 *
 * @example
 * affineImage(tensor([[[1, 2, 3]]]), { translate: [1, 0] }).tolist(); // => [[[0, 1, 2]]]
 */
export function affineImage(
  x: Tensor,
  {
    angle = 0,
    translate = [0, 0],
    scale = 1,
    shear = [0, 0],
    mode = "bilinear",
    paddingMode = "zeros",
  }: AffineOptions = {},
): Tensor {
  checkFloatImage("affineImage", x);
  const [h, w] = x.shape.slice(-2) as [number, number];
  const [a, b, c, d] = inverse(angle, scale, shear);
  const [dx, dy] = translate;
  const theta = [
    [a, (b * h) / w, (-2 * (a * dx + b * dy)) / w],
    [(c * w) / h, d, (-2 * (c * dx + d * dy)) / h],
  ];
  const batch = x.ndim === 3 ? unsqueeze(x, 0) : x;
  const all = Array.from({ length: batch.shape[0] as number }, () => theta);
  const grid = affineGrid(tensor(all, { dtype: x.dtype, device: x.device }), batch.shape);
  const out = gridSample(batch, grid, { mode, paddingMode });
  return x.ndim === 3 ? out.squeeze(0) : out;
}

export interface RandomAffineOptions extends SampleOptions {
  /** Degrees, or the range they come from; a number stands for `[-x, x]`. Default 0. */
  readonly degrees?: number | Span;
  /** The greatest shift to either side, in parts of width and height. Default `[0, 0]`. */
  readonly translate?: Span;
  /** Default `[1, 1]`. */
  readonly scale?: Span;
  /** Degrees of leaning to either side; a number stands for `[-x, x]`. Default 0. */
  readonly shear?: number | Span;
}

/**
 * {@link affineImage} with random angle, shift, scale and leaning. Shape `[c, h, w]` to the same.
 *
 * Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomAffine.html
 *
 * @example
 * randomAffine({ degrees: 10, translate: [0.1, 0.1], scale: [0.9, 1.1] })(ones([1, 28, 28])).shape; // => [1, 28, 28]
 */
export function randomAffine({
  degrees = 0,
  translate: [across, down] = [0, 0],
  scale = [1, 1],
  shear = 0,
  ...options
}: RandomAffineOptions): Transform {
  const angles = spanOf("randomAffine", "degrees", degrees);
  const leanings = spanOf("randomAffine", "shear", shear);
  if (!(scale[0] > 0)) throw new RangeError(`randomAffine: scales must be above 0, got ${scale[0]}`);
  const scales = spanOf("randomAffine", "scale", scale);
  return eachImage("randomAffine", (x, generator) => {
    const [h, w] = x.shape.slice(-2) as [number, number];
    return affineImage(x, {
      ...options,
      angle: uniform(generator, angles),
      translate: [uniform(generator, [-across * w, across * w]), uniform(generator, [-down * h, down * h])],
      scale: uniform(generator, scales),
      shear: [uniform(generator, leanings), 0],
    });
  });
}

/**
 * The image turned by a random angle about its centre. Shape `[c, h, w]` to the same.
 *
 * @example
 * randomRotation({ degrees: 15 })(ones([3, 8, 8])).shape; // => [3, 8, 8]
 */
export function randomRotation({
  degrees,
  ...options
}: SampleOptions & { readonly degrees: number | Span }): Transform {
  return randomAffine({ degrees, ...options });
}

/** The matrix that leads from the place of a pixel to where its value is read; y goes down. */
function inverse(angle: number, scale: number, [leanX, leanY]: Span): [number, number, number, number] {
  const rad = (degrees: number): number => (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(rad(angle)), Math.sin(rad(angle))];
  const [x, y] = [Math.tan(rad(leanX)), Math.tan(rad(leanY))];
  const [a, b, c, d] = [cos + sin * y, cos * x + sin, -sin + cos * y, -sin * x + cos].map((each) => each * scale) as [
    number,
    number,
    number,
    number,
  ];
  const det = a * d - b * c;
  if (!(Math.abs(det) > 1e-12))
    throw new RangeError(`affineImage: scale ${scale} and shear ${leanX}, ${leanY} leave no area`);
  return [d / det, -b / det, -c / det, a / det];
}
