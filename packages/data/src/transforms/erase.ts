import { maskedFill, type Tensor, tensor } from "@dl/tensor";
import { checkCount } from "../count.ts";
import { below, type Span, uniform } from "./draws.ts";
import { checkProbability, eachImage, type Transform } from "./transform.ts";

export interface RandomErasingOptions {
  /** Default 0.5. */
  readonly p?: number;
  /** Area in parts of the image's. Default `[0.02, 0.33]`. */
  readonly scale?: Span;
  /** Height by width. Default `[0.3, 3.3]`. */
  readonly ratio?: Span;
  /** What is put there. Default 0. */
  readonly value?: number;
}

/**
 * A random rectangle of the image erased, with probability `p`. Shape `[c, h, w]` to the same. After ten rectangles that are
 * as large as the image it stays as it is.
 *
 * Source: https://arxiv.org/abs/1708.04896
 *
 * @example
 * randomErasing({ p: 1 })(ones([1, 8, 8]), new Generator(0)).sum().item() < 64; // => true
 */
export function randomErasing({
  p = 0.5,
  scale = [0.02, 0.33],
  ratio = [0.3, 3.3],
  value = 0,
}: RandomErasingOptions = {}): Transform {
  checkProbability("randomErasing", p);
  if (!(ratio[0] > 0)) throw new RangeError(`randomErasing: ratios must be above 0, got ${ratio[0]}`);
  return eachImage("randomErasing", (x, generator) => {
    if (generator.uniform24() >= p) return x;
    const [, h, w] = x.shape as [number, number, number];
    for (let trial = 0; trial < 10; trial++) {
      const area = h * w * uniform(generator, scale);
      const aspect = Math.exp(uniform(generator, [Math.log(ratio[0]), Math.log(ratio[1])]));
      const height = Math.round(Math.sqrt(area * aspect));
      const width = Math.round(Math.sqrt(area / aspect));
      if (height >= h || width >= w) continue;
      const top = below(generator, h - height + 1);
      return erase(x, { top, left: below(generator, w - width + 1), height, width }, value);
    }
    return x;
  });
}

export interface CutoutOptions {
  /** Length of a side in pixels. */
  readonly size: number;
  /** Squares. Default 1. */
  readonly holes?: number;
  /** What is put there. Default 0. */
  readonly value?: number;
}

/**
 * Squares cut out of the image; their centres are random pixels, so that some reach over the border. Shape `[c, h, w]` to
 * the same.
 *
 * Source: https://arxiv.org/abs/1708.04552
 *
 * @example
 * cutout({ size: 2 })(ones([1, 3, 3]), new Generator(0)).tolist(); // => [[[1, 1, 1], [0, 1, 1], [0, 1, 1]]]
 */
export function cutout({ size, holes = 1, value = 0 }: CutoutOptions): Transform {
  checkCount("cutout", "size", size);
  return eachImage("cutout", (x, generator) => {
    const [, h, w] = x.shape as [number, number, number];
    let image = x;
    for (let hole = 0; hole < holes; hole++) {
      const top = below(generator, h) - (size >> 1);
      image = erase(image, { top, left: below(generator, w) - (size >> 1), height: size, width: size }, value);
    }
    return image;
  });
}

/** A rectangle in pixels; it may reach over the border. */
export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

function erase(x: Tensor, box: Box, value: number): Tensor {
  return maskedFill(x, maskOf(x, box), value);
}

/** `[h, w]` of x, bool: true within the rectangle. */
export function maskOf(x: Tensor, { top, left, height, width }: Box): Tensor {
  const [h, w] = x.shape.slice(-2) as [number, number];
  const inside = new Uint8Array(h * w);
  for (let i = Math.max(0, top); i < Math.min(h, top + height); i++)
    inside.fill(1, i * w + Math.max(0, left), i * w + Math.max(0, Math.min(w, left + width)));
  return tensor(inside, { shape: [h, w], dtype: "bool", device: x.device });
}
