import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { perMatrix } from "./matrices.ts";

const op = perMatrix<Readonly<Record<never, never>>>("cholesky", {
  square: true,
  result: (n) => [n, n],
  compute({ data, rows: n }, _, fail) {
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rest = data[i * n + j] as number;
        for (let k = 0; k < j; k++) rest -= (out[i * n + k] as number) * (out[j * n + k] as number);
        if (i > j) out[i * n + j] = rest / (out[j * n + j] as number);
        else if (rest > 0) out[i * n + i] = Math.sqrt(rest);
        else throw fail(`not positive-definite: the leading minor of order ${i + 1} is not positive`);
      }
    }
    return out;
  },
});

/** Lower L with `L Lᵀ = x`, of which the lower triangle is read. Shape `[..., n, n]` to the same. */
export const choleskyFactor = callable((x: Tensor): Tensor => apply(op, [x], {}), op);
