import { broadcastStrides, type Shape, sizeOf } from "../../shape.ts";
import { forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

export interface AttentionAttrs {
  /** Leading sizes of queries, keys and values alike. */
  readonly batch: Shape;
  readonly queries: number;
  readonly keys: number;
  /** Features of a query and of a key. */
  readonly width: number;
  /** Features of a value. */
  readonly valueWidth: number;
  /** Query i sees the keys 0 to i only. */
  readonly isCausal: boolean;
}

/** Where queries, keys and values start in what is packed, and where it ends; counted in elements. */
export function startsOf({ batch, queries, keys, width, valueWidth }: AttentionAttrs): {
  readonly q: number;
  readonly k: number;
  readonly v: number;
  readonly end: number;
} {
  const items = sizeOf(batch);
  const k = items * queries * width;
  const v = k + items * keys * width;
  return { q: 0, k, v, end: v + items * keys * valueWidth };
}

/** For each item of the batch, how many elements after the first of the mask its own start. */
export function maskStarts({ shape, strides }: Tensor, batch: Shape): Int32Array {
  const starts = new Int32Array(sizeOf(batch));
  const lead = { shape: shape.slice(0, -2), strides: strides.slice(0, -2), offset: 0 };
  let item = 0;
  forEachRun(batch, [broadcastStrides(lead, batch)], [0], ([start], [step], length) => {
    for (let i = 0; i < length; i++) starts[item++] = (start as number) + i * (step as number);
  });
  return starts;
}
