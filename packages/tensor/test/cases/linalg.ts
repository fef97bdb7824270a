import { add, eye, matmul, mul, narrow, select, type Tensor, transpose } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type InputSpec, type OpCase, shaped } from "./case.ts";

/** Far from singular. */
const regular: InputSpec = {
  values: [
    [3, 1, -0.5],
    [0.25, -2, 1],
    [1, 0.5, 4],
  ],
};
const batched: InputSpec = {
  values: [
    [
      [2, 1],
      [-0.5, 1.5],
    ],
    [
      [0.5, -1],
      [1, 0.25],
    ],
  ],
};
/** Of rank 1. */
const singular: InputSpec = {
  values: [
    [1, 2, 0.5],
    [2, 4, 1],
    [-1, -2, -0.5],
  ],
};

/** Both triangles count, as in the gradients. */
const symmetric = (x: Tensor): Tensor => mul(add(x, transpose(x)), 0.5);
const positive = (x: Tensor): Tensor =>
  add(matmul(x, transpose(x)), eye(x.shape.at(-1) as number, undefined, { dtype: x.dtype }));
const both = (call: OpCase["call"]): OpCase[] => [
  { inputs: [regular], call },
  { inputs: [batched], call },
];
/** What does not depend on the signs of vectors: their outer products, weighted by rank. */
const projections = (vectors: Tensor): Tensor => {
  const last = vectors.shape.at(-1) as number;
  const parts = Array.from({ length: last }, (_, k) => narrow(vectors, -1, k, 1));
  return parts.map((part, k) => mul(matmul(part, transpose(part)), k + 1)).reduce((a, b) => add(a, b));
};

export const linearAlgebra = {
  inverse: both((x) => primitives.inverse(x)),
  solveMatrices: [
    { inputs: [regular, ...shaped([3, 2])], call: (a, b) => primitives.solveMatrices(a, b) },
    { inputs: [batched, ...shaped([3, 1, 2, 2])], call: (a, b) => primitives.solveMatrices(a, b) },
  ],
  determinant: [
    ...both((x) => primitives.determinant(x)),
    { inputs: [singular], call: (x) => primitives.determinant(x) },
  ],
  cofactor: [
    ...both((x) => primitives.cofactor(x)),
    {
      inputs: [singular],
      call: (x) => primitives.cofactor(x),
      firstOrderOnly: "the second derivative goes through singular vectors of equal values",
    },
  ],
  determinantSign: both((x) => primitives.determinantSign(x)),
  logAbsDeterminant: both((x) => primitives.logAbsDeterminant(x)),
  choleskyFactor: both((x) => primitives.choleskyFactor(positive(x))),
  factoredSystem: [
    {
      inputs: [...shaped([3, 2]), regular],
      call: (b, x) => primitives.factoredSystem(b, primitives.choleskyFactor(positive(x))),
    },
    {
      inputs: [...shaped([2, 1]), batched],
      call: (b, x) => primitives.factoredSystem(b, primitives.choleskyFactor(positive(x))),
    },
  ],
  triangularSystem: [
    {
      inputs: [regular, ...shaped([3, 2])],
      call: (a, b) => primitives.triangularSystem(a, b, { upper: true, unitriangular: false }),
    },
    {
      inputs: [batched, ...shaped([2, 3])],
      call: (a, b) => primitives.triangularSystem(a, b, { upper: false, unitriangular: true }),
    },
  ],
  eighPacked: [
    ...both((x) => select(primitives.eighPacked(symmetric(x)), -2, 0)),
    ...both((x) => projections(narrow(primitives.eighPacked(symmetric(x)), -2, 1, x.shape.at(-1) as number))),
  ],
  svdPacked: [
    ...both((x) => select(primitives.svdPacked(x), -2, 0)),
    ...both((x) => projections(narrow(primitives.svdPacked(x), -2, 1, x.shape.at(-2) as number))),
    { inputs: shaped([4, 2]), call: (x) => projections(narrow(primitives.svdPacked(x), -2, 1, 4)) },
    { inputs: shaped([2, 4]), call: (x) => projections(narrow(primitives.svdPacked(x), -2, 3, 4)) },
  ],
  qrPacked: [
    ...both((x) => primitives.qrPacked(x)),
    { inputs: shaped([4, 2]), call: (x) => primitives.qrPacked(x) },
    { inputs: shaped([2, 4]), call: (x) => primitives.qrPacked(x) },
  ],
  matrixExp: both((x) => primitives.matrixExp(x)),
  pseudoInverse: [
    ...both((x) => primitives.pseudoInverse(x, x.number(0), x.number(1e-6), { hermitian: false })),
    {
      inputs: shaped([4, 2]),
      call: (x) => primitives.pseudoInverse(x, x.number(0), x.number(1e-6), { hermitian: false }),
    },
    {
      inputs: shaped([2, 4]),
      call: (x) => primitives.pseudoInverse(x, x.number(0), x.number(1e-6), { hermitian: false }),
    },
  ],
} satisfies Record<string, OpCase[]>;
