import { grad, requiresGrad_ } from "@dl/autograd";
import { DataLoader, TensorDataset } from "@dl/data";
import { add, scaledDotProductAttention, scope, type Tensor } from "@dl/tensor";
import type { Build } from "../peer.ts";
import { input, labels, op } from "./tensors.ts";

export const apart: Readonly<Record<string, Build>> = {
  "tiny-op": (data) => {
    const [x, y] = [input(data, "x"), input(data, "y")];
    const single = op(() => add(x, y));
    return {
      ...single,
      steps: many,
      run: () => {
        for (let i = 0; i < many; i++) add(x, y).dispose();
      },
    };
  },
  "tiny-op-grad": (data) => {
    const [x, y, g] = [requiresGrad_(input(data, "x")), input(data, "y"), input(data, "g")];
    const step = (): Tensor =>
      scope(() => {
        const sum = add(x, y);
        sum.backward({ gradient: g });
        const grad = x.grad as Tensor;
        x.grad = undefined;
        return grad;
      });
    return {
      steps: many,
      run: () => {
        for (let i = 0; i < many; i++) step().dispose();
      },
      numbers: () => step().read(),
    };
  },
  "attention-1024": (data) => {
    const inputs = ["q", "k", "v"].map((name) => requiresGrad_(input(data, name))) as [Tensor, Tensor, Tensor];
    const gradOutputs = [input(data, "g")];
    return op(() => {
      const [q, k, v] = grad([scaledDotProductAttention(...inputs)], inputs, { gradOutputs }) as [
        Tensor,
        Tensor,
        Tensor,
      ];
      return add(add(q, k), v);
    });
  },
  loader: (data) => {
    const loader = new DataLoader(new TensorDataset(input(data, "x"), labels(data)), { batchSize: 64, shuffle: true });
    const epoch = (): number => {
      let seen = 0;
      for (const [x] of loader) {
        seen += x.shape[0] as number;
        x.dispose();
      }
      return seen;
    };
    return { run: epoch, numbers: () => [epoch()] };
  },
};

const many = 1000;
