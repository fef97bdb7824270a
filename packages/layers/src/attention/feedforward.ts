import { gelu, relu, type Tensor } from "@dl/tensor";

/** What stands between the two linear maps of a transformer layer. */
export type Activation = "relu" | "gelu" | ((x: Tensor) => Tensor);

/** The function an activation stands for. */
export function activationOf(who: string, activation: Activation): (x: Tensor) => Tensor {
  if (typeof activation === "function") return activation;
  if (activation === "relu") return relu;
  if (activation === "gelu") return (x) => gelu(x);
  throw new TypeError(`${who}: activation is "relu", "gelu" or a function, not ${JSON.stringify(activation)}`);
}
