import { operandsText } from "../errors.ts";
import { permute } from "../ops/view/permute.ts";
import { reshape } from "../ops/view/reshape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Channels spread over a finer image: `r²` channels become `r × r` pixels. Shape `[..., c r², h, w]` to
 * `[..., c, h r, w r]`.
 *
 * https://arxiv.org/abs/1609.05158
 *
 * @example
 * pixelShuffle(tensor([[[1]], [[2]], [[3]], [[4]]]), 2).tolist(); // => [[[1, 2], [3, 4]]]
 */
export function pixelShuffle(x: Tensor, upscaleFactor: number): Tensor {
  checkImage("pixelShuffle", "upscaleFactor", x, upscaleFactor);
  const r = upscaleFactor;
  const [channels, h, w] = x.shape.slice(-3) as [number, number, number];
  if (channels % (r * r) !== 0) {
    throw new RangeError(
      `pixelShuffle: ${channels} channels are not divisible by ${r * r}, the square of upscaleFactor ${operandsText({ x })}`,
    );
  }
  const lead = x.shape.slice(0, -3);
  const d = lead.length;
  const parts = reshape(x, [...lead, channels / (r * r), r, r, h, w]);
  const order = permute(parts, [...lead.keys(), d, d + 3, d + 1, d + 4, d + 2]);
  return reshape(order, [...lead, channels / (r * r), h * r, w * r]);
}

/**
 * Undoes `pixelShuffle`: `r × r` pixels become `r²` channels. Shape `[..., c, h r, w r]` to `[..., c r², h, w]`.
 *
 * @example
 * pixelUnshuffle(tensor([[[1, 2], [3, 4]]]), 2).tolist(); // => [[[1]], [[2]], [[3]], [[4]]]
 */
export function pixelUnshuffle(x: Tensor, downscaleFactor: number): Tensor {
  checkImage("pixelUnshuffle", "downscaleFactor", x, downscaleFactor);
  const r = downscaleFactor;
  const [channels, h, w] = x.shape.slice(-3) as [number, number, number];
  if (h % r !== 0 || w % r !== 0) {
    throw new RangeError(
      `pixelUnshuffle: downscaleFactor ${r} does not divide height ${h} and width ${w} ${operandsText({ x })}`,
    );
  }
  const lead = x.shape.slice(0, -3);
  const d = lead.length;
  const parts = reshape(x, [...lead, channels, h / r, r, w / r, r]);
  const order = permute(parts, [...lead.keys(), d, d + 2, d + 4, d + 1, d + 3]);
  return reshape(order, [...lead, channels * r * r, h / r, w / r]);
}

/**
 * Channels dealt out: of `groups` groups, first the first channels of all, then the second ones. Shape `[n, c, ...]` to
 * `[n, c, ...]`.
 *
 * https://arxiv.org/abs/1707.01083
 *
 * @example
 * channelShuffle(tensor([[[1], [2], [3], [4]]]), 2).tolist(); // => [[[1], [3], [2], [4]]]
 */
export function channelShuffle(x: Tensor, groups: number): Tensor {
  const channels = x.shape[1];
  if (x.ndim < 3 || channels === undefined)
    throw new RangeError(`channelShuffle: needs at least 3 dimensions, got ${x.ndim} ${operandsText({ x })}`);
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new RangeError(
      `channelShuffle: groups ${groups} does not divide ${channels} channels ${operandsText({ x })}`,
    );
  }
  const [n, ...rest] = x.shape as [number, ...number[]];
  const spatial = rest.slice(1);
  const parts = reshape(x, [n, groups, channels / groups, ...spatial]);
  return reshape(permute(parts, [0, 2, 1, ...spatial.map((_, dim) => dim + 3)]), x.shape);
}

function checkImage(who: string, name: string, x: Tensor, factor: number): void {
  if (x.ndim < 3) throw new RangeError(`${who}: needs at least 3 dimensions, got ${x.ndim} ${operandsText({ x })}`);
  if (!Number.isInteger(factor) || factor < 1)
    throw new RangeError(`${who}: ${name} must be a whole number from 1 on: got ${factor}`);
}
