import { copy_, fill_, operandsText, type Tensor, tensor } from "@dl/tensor";

/**
 * Overwrites `x` with `value`. Returns `x`; gradients are not touched.
 *
 * @example
 * constant_(zeros([2]), 0.5).tolist(); // => [0.5, 0.5]
 */
export function constant_<T extends Tensor>(x: T, value: number): T {
  fill_(x.detach(), value);
  return x;
}

/**
 * Overwrites `x` with ones. Returns `x`.
 *
 * @example
 * ones_(zeros([2])).tolist(); // => [1, 1]
 */
export const ones_ = <T extends Tensor>(x: T): T => constant_(x, 1);

/**
 * Overwrites `x` with zeros. Returns `x`.
 *
 * @example
 * zeros_(ones([2])).tolist(); // => [0, 0]
 */
export const zeros_ = <T extends Tensor>(x: T): T => constant_(x, 0);

/**
 * Overwrites a matrix with ones on the diagonal and zeros elsewhere: a linear layer that keeps what it gets. Returns `x`.
 *
 * @example
 * eye_(zeros([2, 3])).tolist(); // => [[1, 0, 0], [0, 1, 0]]
 */
export function eye_<T extends Tensor>(x: T): T {
  const [rows, columns, ...rest] = x.shape;
  if (rows === undefined || columns === undefined || rest.length > 0)
    throw new RangeError(`eye_: needs a matrix ${operandsText({ x })}`);
  return write(x, (values) => {
    for (let i = 0; i < Math.min(rows, columns); i++) values[i * columns + i] = 1;
  });
}

/**
 * Overwrites the weight of a convolution (3 to 5 dimensions) so that it keeps as many channels as it can: a one in the
 * middle of the kernel from channel i to channel i, in each of `groups` groups. Returns `x`.
 *
 * https://pytorch.org/docs/stable/nn.init.html#torch.nn.init.dirac_
 *
 * @example
 * dirac_(zeros([1, 1, 3])).tolist(); // => [[[0, 1, 0]]]
 */
export function dirac_<T extends Tensor>(x: T, { groups = 1 }: { groups?: number } = {}): T {
  if (x.ndim < 3 || x.ndim > 5)
    throw new RangeError(`dirac_: needs the weight of a convolution, 3 to 5 dimensions ${operandsText({ x })}`);
  const [outputs, inputs, ...kernel] = x.shape as [number, number, ...number[]];
  if (!Number.isInteger(groups) || groups < 1 || outputs % groups !== 0) {
    throw new RangeError(`dirac_: groups ${groups} do not divide ${outputs} output channels ${operandsText({ x })}`);
  }
  const field = kernel.reduce((size, length) => size * length, 1);
  const middle = kernel.reduce((place, length) => place * length + Math.floor(length / 2), 0);
  const perGroup = outputs / groups;
  return write(x, (values) => {
    for (let group = 0; group < groups; group++) {
      for (let i = 0; i < Math.min(perGroup, inputs); i++)
        values[((group * perGroup + i) * inputs + i) * field + middle] = 1;
    }
  });
}

/** Overwrites `x` with what `fill` makes of zeros. */
export function write<T extends Tensor>(x: T, fill: (values: Float64Array) => void): T {
  const values = new Float64Array(x.size);
  fill(values);
  copy_(x.detach(), tensor(values, { shape: x.shape, device: x.device }));
  return x;
}
