import { operandsText, shapeText } from "../errors.ts";
import { indexSelect } from "../ops/index/index-select.ts";
import { padConstant } from "../ops/shape/pad-constant.ts";
import type { Tensor } from "../tensor.ts";
import { fromTypedArray } from "./creation.ts";

export type PadMode = "constant" | "reflect" | "replicate" | "circular";

export interface PadOptions {
  /** What is put around: a value, the mirror image, the border, or the other end. Default "constant". */
  mode?: PadMode;
  /** For "constant"; default 0. */
  value?: number | undefined;
}

/**
 * A border around `x`: `pads` has two numbers for each dimension, before and after, the last dimension first. Shape
 * `[..., h, w]` to `[..., top + h + bottom, left + w + right]` for `[left, right, top, bottom]`. Negative ones cut off.
 *
 * Modes other than "constant" take 1 to 3 dimensions, and leave one or two dimensions before them alone.
 *
 * @example
 * pad(tensor([1, 2, 3]), [1, 2]).tolist(); // => [0, 1, 2, 3, 0, 0]
 */
export function pad(x: Tensor, pads: readonly number[], { mode = "constant", value }: PadOptions = {}): Tensor {
  const pairs = pairsOf(x, pads);
  if (mode === "constant") return padConstant(x, pairs, value ?? 0);
  if (!(mode in source))
    throw new RangeError(`pad: mode must be constant, reflect, replicate or circular: got ${mode}`);
  if (value !== undefined && value !== 0)
    throw new RangeError(`pad: value ${value} belongs to mode constant, not to ${mode}`);
  checkBorders(x, pads, mode);
  let padded = x;
  pairs.forEach(([before, after], dim) => {
    if (before === 0 && after === 0) return;
    const length = x.shape[dim] as number;
    const index = Int32Array.from({ length: length + before + after }, (_, i) =>
      source[mode](i - before, length, before, after),
    );
    padded = indexSelect(padded, dim, fromTypedArray(index, [index.length], "int32", x.device));
  });
  return padded;
}

type Border = Exclude<PadMode, "constant">;

/** Which element of a dimension stands at place `at`, which may lie outside of it. */
const source: Readonly<Record<Border, (at: number, length: number, before: number, after: number) => number>> = {
  reflect: (at, length) => (at < 0 ? -at : at >= length ? 2 * length - 2 - at : at),
  replicate: (at, length) => Math.min(Math.max(at, 0), length - 1),
  circular: (at, length, before, after) => {
    const cut = Math.max(-before, 0);
    const left = length - cut - Math.max(-after, 0);
    return cut + ((((at - cut) % left) + left) % left);
  },
};

/** The pads by dimension, first to last. */
function pairsOf(x: Tensor, pads: readonly number[]): (readonly [number, number])[] {
  if (pads.length % 2 !== 0 || pads.length > 2 * x.ndim || !pads.every(Number.isInteger)) {
    throw new RangeError(
      `pad: needs two whole numbers for each of at most ${x.ndim} dimensions: got ${shapeText(pads)} ${operandsText({ x })}`,
    );
  }
  return x.shape.map((_, dim) => {
    const at = 2 * (x.ndim - 1 - dim);
    return [pads[at] ?? 0, pads[at + 1] ?? 0];
  });
}

function checkBorders(x: Tensor, pads: readonly number[], mode: Border): void {
  const count = pads.length / 2;
  if (count < 1 || count > 3 || x.ndim < count + 1 || x.ndim > count + 2) {
    throw new RangeError(
      `pad: mode ${mode} with ${pads.length} numbers needs ${count + 1} or ${count + 2} dimensions, 1 to 3 of them padded ${operandsText({ x })}`,
    );
  }
  let longest = 0;
  for (let k = 0; k < count; k++) {
    const dim = x.ndim - 1 - k;
    const length = x.shape[dim] as number;
    const [before, after] = [pads[2 * k] as number, pads[2 * k + 1] as number];
    const most = mostAdded(mode, length, before, after);
    if (before > most || after > most) {
      throw new RangeError(
        `pad: mode ${mode} can add at most ${most} on a side of dim ${dim} of size ${length}: got ${before} and ${after} ${operandsText({ x })}`,
      );
    }
    if (length + before + after < 0 || length === 0) throw nothingLeft(x, pads);
    longest = Math.max(longest, length + before + after);
  }
  if (longest === 0 && mode !== "circular") throw nothingLeft(x, pads);
}

function mostAdded(mode: Border, length: number, before: number, after: number): number {
  if (mode === "reflect") return length - 1;
  return mode === "circular" ? length + Math.min(before, 0) + Math.min(after, 0) : Number.POSITIVE_INFINITY;
}

const nothingLeft = (x: Tensor, pads: readonly number[]): RangeError =>
  new RangeError(`pad: nothing is left of x: pads ${shapeText(pads)} ${operandsText({ x })}`);
