import { apply, callable, type KernelOp } from "../../op.ts";
import type { Shape } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { wasmAveragePool, wasmAveragePoolGradient } from "./pool.wasm.ts";
import { forEachWindow, planesOf, type Span, type Window } from "./spans.ts";

/** The windows of a pool over the last dimensions, and how they came about where they are all alike. */
export interface PoolAttrs {
  readonly spans: readonly Span[];
  readonly window: Window | undefined;
}

export interface AverageAttrs extends PoolAttrs {
  /** Divides every sum, instead of the count of its window. */
  readonly divisor: number | undefined;
}

export const pooledShape = (shape: Shape, spans: readonly Span[]): Shape => [
  ...shape.slice(0, shape.length - spans.length),
  ...spans.map(({ starts }) => starts.length),
];

const op: KernelOp<AverageAttrs> = {
  kind: "kernel",
  name: "avgPool2D",
  inputs: ["x"],
  infer: ([x], { spans }) => ({ shape: pooledShape((x as Tensor).shape, spans), dtype: (x as Tensor).dtype }),
  reference: ([x], output, { spans, divisor }) => {
    const [from, to] = [elements(x as Tensor), elements(output)];
    forEachWindow(planesOf((x as Tensor).shape, spans), spans, (zs, oz, ys, oy, xs, ox, at, plane) => {
      const [left, right] = [xs.starts[ox] as number, xs.ends[ox] as number];
      let sum = 0;
      for (let z = zs.starts[oz] as number; z < (zs.ends[oz] as number); z++) {
        for (let y = ys.starts[oy] as number; y < (ys.ends[oy] as number); y++) {
          const row = plane + (z * ys.size + y) * xs.size;
          for (let i = row + left; i < row + right; i++) sum += from[i] as number;
        }
      }
      to[at] = sum / (divisor ?? countOf(zs, oz, ys, oy, xs, ox));
    });
  },
  wasm: wasmAveragePool,
};

/** The mean of each window. Shape `[..., ...spatial]` to `[..., ...windows]`. */
export const averagePool = callable((x: Tensor, attrs: AverageAttrs): Tensor => apply(op, [x], attrs), op);

const gradientOp: KernelOp<AverageAttrs> = {
  kind: "kernel",
  name: "averagePoolGradient",
  inputs: ["g"],
  infer: ([g], { spans }) => ({
    shape: [...(g as Tensor).shape.slice(0, (g as Tensor).ndim - spans.length), ...spans.map(({ size }) => size)],
    dtype: (g as Tensor).dtype,
  }),
  reference: ([g], output, { spans, divisor }) => {
    const [from, to] = [elements(g as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    forEachWindow(planesOf(output.shape, spans), spans, (zs, oz, ys, oy, xs, ox, at, plane) => {
      const [left, right] = [xs.starts[ox] as number, xs.ends[ox] as number];
      const share = (from[at] as number) / (divisor ?? countOf(zs, oz, ys, oy, xs, ox));
      for (let z = zs.starts[oz] as number; z < (zs.ends[oz] as number); z++) {
        for (let y = ys.starts[oy] as number; y < (ys.ends[oy] as number); y++) {
          const row = plane + (z * ys.size + y) * xs.size;
          for (let i = row + left; i < row + right; i++) sums[i] = (sums[i] as number) + share;
        }
      }
    });
    to.set(sums);
  },
  wasm: wasmAveragePoolGradient,
};

/** Gives every element its share of the windows it is in. Shape `[..., ...windows]` to `[..., ...spatial]`. */
export const averagePoolGradient = callable(
  (g: Tensor, attrs: AverageAttrs): Tensor => apply(gradientOp, [g], attrs),
  gradientOp,
);

const countOf = (zs: Span, oz: number, ys: Span, oy: number, xs: Span, ox: number): number =>
  (zs.counts[oz] as number) * (ys.counts[oy] as number) * (xs.counts[ox] as number);
