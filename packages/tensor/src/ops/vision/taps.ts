import { apply, callable, type KernelOp } from "../../op.ts";
import { elements } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** The three ops are each other's gradients. A tap is the index of an element of a plane, -1 for none, and its weight. */
type NoAttrs = Readonly<Record<never, never>>;

const gatherOp: KernelOp<NoAttrs> = {
  kind: "kernel",
  name: "gatherTaps",
  inputs: ["x", "weights", "indices"],
  infer: ([x, weights]) => {
    const { shape, dtype } = x as Tensor;
    return { shape: [shape[0] as number, shape[1] as number, (weights as Tensor).shape[1] as number], dtype };
  },
  reference: ([x, weights, indices], output) => {
    const [from, by] = [elements(x as Tensor), elements(weights as Tensor)];
    const [at, to] = [elements(indices as Tensor), elements(output)];
    forEachPlane(x as Tensor, weights as Tensor, (plane, first, result, points, taps) => {
      for (let p = 0; p < points; p++) {
        let sum = 0;
        for (let k = first + p * taps; k < first + (p + 1) * taps; k++) {
          const index = at[k] as number;
          sum += (by[k] as number) * (index < 0 ? 0 : (from[plane + index] as number));
        }
        to[result + p] = sum;
      }
    });
  },
};

/** `y[p] = Σ_t weights[p, t] x[indices[p, t]]`. Shapes `[n, c, s]`, twice `[n, p, t]` (int32 indices) to `[n, c, p]`. */
export const gatherTaps = callable(
  (x: Tensor, weights: Tensor, indices: Tensor): Tensor => apply(gatherOp, [x, weights, indices], {}),
  gatherOp,
);

export interface ScatterAttrs {
  /** Elements of a plane. */
  readonly size: number;
}

const scatterOp: KernelOp<ScatterAttrs> = {
  kind: "kernel",
  name: "scatterTaps",
  inputs: ["g", "weights", "indices"],
  infer: ([g], { size }) => {
    const { shape, dtype } = g as Tensor;
    return { shape: [shape[0] as number, shape[1] as number, size], dtype };
  },
  reference: ([g, weights, indices], output) => {
    const [from, by] = [elements(g as Tensor), elements(weights as Tensor)];
    const at = elements(indices as Tensor);
    const sums = new Float64Array(output.size);
    forEachPlane(output, weights as Tensor, (plane, first, source, points, taps) => {
      for (let p = 0; p < points; p++) {
        const value = from[source + p] as number;
        for (let k = first + p * taps; k < first + (p + 1) * taps; k++) {
          const index = at[k] as number;
          if (index >= 0) sums[plane + index] = (sums[plane + index] as number) + (by[k] as number) * value;
        }
      }
    });
    elements(output).set(sums);
  },
};

/** `x[indices[p, t]] += weights[p, t] g[p]` from zeros. Shapes `[n, c, p]`, twice `[n, p, t]` to `[n, c, size]`. */
export const scatterTaps = callable(
  (g: Tensor, weights: Tensor, indices: Tensor, size: number): Tensor =>
    apply(scatterOp, [g, weights, indices], { size }),
  scatterOp,
);

const weighOp: KernelOp<NoAttrs> = {
  kind: "kernel",
  name: "weighTaps",
  inputs: ["g", "x", "indices"],
  infer: ([g, , indices]) => ({ shape: (indices as Tensor).shape, dtype: (g as Tensor).dtype }),
  reference: ([g, x, indices], output) => {
    const [upstream, from] = [elements(g as Tensor), elements(x as Tensor)];
    const at = elements(indices as Tensor);
    const sums = new Float64Array(output.size);
    forEachPlane(x as Tensor, output, (plane, first, source, points, taps) => {
      for (let p = 0; p < points; p++) {
        const value = upstream[source + p] as number;
        for (let k = first + p * taps; k < first + (p + 1) * taps; k++) {
          const index = at[k] as number;
          if (index >= 0) sums[k] = (sums[k] as number) + value * (from[plane + index] as number);
        }
      }
    });
    elements(output).set(sums);
  },
};

/** `w[p, t] = Σ_c g[c, p] x[c, indices[p, t]]`. Shapes `[n, c, p]`, `[n, c, s]`, `[n, p, t]` to `[n, p, t]`. */
export const weighTaps = callable(
  (g: Tensor, x: Tensor, indices: Tensor): Tensor => apply(weighOp, [g, x, indices], {}),
  weighOp,
);

type Visit = (plane: number, taps: number, points: number, pointCount: number, tapCount: number) => void;

/** Visits the planes of `x` `[n, c, s]`: where each begins, where its taps `[n, p, t]` begin and where its points do. */
function forEachPlane(x: Tensor, weights: Tensor, visit: Visit): void {
  const [batch, channels, size] = x.shape as [number, number, number];
  const [, points, taps] = weights.shape as [number, number, number];
  for (let n = 0, plane = 0; n < batch; n++) {
    for (let c = 0; c < channels; c++, plane++) visit(plane * size, n * points * taps, plane * points, points, taps);
  }
}
