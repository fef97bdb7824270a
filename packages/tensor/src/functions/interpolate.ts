import { isFloat } from "../dtype.ts";
import { operandsText, shapeText } from "../errors.ts";
import { resample } from "../ops/vision/resample.ts";
import type { Tensor } from "../tensor.ts";
import { adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d } from "./adaptive-pool.ts";
import { type InterpolateMode, lineOf } from "./interpolate-lines.ts";
import { checkPlanes } from "./pool.ts";

export interface InterpolateOptions {
  /** Sizes of the result: one for all spatial dimensions or one for each. This or `scaleFactor`. */
  size?: number | readonly number[] | undefined;
  /** Multiplies the sizes, rounded down: one for all spatial dimensions or one for each. */
  scaleFactor?: number | readonly number[] | undefined;
  /** "linear" takes one spatial dimension, "bilinear" and "bicubic" two, "trilinear" three. Default "nearest". */
  mode?: InterpolateMode;
  /** The centres of the first and last elements stay where they are, and not their edges. For linear and cubic modes. */
  alignCorners?: boolean | undefined;
  /** Takes the distance of samples from the rounded sizes and not from `scaleFactor`. Default false. */
  recomputeScaleFactor?: boolean | undefined;
  /** Shrinks with a wider filter, so that nothing is left out. For "bilinear" and "bicubic". Default false. */
  antialias?: boolean;
}

/**
 * Images of another size. Shape `[n, c, ...sizes]` with 1 to 3 spatial dimensions to `[n, c, ...size]`.
 *
 * "nearest" copies, "nearest-exact" does so without the half-pixel shift of "nearest", "linear", "bilinear", "trilinear"
 * and "bicubic" (a = -0.75) weigh neighbours, "area" takes means.
 *
 * https://pytorch.org/docs/stable/generated/torch.nn.functional.interpolate.html
 *
 * @example
 * interpolate(tensor([[[1, 3]]]), { size: 4, mode: "linear" }).tolist(); // => [[[1, 1.5, 2.5, 3]]]
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
  const { mode = "nearest", alignCorners, antialias = false } = options;
  checkMode(x, mode, alignCorners, antialias);
  checkPlanes("interpolate", x, x.ndim - 2);
  const { sizes, scales } = target(x, options);
  if (mode === "area") return areaMeans(x, sizes);
  const lines = x.shape.slice(2).map((size, dim) =>
    lineOf(size, sizes[dim] as number, {
      mode,
      scale: scales?.[dim],
      alignCorners: alignCorners ?? false,
      antialias,
      double: x.dtype === "float64",
    }),
  );
  return resample(x, lines);
}

const ranks: Readonly<Record<InterpolateMode, readonly number[]>> = {
  nearest: [1, 2, 3],
  "nearest-exact": [1, 2, 3],
  area: [1, 2, 3],
  linear: [1],
  bilinear: [2],
  bicubic: [2],
  trilinear: [3],
};

const copying: readonly InterpolateMode[] = ["nearest", "nearest-exact"];
const cornered: readonly InterpolateMode[] = ["linear", "bilinear", "bicubic", "trilinear"];

function checkMode(x: Tensor, mode: InterpolateMode, alignCorners: boolean | undefined, antialias: boolean): void {
  if (!(mode in ranks)) {
    throw new RangeError(`interpolate: mode must be ${Object.keys(ranks).join(", ")}: got ${String(mode)}`);
  }
  if (!ranks[mode].includes(x.ndim - 2)) {
    const wanted = ranks[mode].map((rank) => rank + 2).join(" or ");
    throw new RangeError(`interpolate: mode ${mode} needs ${wanted} dimensions, got ${x.ndim} ${operandsText({ x })}`);
  }
  if (alignCorners !== undefined && !cornered.includes(mode)) {
    throw new RangeError(`interpolate: alignCorners belongs to ${cornered.join(", ")}, not to ${mode}`);
  }
  if (antialias && mode !== "bilinear" && mode !== "bicubic") {
    throw new RangeError(`interpolate: antialias belongs to bilinear and bicubic, not to ${mode}`);
  }
  if (!isFloat(x.dtype) && !copying.includes(mode)) {
    throw new TypeError(`interpolate: mode ${mode} takes floating-point tensors, got ${x.dtype}`);
  }
}

/** The sizes of the result, and by how much it is scaled where that is not the ratio of the sizes. */
function target(
  x: Tensor,
  { size, scaleFactor, recomputeScaleFactor = false }: InterpolateOptions,
): { sizes: readonly number[]; scales: readonly number[] | undefined } {
  if ((size === undefined) === (scaleFactor === undefined)) {
    const got = size === undefined ? "neither" : "both";
    throw new RangeError(`interpolate: needs size or scaleFactor, got ${got} ${operandsText({ x })}`);
  }
  const rank = x.ndim - 2;
  if (size !== undefined) {
    if (recomputeScaleFactor)
      throw new RangeError("interpolate: recomputeScaleFactor belongs to scaleFactor, got a size");
    const sizes = forEach("size", size, rank, x);
    if (sizes.every((length) => Number.isInteger(length) && length > 0)) return { sizes, scales: undefined };
    throw new RangeError(`interpolate: size must be whole numbers from 1 on: got ${shapeText(sizes)}`);
  }
  const scales = forEach("scaleFactor", scaleFactor ?? 1, rank, x);
  const sizes = x.shape.slice(2).map((length, dim) => Math.floor(length * (scales[dim] as number)));
  if (!sizes.every((length) => length > 0 && Number.isFinite(length))) {
    throw new RangeError(
      `interpolate: scaleFactor ${shapeText(scales)} leaves nothing: sizes ${shapeText(sizes)} ${operandsText({ x })}`,
    );
  }
  return { sizes, scales: recomputeScaleFactor ? undefined : scales };
}

function forEach(name: string, value: number | readonly number[], rank: number, x: Tensor): readonly number[] {
  if (typeof value === "number") return new Array<number>(rank).fill(value);
  if (value.length === rank) return value;
  throw new RangeError(
    `interpolate: ${name} needs one number or ${rank}, got ${shapeText(value)} ${operandsText({ x })}`,
  );
}

function areaMeans(x: Tensor, sizes: readonly number[]): Tensor {
  if (sizes.length === 1) return adaptiveAvgPool1d(x, sizes);
  return sizes.length === 2 ? adaptiveAvgPool2d(x, sizes) : adaptiveAvgPool3d(x, sizes);
}
