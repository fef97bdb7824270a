import { contiguousStrides, type Layout, type Shape } from "../../shape.ts";

export interface PadAttrs {
  /** Elements added before and after, for each dimension; negative ones cut off. */
  readonly pads: readonly (readonly [before: number, after: number])[];
  readonly value: number;
}

interface KeptPart {
  readonly shape: Shape;
  /** Index of its first element in the storage of `x`, and in the result. */
  readonly from: number;
  readonly to: number;
  readonly fromStrides: readonly number[];
  readonly toStrides: readonly number[];
}

/** The part of `x` that is not cut off, and where it goes in a contiguous result of shape `padded`. */
export function keptPart({ shape, strides, offset }: Layout, padded: Shape, pads: PadAttrs["pads"]): KeptPart {
  const toStrides = contiguousStrides(padded);
  let from = offset;
  let to = 0;
  const kept = shape.map((length, dim) => {
    const [before, after] = pads[dim] ?? [0, 0];
    from += Math.max(-before, 0) * (strides[dim] as number);
    to += Math.max(before, 0) * (toStrides[dim] as number);
    return Math.max(length + Math.min(before, 0) + Math.min(after, 0), 0);
  });
  return { shape: kept, from, to, fromStrides: strides, toStrides };
}
