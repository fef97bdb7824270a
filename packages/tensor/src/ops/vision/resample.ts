import { apply, callable, type KernelOp } from "../../op.ts";
import { type Shape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** A linear map of one dimension: result o is the sum of `taps` elements, `indices[o taps + t]` with its weight. */
export interface Line {
  readonly size: number;
  readonly outputs: number;
  readonly taps: number;
  readonly indices: Int32Array;
  readonly weights: Float64Array;
}

export interface ResampleAttrs {
  /** One map for each of the last dimensions. */
  readonly lines: readonly Line[];
}

const op: KernelOp<ResampleAttrs> = {
  kind: "kernel",
  name: "resample",
  inputs: ["x"],
  infer: ([x], { lines }) => specOf(x as Tensor, lines, ({ outputs }) => outputs),
  reference: ([x], output, { lines }) => overPlanes(x as Tensor, output, lines, gatherLine),
};

/**
 * Each of the last dimensions through its own linear map: interpolation of images. Shape `[..., ...sizes]` to
 * `[..., ...outputs]`. Between the dimensions nothing is rounded.
 */
export const resample = callable((x: Tensor, lines: readonly Line[]): Tensor => apply(op, [x], { lines }), op);

const gradientOp: KernelOp<ResampleAttrs> = {
  kind: "kernel",
  name: "resampleGradient",
  inputs: ["g"],
  infer: ([g], { lines }) => specOf(g as Tensor, lines, ({ size }) => size),
  reference: ([g], output, { lines }) => overPlanes(g as Tensor, output, lines, scatterLine),
};

/** The transposed maps. Shape `[..., ...outputs]` to `[..., ...sizes]`. */
export const resampleGradient = callable(
  (g: Tensor, lines: readonly Line[]): Tensor => apply(gradientOp, [g], { lines }),
  gradientOp,
);

const specOf = ({ shape, dtype }: Tensor, lines: readonly Line[], length: (line: Line) => number) => ({
  shape: [...shape.slice(0, shape.length - lines.length), ...lines.map(length)],
  dtype,
});

/** Maps `from` `[outer, n, inner]` along its middle dimension. */
type MapLine = (from: Float64Array, outer: number, inner: number, line: Line) => Float64Array;

/** One plane after the other, and in it one dimension after the other, the last first. */
function overPlanes(x: Tensor, output: Tensor, lines: readonly Line[], map: MapLine): void {
  const [from, to] = [elements(x), elements(output)];
  const sizes: Shape = x.shape.slice(x.ndim - lines.length);
  const made: Shape = output.shape.slice(x.ndim - lines.length);
  const [area, outArea] = [sizeOf(sizes), sizeOf(made)];
  for (let at = 0, out = 0; out < to.length; at += area, out += outArea) {
    let plane: Float64Array = Float64Array.from(from.subarray(at, at + area));
    for (let dim = lines.length - 1; dim >= 0; dim--) {
      plane = map(plane, sizeOf(sizes.slice(0, dim)), sizeOf(made.slice(dim + 1)), lines[dim] as Line);
    }
    to.set(plane, out);
  }
}

function gatherLine(from: Float64Array, outer: number, inner: number, line: Line): Float64Array {
  const { size, outputs, taps, indices, weights } = line;
  const to = new Float64Array(outer * outputs * inner);
  for (let o = 0, into = 0; o < outer; o++) {
    for (let first = 0; first < outputs * taps; first += taps, into += inner) {
      for (let k = first; k < first + taps; k++) {
        addRun(from, (o * size + (indices[k] as number)) * inner, to, into, inner, weights[k] as number);
      }
    }
  }
  return to;
}

function scatterLine(from: Float64Array, outer: number, inner: number, line: Line): Float64Array {
  const { size, outputs, taps, indices, weights } = line;
  const to = new Float64Array(outer * size * inner);
  for (let o = 0, at = 0; o < outer; o++) {
    for (let first = 0; first < outputs * taps; first += taps, at += inner) {
      for (let k = first; k < first + taps; k++) {
        addRun(from, at, to, (o * size + (indices[k] as number)) * inner, inner, weights[k] as number);
      }
    }
  }
  return to;
}

/** `to[into + i] += weight from[at + i]` for i below `length`. */
function addRun(from: Float64Array, at: number, to: Float64Array, into: number, length: number, weight: number): void {
  for (let i = 0; i < length; i++) to[into + i] = (to[into + i] as number) + weight * (from[at + i] as number);
}
