import { apply, callable, type KernelOp } from "../../op.ts";
import { elements, readStrided } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

type None = Readonly<Record<never, never>>;

const op: KernelOp<None> = {
  kind: "kernel",
  name: "nonzero",
  inputs: ["x"],
  infer: ([x]) => {
    const { shape, device } = x as Tensor;
    if (device.name === "gpu")
      throw new Error("nonzero: the shape of the result depends on the elements: use await x.cpu() first");
    let found = 0;
    for (const value of readStrided(x as Tensor, (x as Tensor).storage.data)) if (value !== 0) found++;
    return { shape: [found, shape.length], dtype: "int32" };
  },
  reference: ([x], output) => {
    const from = elements(x as Tensor);
    const to = elements(output);
    const { shape } = x as Tensor;
    const rank = shape.length;
    let row = 0;
    for (let i = 0; i < from.length; i++) {
      if (from[i] === 0) continue;
      for (let dim = rank - 1, rest = i; dim >= 0; dim--) {
        const length = shape[dim] as number;
        to[row * rank + dim] = rest % length;
        rest = Math.floor(rest / length);
      }
      row++;
    }
  },
};

/**
 * The indices of all elements other than 0, one a row, in row-major order. Shape `[...]` to `[count, rank]`, int32.
 *
 * @example
 * nonzero(tensor([[0, 5], [7, 0]])).tolist(); // => [[0, 1], [1, 0]]
 */
export const nonzero = callable((x: Tensor): Tensor => apply(op, [x], {}), op);
