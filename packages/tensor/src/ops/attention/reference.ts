import type { TypedArray } from "../../dtype.ts";
import { sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { type AttentionAttrs, maskStarts, startsOf } from "./layout.ts";

/** Query by query, in double precision. */
export function attend([packed, mask]: readonly Tensor[], output: Tensor, attrs: AttentionAttrs): void {
  const { keys, valueWidth } = attrs;
  const [from, to] = [elements(packed as Tensor), elements(output)];
  const { v } = startsOf(attrs);
  const sums = new Float64Array(valueWidth);
  forEachQuery(from, mask, attrs, ({ item, row, weights, seen }) => {
    sums.fill(0);
    for (let j = 0; j < seen; j++) addRow(sums, 0, weights[j] as number, from, v + (item * keys + j) * valueWidth);
    to.set(sums, row * valueWidth);
  });
}

/** The same queries again, with the gradients of keys and values added up over them. */
export function attendGradient([g, packed, mask]: readonly Tensor[], output: Tensor, attrs: AttentionAttrs): void {
  const { keys, width, valueWidth } = attrs;
  const [upstream, from] = [elements(g as Tensor), elements(packed as Tensor)];
  const { k, v, end } = startsOf(attrs);
  const sums = new Float64Array(end);
  const scores = new Float64Array(keys);
  forEachQuery(from, mask, attrs, ({ item, row, weights, seen }) => {
    const gAt = row * valueWidth;
    let total = 0;
    for (let j = 0; j < seen; j++) {
      scores[j] = dot(valueWidth, upstream, gAt, from, v + (item * keys + j) * valueWidth);
      total += (scores[j] as number) * (weights[j] as number);
    }
    for (let j = 0; j < seen; j++) {
      const key = item * keys + j;
      const weight = weights[j] as number;
      const score = weight * ((scores[j] as number) - total);
      addRow(sums, row * width, score, from, k + key * width, width);
      addRow(sums, k + key * width, score, from, row * width, width);
      addRow(sums, v + key * valueWidth, weight, upstream, gAt, valueWidth);
    }
  });
  elements(output).set(sums);
}

interface Query {
  readonly item: number;
  /** Among the queries of all items. */
  readonly row: number;
  /** Of the keys it sees, positive and together 1. */
  readonly weights: Float64Array;
  readonly seen: number;
}

function forEachQuery(
  from: TypedArray,
  mask: Tensor | undefined,
  attrs: AttentionAttrs,
  visit: (query: Query) => void,
): void {
  const { batch, queries, keys, width, isCausal } = attrs;
  const { k } = startsOf(attrs);
  const starts = mask && maskStarts(mask, batch);
  const [maskRow, maskStep] = (mask?.strides.slice(-2) ?? [0, 0]) as [number, number];
  const weights = new Float64Array(keys);
  for (let row = 0; row < sizeOf(batch) * queries; row++) {
    const [item, i] = [Math.floor(row / queries), row % queries];
    const seen = isCausal ? Math.min(keys, i + 1) : keys;
    for (let j = 0; j < seen; j++) weights[j] = dot(width, from, row * width, from, k + (item * keys + j) * width);
    if (mask !== undefined) {
      const { data } = mask.storage;
      const at = mask.offset + (starts?.[item] as number) + i * maskRow;
      for (let j = 0; j < seen; j++) weights[j] = (weights[j] as number) + (data[at + j * maskStep] as number);
    }
    softmaxOf(weights, seen);
    visit({ item, row, weights, seen });
  }
}

function softmaxOf(x: Float64Array, count: number): void {
  let top = Number.NEGATIVE_INFINITY;
  for (let j = 0; j < count; j++) if ((x[j] as number) > top) top = x[j] as number;
  let total = 0;
  for (let j = 0; j < count; j++) {
    x[j] = Math.exp((x[j] as number) - top);
    total += x[j] as number;
  }
  for (let j = 0; j < count; j++) x[j] = (x[j] as number) / total;
}

function dot(count: number, x: TypedArray, xAt: number, y: TypedArray, yAt: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += (x[xAt + i] as number) * (y[yAt + i] as number);
  return sum;
}

function addRow(
  to: Float64Array,
  at: number,
  factor: number,
  from: TypedArray,
  fromAt: number,
  count = to.length,
): void {
  for (let i = 0; i < count; i++) to[at + i] = (to[at + i] as number) + factor * (from[fromAt + i] as number);
}
