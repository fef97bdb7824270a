import { apply, callable } from "../../op.ts";
import type { Tensor } from "../../tensor.ts";
import { luDeterminant, luFactor } from "./lu.ts";
import { perMatrix } from "./matrices.ts";
import { jacobiSvd } from "./svd.ts";

const scalar = { square: true, result: (): readonly number[] => [] } as const;
type None = Readonly<Record<never, never>>;

const detOp = perMatrix<None>("det", { ...scalar, compute: ({ data, rows }) => [luDeterminant(luFactor(data, rows))] });

/** The determinant. Shape `[..., n, n]` to `[...]`. */
export const determinant = callable((x: Tensor): Tensor => apply(detOp, [x], {}), detOp);

const signOp = perMatrix<None>("detSign", {
  ...scalar,
  compute: ({ data, rows }) => [signOf(luFactor(data, rows))],
});

/** The sign of the determinant: 1, -1 or 0. Shape `[..., n, n]` to `[...]`. */
export const determinantSign = callable((x: Tensor): Tensor => apply(signOp, [x], {}), signOp);

const logOp = perMatrix<None>("logabsdet", {
  ...scalar,
  compute: ({ data, rows }) => {
    const { data: factors } = luFactor(data, rows);
    let sum = 0;
    for (let i = 0; i < rows; i++) sum += Math.log(Math.abs(factors[i * (rows + 1)] as number));
    return [sum];
  },
});

/** The logarithm of the determinant's magnitude, -∞ for 0. Shape `[..., n, n]` to `[...]`. */
export const logAbsDeterminant = callable((x: Tensor): Tensor => apply(logOp, [x], {}), logOp);

const cofactorOp = perMatrix<None>("cofactor", {
  square: true,
  result: (n) => [n, n],
  compute({ data, rows: n }) {
    if (!data.every(Number.isFinite)) return new Float64Array(n * n).fill(Number.NaN);
    const { u, s, v } = jacobiSvd(data, n, n);
    const sign = signOf(luFactor(Float64Array.from(u), n)) * signOf(luFactor(Float64Array.from(v), n));
    const out = new Float64Array(n * n);
    for (let k = 0; k < n; k++) {
      let others = sign;
      for (let i = 0; i < n; i++) if (i !== k) others *= s[i] as number;
      for (let i = 0; i < n; i++) {
        const scaled = others * (u[i * n + k] as number);
        for (let j = 0; j < n; j++) out[i * n + j] = (out[i * n + j] as number) + scaled * (v[j * n + k] as number);
      }
    }
    return out;
  },
});

/** The derivative of the determinant: of each element, its cofactor. Exact for singular matrices too. `[..., n, n]` to the same. */
export const cofactor = callable((x: Tensor): Tensor => apply(cofactorOp, [x], {}), cofactorOp);

function signOf({ data, n, sign }: { data: Float64Array; n: number; sign: number }): number {
  let total = sign;
  for (let i = 0; i < n; i++) total *= Math.sign(data[i * (n + 1)] as number);
  return total;
}
