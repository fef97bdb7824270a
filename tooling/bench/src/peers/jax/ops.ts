import { blockUntilReady, jit, lax, nn, numpy as np } from "@jax-js/jax";
import type { Build } from "../peer.ts";
import { gelu, input, layerNorm } from "./arrays.ts";

type Compute = (...arrays: np.Array[]) => np.Array;

/** Compiled once; the result is waited for and given back. */
const op =
  (names: readonly string[], compute: Compute): Build =>
  (data) => {
    const inputs = names.map((name) => input(data, name));
    const compiled = jit(compute);
    const call = (): np.Array => compiled(...inputs.map((x) => x.ref));
    return {
      run: async () => {
        const y = call();
        await blockUntilReady(y);
        y.dispose();
      },
      numbers: async () => (await call().data()) as Float32Array,
    };
  };

const binary = (x: string, y: string, compute: (x: np.Array, y: np.Array) => np.Array): Build =>
  op([x, y], (x, y) => compute(x as np.Array, y as np.Array));
const unary = (compute: (x: np.Array) => np.Array): Build => op(["x"], (x) => compute(x as np.Array));
const product = binary("x", "y", np.matmul);
const same: [number, number][] = [
  [1, 1],
  [1, 1],
];

export const ops: Readonly<Record<string, Build>> = {
  "matmul-64": product,
  "matmul-128": product,
  "matmul-256": product,
  "matmul-512": product,
  "matmul-1024": product,
  "skinny-fwd": binary("x", "w", (x, w) => np.matmul(x, np.transpose(w))),
  "skinny-dw": binary("g", "x", (g, x) => np.matmul(np.transpose(g), x)),
  "skinny-dx": binary("g", "w", np.matmul),
  "conv-28-1-32": binary("x", "w", (x, w) => lax.convGeneralDilated(x, w, [1, 1], same)),
  "conv-14-32-64": binary("x", "w", (x, w) => lax.convGeneralDilated(x, w, [1, 1], same)),
  depthwise: binary("x", "w", (x, w) => lax.convGeneralDilated(x, w, [1, 1], same, { featureGroupCount: 64 })),
  "add-1m": binary("x", "y", (x, y) => np.add(x, y)),
  "relu-1m": unary((x) => nn.relu(x)),
  "gelu-1m": unary(gelu),
  "exp-1m": unary((x) => np.exp(x)),
  softmax: unary((x) => nn.softmax(x)),
  layernorm: op(["x", "weight", "bias"], (x, weight, bias) =>
    layerNorm(x as np.Array, weight as np.Array, bias as np.Array),
  ),
  sum0: unary((x) => np.sum(x, 0)),
};
