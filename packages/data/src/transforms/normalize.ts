import { div, sub, type Tensor, tensor } from "@dl/tensor";
import { checkFloatImage, type Transform } from "./transform.ts";

export interface NormalizeImageOptions {
  /** Of each channel, or of all. */
  readonly mean: number | readonly number[];
  readonly std: number | readonly number[];
}

/**
 * `(x - mean) / std` for each channel. Shape `[..., c, h, w]` to the same, floating-point.
 *
 * @example
 * channelNormalize({ mean: [1, 2], std: [2, 4] })(tensor([[[3]], [[4]]])).tolist(); // => [[[1]], [[0.5]]]
 */
export function channelNormalize({ mean, std }: NormalizeImageOptions): Transform {
  const deviations = [std].flat();
  const wrong = deviations.find((each) => !(each > 0));
  if (wrong !== undefined) throw new RangeError(`channelNormalize: std must be above 0, got ${wrong}`);
  return (x) => {
    checkFloatImage("channelNormalize", x);
    return div(sub(x, perChannel("mean", mean, x)), perChannel("std", std, x));
  };
}

function perChannel(name: string, values: number | readonly number[], x: Tensor): Tensor | number {
  if (typeof values === "number") return values;
  const channels = x.shape.at(-3) as number;
  if (values.length !== channels)
    throw new RangeError(`channelNormalize: ${values.length} values of ${name} for ${channels} channels`);
  return tensor(values, { shape: [channels, 1, 1], dtype: x.dtype, device: x.device });
}
