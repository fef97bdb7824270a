import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { luFactor, luSolve } from "./lu.ts";
import { identity, perMatrix } from "./matrices.ts";
import { systemOp } from "./system.ts";

export interface InverseAttrs {
  /** Infinities and NaN instead of an error where there is no inverse. */
  readonly unchecked?: boolean;
}

const inverseOp = perMatrix<InverseAttrs>("inv", {
  square: true,
  result: (n) => [n, n],
  compute({ data, rows: n }, { unchecked = false }, fail) {
    const lu = luFactor(data, n);
    if (lu.singular >= 0 && !unchecked) throw fail(`singular: column ${lu.singular} has no pivot`);
    return luSolve(lu, identity(n), n);
  },
});

/** `x⁻¹`. Shape `[..., n, n]` to the same. */
export const inverse = callable(
  (x: Tensor, attrs: InverseAttrs = {}): Tensor => apply(inverseOp, [x], attrs),
  inverseOp,
);

const solveOp = systemOp<Readonly<Record<never, never>>>("solve", {
  inputs: ["a", "b"],
  matrix: 0,
  solve(a, b, { n, k }, _, fail) {
    const lu = luFactor(Float64Array.from(a), n);
    if (lu.singular >= 0) throw fail(`singular: column ${lu.singular} has no pivot`);
    return luSolve(lu, b, k);
  },
});

/** `x` with `a x = b`. Shapes `[..., n, n]` and `[..., n, k]` to `[..., n, k]`; leading ones broadcast. */
export const solveMatrices = callable((a: Tensor, b: Tensor): Tensor => apply(solveOp, [a, b], {}), solveOp);
