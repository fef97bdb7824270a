import {
  add,
  cat,
  diagEmbed,
  diagonal,
  eye,
  matmul,
  mul,
  narrow,
  neg,
  prod,
  sub,
  sum,
  svd,
  type Tensor,
  transpose,
  tril,
  triu,
  unsqueeze,
} from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { gradient, keeping, notDifferentiable } from "../rule.ts";
import { eighGradient, qrGradient, svdGradient } from "./decompositions.ts";

const { cofactor, factoredSystem, inverse, matrixExp, solveMatrices, triangularSystem } = primitives;

/** `x · y · z` */
const product = (x: Tensor, y: Tensor, z: Tensor): Tensor => matmul(matmul(x, y), z);

/** A number for each matrix, beside it. */
const perMatrix = (x: Tensor): Tensor => unsqueeze(unsqueeze(x, -1), -1);

/** Half the diagonal and what is below it. */
const lowerHalf = (x: Tensor): Tensor => sub(tril(x), mul(diagEmbed(diagonal(x, { dim1: -2, dim2: -1 })), 0.5));

function choleskyGradient(g: Tensor, l: Tensor): Tensor {
  const upper = { upper: true, unitriangular: false };
  const middle = lowerHalf(matmul(transpose(l), g));
  const left = triangularSystem(transpose(l), middle, upper);
  const both = transpose(triangularSystem(transpose(l), transpose(left), upper));
  return mul(add(both, transpose(both)), 0.5);
}

/**
 * `d² det`, by singular values so that it holds for singular matrices: in their basis the second derivatives by elements
 * (i, i) and (j, j), and by (i, j) and (j, i) with a minus, are the product of all values other than i and j.
 */
function cofactorGradient(g: Tensor, x: Tensor): Tensor {
  const n = x.shape.at(-1) as number;
  if (n === 0) return g;
  const { u, s, v } = svd(x);
  const inside = product(transpose(u), g, v);
  const one = eye(n, n, { dtype: x.dtype, device: x.device });
  const left = sub(1, one);
  const others = mul(unsqueeze(left, 0), unsqueeze(left, 1));
  const values = unsqueeze(unsqueeze(s, -2), -2);
  const products = mul(prod(add(mul(values, others), sub(1, others)), { dim: -1 }), left);
  const onDiagonal = sum(mul(products, unsqueeze(diagonal(inside, { dim1: -2, dim2: -1 }), -2)), { dim: -1 });
  const whole = sub(diagEmbed(onDiagonal), mul(products, transpose(inside)));
  const sign = primitives.determinantSign(matmul(u, transpose(v)));
  return mul(product(u, whole, transpose(v)), perMatrix(sign));
}

interface Triangle {
  readonly upper: boolean;
  readonly unitriangular: boolean;
}

function triangularGradient(g: Tensor, a: Tensor, output: Tensor, { upper, unitriangular }: Triangle): Tensor {
  const right = triangularSystem(transpose(a), g, { upper: !upper, unitriangular });
  const all = neg(matmul(right, transpose(output)));
  const offset = unitriangular ? 1 : 0;
  return upper ? triu(all, { diagonal: offset }) : tril(all, { diagonal: -offset });
}

/** Golub and Pereyra 1973. */
function pseudoInverseGradient(g: Tensor, x: Tensor, p: Tensor): Tensor {
  const [turned, adjoint] = [transpose(g), transpose(p)];
  const first = neg(product(adjoint, g, adjoint));
  const left = product(turned, p, adjoint);
  const right = product(adjoint, p, turned);
  return add(add(first, sub(left, product(x, p, left))), sub(right, product(right, p, x)));
}

function factoredGradient(g: Tensor, l: Tensor, output: Tensor): Tensor {
  const half = matmul(factoredSystem(g, l), transpose(output));
  return neg(matmul(add(half, transpose(half)), l));
}

/** The upper right block of `exp [[xᵀ, g], [0, xᵀ]]`. */
function matrixExpGradient(g: Tensor, x: Tensor): Tensor {
  const n = x.shape.at(-1) as number;
  const turned = transpose(x);
  const block = cat([cat([turned, g], { dim: -1 }), cat([mul(turned, 0), turned], { dim: -1 })], { dim: -2 });
  return narrow(narrow(matrixExp(block), -2, 0, n), -1, n, n);
}

export const linearAlgebra = {
  inverse: gradient({
    x: keeping(["output"], (g, { output }) => neg(product(transpose(output), g, transpose(output)))),
  }),
  solveMatrices: gradient({
    a: keeping(["a", "output"], (g, { a, output }) => neg(matmul(solveMatrices(transpose(a), g), transpose(output)))),
    b: keeping(["a"], (g, { a }) => solveMatrices(transpose(a), g)),
  }),
  determinant: gradient({ x: keeping(["x"], (g, { x }) => mul(cofactor(x), perMatrix(g))) }),
  cofactor: gradient({ x: keeping(["x"], (g, { x }) => cofactorGradient(g, x)) }),
  determinantSign: notDifferentiable,
  logAbsDeterminant: gradient({
    x: keeping(["x"], (g, { x }) => mul(transpose(inverse(x, { unchecked: true })), perMatrix(g))),
  }),
  choleskyFactor: gradient({ x: keeping(["output"], (g, { output }) => choleskyGradient(g, output)) }),
  factoredSystem: gradient({
    b: keeping(["l"], (g, { l }) => factoredSystem(g, l)),
    l: keeping(["l", "output"], (g, { l, output }) => factoredGradient(g, l, output)),
  }),
  triangularSystem: gradient<Triangle>({
    a: keeping(["a", "output"], (g, { a, output }, { attrs }) => triangularGradient(g, a, output, attrs)),
    b: keeping(["a"], (g, { a }, { attrs }) =>
      triangularSystem(transpose(a), g, { upper: !attrs.upper, unitriangular: attrs.unitriangular }),
    ),
  }),
  pseudoInverse: gradient({
    x: keeping(["x", "output"], (g, { x, output }) => pseudoInverseGradient(g, x, output)),
  }),
  matrixExp: gradient({ x: keeping(["x"], (g, { x }) => matrixExpGradient(g, x)) }),
  eighPacked: gradient({ x: keeping(["output"], (g, { output }) => eighGradient(g, output)) }),
  svdPacked: gradient({ x: keeping(["output"], (g, { output }, context) => svdGradient(g, output, context)) }),
  qrPacked: gradient({ x: keeping(["output"], (g, { output }, context) => qrGradient(g, output, context)) }),
};
