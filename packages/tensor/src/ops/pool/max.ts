import { operandsText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { type Shape, sameShape, sizeOf } from "../../shape.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import { type PoolAttrs, pooledShape } from "./average.ts";
import { wasmMaxPoolAt, wasmMaxPoolGradient, wasmMaxPoolIndices } from "./pool.wasm.ts";
import { forEachWindow, planesOf } from "./spans.ts";

const indicesOp: KernelOp<PoolAttrs> = {
  kind: "kernel",
  name: "maxPoolIndices",
  inputs: ["x"],
  infer: ([x], { spans }) => ({ shape: pooledShape((x as Tensor).shape, spans), dtype: "int32" }),
  reference: ([x], output, { spans }) => {
    const [from, to] = [elements(x as Tensor), elements(output)];
    forEachWindow(planesOf((x as Tensor).shape, spans), spans, (zs, oz, ys, oy, xs, ox, at, plane) => {
      const [left, right] = [xs.starts[ox] as number, xs.ends[ox] as number];
      let best = Number.NEGATIVE_INFINITY;
      let index = ((zs.starts[oz] as number) * ys.size + (ys.starts[oy] as number)) * xs.size + left;
      for (let z = zs.starts[oz] as number; z < (zs.ends[oz] as number); z += zs.step) {
        for (let y = ys.starts[oy] as number; y < (ys.ends[oy] as number); y += ys.step) {
          const row = (z * ys.size + y) * xs.size;
          for (let i = row + left; i < row + right; i += xs.step) {
            const value = from[plane + i] as number;
            if (value > best || Number.isNaN(value)) {
              best = value;
              index = i;
            }
          }
        }
      }
      to[at] = index;
    });
  },
  wasm: wasmMaxPoolIndices,
};

/**
 * Where the largest element of each window is: its index in its flattened plane. The first of equal ones, but the last
 * NaN before everything. Shape `[..., ...spatial]` to int32 `[..., ...windows]`.
 */
export const maxPoolIndices = callable(
  (x: Tensor, attrs: PoolAttrs): Tensor => apply(indicesOp, [x], attrs),
  indicesOp,
);

export interface PoolAtAttrs {
  /** How many of the last dimensions make a plane. */
  readonly spatial: number;
}

const op: KernelOp<PoolAtAttrs> = {
  kind: "kernel",
  name: "maxPool2DWithIndices",
  inputs: ["x", "indices"],
  infer: ([x, indices]) => ({ shape: (indices as Tensor).shape, dtype: (x as Tensor).dtype }),
  reference: ([x, indices], output, { spatial }) => {
    const [from, at, to] = [elements(x as Tensor), elements(indices as Tensor), elements(output)];
    const area = sizeOf((x as Tensor).shape.slice(-spatial));
    const windows = sizeOf(output.shape.slice(-spatial));
    for (let i = 0, plane = 0; i < to.length; i += windows, plane += area) {
      for (let k = i; k < i + windows; k++) to[k] = from[plane + (at[k] as number)] as number;
    }
  },
  wasm: wasmMaxPoolAt,
};

/** The elements at `indices` of each plane. Shapes `[..., ...spatial]` and `[..., ...windows]` to `[..., ...windows]`. */
export const maxPoolAt = callable(
  (x: Tensor, indices: Tensor, spatial: number): Tensor => apply(op, [x, indices], { spatial }),
  op,
);

export interface UnpoolAttrs {
  readonly size: Shape;
}

const gradientOp: KernelOp<UnpoolAttrs> = {
  kind: "kernel",
  name: "maxPoolGradient",
  inputs: ["g", "indices"],
  infer: ([g], { size }) => ({
    shape: [...(g as Tensor).shape.slice(0, -size.length), ...size],
    dtype: (g as Tensor).dtype,
  }),
  reference: ([g, indices], output, { size }) => {
    const [from, at, to] = [elements(g as Tensor), elements(indices as Tensor), elements(output)];
    const sums = new Float64Array(to.length);
    const area = sizeOf(size);
    const windows = sizeOf((g as Tensor).shape.slice(-size.length));
    for (let i = 0, plane = 0; i < from.length; i += windows, plane += area) {
      for (let k = i; k < i + windows; k++) {
        const target = plane + (at[k] as number);
        sums[target] = (sums[target] as number) + (from[k] as number);
      }
    }
    to.set(sums);
  },
  wasm: wasmMaxPoolGradient,
};

/**
 * Zeros with the elements of `g` added at `indices` of each plane of spatial sizes `size`.
 * Shapes `[..., ...windows]` twice to `[..., ...size]`.
 */
export const maxPoolGradient = callable(
  (g: Tensor, indices: Tensor, size: Shape): Tensor => apply(gradientOp, [g, indices], { size }),
  gradientOp,
);

const unpoolOp: KernelOp<UnpoolAttrs> = {
  kind: "kernel",
  name: "maxUnpool",
  inputs: ["x", "indices"],
  infer: ([x, indices], { size }) => {
    checkSame(x as Tensor, indices as Tensor);
    return { shape: [...(x as Tensor).shape.slice(0, -size.length), ...size], dtype: (x as Tensor).dtype };
  },
  reference: ([x, indices], output, { size }) => {
    const [from, at, to] = [elements(x as Tensor), elements(indices as Tensor), elements(output)];
    const area = sizeOf(size);
    const windows = sizeOf((x as Tensor).shape.slice(-size.length));
    checkRange(x as Tensor, indices as Tensor, area);
    to.fill(0);
    for (let i = 0, plane = 0; i < from.length; i += windows, plane += area) {
      for (let k = i; k < i + windows; k++) to[plane + (at[k] as number)] = from[k] as number;
    }
  },
};

/**
 * Zeros with the elements of `x` at `indices` of each plane of spatial sizes `size`; of equal indices the last counts.
 * Shapes `[..., ...windows]` twice to `[..., ...size]`.
 */
export const maxUnpool = callable(
  (x: Tensor, indices: Tensor, size: Shape): Tensor => apply(unpoolOp, [x, indices], { size }),
  unpoolOp,
);

function checkSame(x: Tensor, indices: Tensor): void {
  if (!sameShape(x.shape, indices.shape))
    throw new RangeError(`maxUnpool: x and indices must have the same shape ${operandsText({ x, indices })}`);
}

function checkRange(x: Tensor, indices: Tensor, area: number): void {
  const wrong = elements(indices).find((index) => index < 0 || index >= area);
  if (wrong !== undefined)
    throw new RangeError(
      `maxUnpool: index ${wrong} is out of range for planes of ${area} elements ${operandsText({ x, indices })}`,
    );
}
