import { lax, nn, numpy as np } from "@jax-js/jax";
import type { Data, Numbers } from "../peer.ts";

export const arrayOf = ({ data, shape }: Numbers): np.Array => np.array(data).reshape(shape);

export const input = (data: Data, name: string): np.Array => arrayOf(data.input(name));

/** Every array goes into one use; `.ref` is one more. */
export const gelu = (x: np.Array): np.Array => x.ref.mul(0.5).mul(lax.erf(x.mul(Math.SQRT1_2)).add(1));

export const layerNorm = (x: np.Array, weight: np.Array, bias: np.Array): np.Array =>
  nn.standardize(x, -1, { epsilon: 1e-5 }).mul(weight).add(bias);
