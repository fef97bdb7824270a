import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** What stands outside of an image: zeros, its nearest border, or its mirror image. */
export type GridPadding = "zeros" | "border" | "reflection";

export interface TapAttrs {
  /** Sizes of a plane. */
  readonly sizes: readonly number[];
  /** A tap for each of `count` neighbours along every dimension, the first `from` away. */
  readonly from: number;
  readonly count: number;
  readonly padding: GridPadding;
  /** Whether the mirror is at the centre of the last element, and not at its outer edge. */
  readonly alignCorners: boolean;
}

const op: KernelOp<TapAttrs> = {
  kind: "kernel",
  name: "tapIndices",
  inputs: ["corners"],
  infer: ([corners], { sizes, count }) => {
    const [n, p] = (corners as Tensor).shape as [number, number];
    return { shape: [n, p, count ** sizes.length], dtype: "int32" };
  },
  reference: ([corners], output, { sizes, from, count, padding, alignCorners }) => {
    const [places, to] = [elements(corners as Tensor), elements(output)];
    const rank = sizes.length;
    const taps = count ** rank;
    for (let point = 0, out = 0; out < to.length; point += rank, out += taps) {
      for (let tap = 0; tap < taps; tap++) {
        let index = 0;
        for (let dim = 0, step = taps / count; dim < rank; dim++, step /= count) {
          const size = sizes[dim] as number;
          const offset = from + (Math.floor(tap / step) % count);
          const place = insideOf(padding, (places[point + dim] as number) + offset, size, alignCorners);
          index = index >= 0 && place >= 0 && place < size ? index * size + place : -1;
        }
        to[out + tap] = index;
      }
    }
  },
};

/**
 * Where the neighbours of whole-numbered places lie in a flattened plane, -1 outside. Shape `[n, p, rank]` to int32
 * `[n, p, count^rank]`, the last dimension's neighbours fastest.
 */
export const tapIndices = callable((corners: Tensor, attrs: TapAttrs): Tensor => apply(op, [corners], attrs), op);

/** A whole-numbered place moved inside as the padding says. NaN is outside. */
function insideOf(padding: GridPadding, place: number, size: number, alignCorners: boolean): number {
  if (padding === "zeros") return place;
  const moved = padding === "reflection" ? mirrored(place, size, alignCorners) : place;
  return Math.trunc(Math.min(Math.max(moved, 0), size - 1));
}

function mirrored(place: number, size: number, alignCorners: boolean): number {
  const low = alignCorners ? 0 : -0.5;
  const span = alignCorners ? size - 1 : size;
  if (span === 0) return 0;
  const away = Math.abs(place - low);
  const rest = away % span;
  return Math.floor(away / span) % 2 === 0 ? rest + low : span - rest + low;
}
