import { narrow, type PadMode, pad, shapeText, type Tensor } from "@dl/tensor";
import { below } from "./draws.ts";
import { eachImage, type Transform } from "./transform.ts";

/** Height and width, or both at once. */
export type ImageSize = number | readonly [number, number];

export interface RandomCropOptions {
  /** Size of the part. */
  readonly size: ImageSize;
  /** Pixels put around the image first. Default 0. */
  readonly padding?: number;
  /** What these are: zeros (`"constant"`), or the image again. Default `"constant"`. */
  readonly paddingMode?: PadMode;
}

/**
 * A part of the image at a random place. Shape `[c, h, w]` to `[c, ...size]`.
 *
 * Errors: an image that is smaller than the part, with its padding.
 * Source: https://pytorch.org/vision/stable/generated/torchvision.transforms.RandomCrop.html
 *
 * @example
 * const image = reshape(arange(9), [1, 3, 3]);
 * randomCrop({ size: 2 })(image, new Generator(0)).tolist(); // => [[[1, 2], [4, 5]]]
 */
export function randomCrop({ size, padding = 0, paddingMode = "constant" }: RandomCropOptions): Transform {
  const [height, width] = sizesOf("randomCrop", size);
  return eachImage("randomCrop", (x, generator) => {
    const whole = padding === 0 ? x : pad(x, [padding, padding, padding, padding], { mode: paddingMode });
    const [, h, w] = whole.shape as [number, number, number];
    checkFits("randomCrop", whole, height, width);
    const top = below(generator, h - height + 1);
    return crop(whole, top, below(generator, w - width + 1), height, width);
  });
}

/**
 * The part in the middle of the image. Shape `[c, h, w]` to `[c, ...size]`.
 *
 * @example
 * centerCrop(1)(reshape(arange(9), [1, 3, 3])).tolist(); // => [[[4]]]
 */
export function centerCrop(size: ImageSize): Transform {
  const [height, width] = sizesOf("centerCrop", size);
  return eachImage("centerCrop", (x) => {
    const [, h, w] = x.shape as [number, number, number];
    checkFits("centerCrop", x, height, width);
    return crop(x, Math.round((h - height) / 2), Math.round((w - width) / 2), height, width);
  });
}

function crop(x: Tensor, top: number, left: number, height: number, width: number): Tensor {
  return narrow(narrow(x, 1, top, height), 2, left, width);
}

function sizesOf(who: string, size: ImageSize): readonly [number, number] {
  const sizes = typeof size === "number" ? ([size, size] as const) : size;
  const wrong = sizes.find((each) => !Number.isInteger(each) || each < 1);
  if (wrong !== undefined) throw new RangeError(`${who}: sizes are whole numbers from 1 on, got ${wrong}`);
  return sizes;
}

function checkFits(who: string, x: Tensor, height: number, width: number): void {
  const [, h, w] = x.shape as [number, number, number];
  if (height > h || width > w)
    throw new RangeError(`${who}: the part is larger than the image: [${height}, ${width}] of ${shapeText(x.shape)}`);
}
