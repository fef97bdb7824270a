import { flip } from "@dl/tensor";
import { type Transform, withProbability } from "./transform.ts";

/**
 * The image with left and right exchanged, with probability `p`. Shape `[c, h, w]` to the same.
 *
 * @example
 * randomHorizontalFlip({ p: 1 })(tensor([[[1, 2], [3, 4]]])).tolist(); // => [[[2, 1], [4, 3]]]
 */
export function randomHorizontalFlip({ p = 0.5 }: { p?: number } = {}): Transform {
  return withProbability("randomHorizontalFlip", p, (x) => flip(x, [-1]));
}

/**
 * The image with top and bottom exchanged, with probability `p`. Shape `[c, h, w]` to the same.
 *
 * @example
 * randomVerticalFlip({ p: 1 })(tensor([[[1, 2], [3, 4]]])).tolist(); // => [[[3, 4], [1, 2]]]
 */
export function randomVerticalFlip({ p = 0.5 }: { p?: number } = {}): Transform {
  return withProbability("randomVerticalFlip", p, (x) => flip(x, [-2]));
}
