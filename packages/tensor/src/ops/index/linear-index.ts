import { shapeText } from "../../errors.ts";
import { apply, callable, type KernelOp } from "../../op.ts";
import { broadcastShapes, broadcastStrides } from "../../shape.ts";
import { elements, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

export interface LinearAttrs {
  /** Whose index it is, for errors. */
  readonly who: string;
  /** Sizes of the dimensions that the inputs index, in order. */
  readonly sizes: readonly number[];
  /** The number of the first of these dimensions, for errors. */
  readonly dim: number;
}

const op: KernelOp<LinearAttrs> = {
  kind: "kernel",
  name: "linearIndex",
  inputs: ["...indices"],
  strided: true,
  infer: (indices, { who }) => {
    const odd = indices.find(({ dtype }) => dtype !== "int32");
    if (odd !== undefined)
      throw new TypeError(`${who}: an index must be int32 or bool, got ${odd.dtype}: convert with .to("int32")`);
    const names = indices.map((_, i) => `index ${i}`);
    return {
      shape: broadcastShapes(
        who,
        indices.map(({ shape }) => shape),
        names,
      ),
      dtype: "int32",
    };
  },
  reference: (indices, output, { who, sizes, dim }) => {
    const to = elements(output).fill(0);
    indices.forEach((index, k) => {
      const { data } = index.storage;
      const size = sizes[k] as number;
      let out = 0;
      forEachRun(output.shape, [broadcastStrides(index, output.shape)], [index.offset], (starts, steps, length) => {
        const step = steps[0] as number;
        for (let i = 0, at = starts[0] as number; i < length; i++, at += step, out++) {
          const pick = data[at] as number;
          if (pick < -size || pick >= size) {
            throw new RangeError(
              `${who}: index ${pick} is out of range for dimension ${dim + k} of size ${size} (index ${shapeText(index.shape)})`,
            );
          }
          to[out] = (to[out] as number) * size + (pick < 0 ? pick + size : pick);
        }
      });
    });
  },
};

/**
 * One number for each tuple of indices: where it is in a row-major array of `sizes`. Negative ones count from the end.
 * The indices broadcast.
 */
export const linearIndex = callable(
  (who: string, indices: readonly Tensor[], sizes: readonly number[], dim = 0): Tensor =>
    apply(op, indices, { who, sizes, dim }),
  op,
);
