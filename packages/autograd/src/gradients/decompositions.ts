import {
  add,
  binary,
  cat,
  diagEmbed,
  diagonal,
  expand,
  eye,
  matmul,
  mul,
  narrow,
  solveTriangular,
  square,
  sub,
  type Tensor,
  transpose,
  tril,
} from "@dl/tensor";
import type { Context } from "../rule.ts";

/** A quotient that is 0 where there is nothing to divide: vectors whose gradient is 0 may belong to equal values. */
const share = binary("share", "x == 0 ? 0 : x / y");

const first = (x: Tensor): Tensor => narrow(x, -2, 0, 1);

/** Row vector `[..., 1, n]` less itself as a column: element (i, j) is `x_j - x_i`. */
const gaps = (x: Tensor): Tensor => sub(x, transpose(x));

function offDiagonal(x: Tensor): Tensor {
  const n = x.shape.at(-1) as number;
  return mul(x, sub(1, eye(n, n, { dtype: x.dtype, device: x.device })));
}

/** `V (diag(gλ) + (Vᵀ gV) / (λ_j - λ_i)) Vᵀ` */
export function eighGradient(g: Tensor, output: Tensor): Tensor {
  const n = output.shape.at(-1) as number;
  const vectors = narrow(output, -2, 1, n);
  const turning = share(offDiagonal(matmul(transpose(vectors), narrow(g, -2, 1, n))), gaps(first(output)));
  const inside = add(turning, diagonalOf(first(g)));
  return matmul(matmul(vectors, inside), transpose(vectors));
}

/** `[..., 1, n]` on a diagonal. */
const diagonalOf = (row: Tensor): Tensor => {
  const n = row.shape.at(-1) as number;
  return mul(expand(row, [...row.shape.slice(0, -2), n, n]), eye(n, n, { dtype: row.dtype, device: row.device }));
};

const skew = (x: Tensor): Tensor => sub(x, transpose(x));

/** Townsend, Differentiating the Singular Value Decomposition, 2016. */
export function svdGradient(g: Tensor, output: Tensor, { inputs }: Context): Tensor {
  const [rows, columns] = sizesOf(inputs);
  const k = Math.min(rows, columns);
  const s = first(output);
  const [u, v] = [narrow(output, -2, 1, rows), narrow(output, -2, 1 + rows, columns)];
  const [gu, gv] = [narrow(g, -2, 1, rows), narrow(g, -2, 1 + rows, columns)];
  const between = gaps(square(s));
  const left = mul(share(skew(matmul(transpose(u), gu)), between), s);
  const right = mul(share(skew(matmul(transpose(v), gv)), between), transpose(s));
  const inside = add(add(left, right), diagonalOf(first(g)));
  let total = matmul(matmul(u, inside), transpose(v));
  if (rows > k) total = add(total, matmul(share(outside(u, gu), s), transpose(v)));
  if (columns > k) total = add(total, matmul(u, transpose(share(outside(v, gv), s))));
  return total;
}

const sizesOf = ([x]: Context["inputs"]): [number, number] => (x?.shape ?? []).slice(-2) as [number, number];

/** What of `g` is orthogonal to the columns of `u`. */
const outside = (u: Tensor, g: Tensor): Tensor => sub(g, matmul(u, matmul(transpose(u), g)));

/** Walter and Lehmann 2013; for wide matrices as in Roberts and Roberts 2020. */
export function qrGradient(g: Tensor, output: Tensor, { inputs }: Context): Tensor {
  const [rows, columns] = sizesOf(inputs);
  const k = Math.min(rows, columns);
  const [q, r] = [narrow(output, -2, 0, rows), transpose(narrow(output, -2, rows, columns))];
  const [gq, gr] = [narrow(g, -2, 0, rows), transpose(narrow(g, -2, rows, columns))];
  if (columns === k) return squareQr(q, r, gq, gr);
  const rest = columns - k;
  const [own, ownGradient] = [narrow(r, -1, 0, k), narrow(gr, -1, 0, k)];
  const [wide, wideGradient] = [narrow(r, -1, k, rest), narrow(gr, -1, k, rest)];
  const carried = add(gq, matmul(matmul(q, wide), transpose(wideGradient)));
  return cat([squareQr(q, own, carried, ownGradient), matmul(q, wideGradient)], { dim: -1 });
}

function squareQr(q: Tensor, r: Tensor, gq: Tensor, gr: Tensor): Tensor {
  const mixed = sub(matmul(r, transpose(gr)), matmul(transpose(gq), q));
  const below = tril(mixed, { diagonal: -1 });
  const symmetric = add(add(below, transpose(below)), diagEmbed(diagonal(mixed, { dim1: -2, dim2: -1 })));
  const sum = add(gq, matmul(q, symmetric));
  return transpose(solveTriangular(r, transpose(sum), { upper: true }));
}
