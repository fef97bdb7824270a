import { shapeText } from "../errors.ts";
import { padConstant } from "../ops/shape/pad-constant.ts";
import { narrow } from "../ops/view/slice.ts";
import { normalizeDim, type Shape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** Where the division by the number of elements goes: to the inverse ("backward", the default), to the forward transform, or a root to each. */
export type FourierNorm = "backward" | "ortho" | "forward";

export interface FourierOptions {
  /** Length to cut or fill up with zeros to. Default as long as it is. */
  n?: number | undefined;
  /** Which dimension, not counting that of the pairs. Default the last. */
  dim?: number | undefined;
  norm?: FourierNorm | undefined;
}

export interface FourierDimsOptions {
  /** Lengths to cut or fill up to, one a dimension; -1 leaves it. */
  s?: readonly number[] | undefined;
  /** Which dimensions, not counting that of the pairs. Default the last ones for `s`, else all (the last two for the 2-d forms). */
  dim?: number | readonly number[] | undefined;
  norm?: FourierNorm | undefined;
}

/** One dimension to transform, and the length it is to have; undefined for its own. */
export interface Axis {
  readonly dim: number;
  readonly length: number | undefined;
}

export function axisOf(who: string, signal: Shape, { n, dim = -1 }: FourierOptions): Axis {
  if (signal.length === 0) throw new RangeError(`${who}: needs at least one dimension`);
  checkLength(who, n);
  return { dim: normalizeDim(who, dim, signal.length), length: n };
}

/** The dimensions of `options`, or `standard` ones where neither they nor lengths are given. */
export function axesOf(
  who: string,
  signal: Shape,
  { s, dim }: FourierDimsOptions,
  standard?: readonly number[],
): Axis[] {
  const rank = signal.length;
  const all = standard ?? [...signal.keys()];
  const chosen = typeof dim === "number" ? [dim] : (dim ?? (s === undefined ? all : s.map((_, i) => i - s.length)));
  if (s !== undefined && s.length !== chosen.length)
    throw new RangeError(`${who}: needs one length for each dim: got ${shapeText(s)} and ${shapeText(chosen)}`);
  if (chosen.length === 0 || rank === 0) throw new RangeError(`${who}: needs at least one dimension`);
  const axes = chosen.map((each, i): Axis => {
    const length = s?.[i] === -1 ? undefined : s?.[i];
    checkLength(who, length);
    return { dim: normalizeDim(who, each, rank), length };
  });
  const repeated = axes.find(({ dim: own }, i) => axes.findIndex((other) => other.dim === own) !== i);
  if (repeated !== undefined)
    throw new RangeError(`${who}: dim ${repeated.dim} appears more than once in ${shapeText(chosen)}`);
  return axes;
}

export function checkLength(who: string, length: number | undefined): void {
  if (length !== undefined && (!Number.isInteger(length) || length < 1))
    throw new RangeError(`${who}: lengths must be whole numbers from 1 on, got ${length}`);
}

/** What a transform of `length` elements is multiplied by. */
export function scaleOf(who: string, length: number, norm: FourierNorm = "backward", inverse: boolean): number {
  if (norm === "ortho") return 1 / Math.sqrt(length);
  if (norm !== "backward" && norm !== "forward")
    throw new RangeError(`${who}: norm must be backward, ortho or forward, got ${norm}`);
  return (norm === "backward") === inverse ? 1 / length : 1;
}

/** Cut at the end, or filled up with zeros. */
export function fitted(who: string, x: Tensor, { dim, length }: Axis): Tensor {
  const own = x.shape[dim] as number;
  if (length === undefined || length === own) {
    if (own < 1) throw new RangeError(`${who}: dim ${dim} has size 0 (x ${shapeText(x.shape)})`);
    return x;
  }
  if (length < own) return narrow(x, dim, 0, length);
  return padConstant(
    x,
    x.shape.map((_, at) => [0, at === dim ? length - own : 0] as const),
    0,
  );
}
