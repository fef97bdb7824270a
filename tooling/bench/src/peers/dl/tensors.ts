import { keep, scope, type Tensor, tensor } from "@dl/tensor";
import type { Data, Runnable } from "../peer.ts";

/** The input of that name as a tensor that stays. */
export function input(data: Data, name: string): Tensor {
  const { data: numbers, shape } = data.input(name);
  return keep(tensor(numbers, { shape }));
}

export function labels(data: Data, name = "labels"): Tensor {
  return keep(tensor(data.labels(name).data));
}

/** An op: what it makes is given back at once, as PyTorch does. */
export function op(compute: () => Tensor): Runnable {
  return {
    run: () => {
      scope(() => void compute());
    },
    numbers: () => compute().contiguous().read(),
  };
}
