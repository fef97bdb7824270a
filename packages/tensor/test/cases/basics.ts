import { matmul, narrow, permute, sub, sum, toCopy, transpose, view } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const binary = (call: OpCase["call"]): OpCase[] => [
  { inputs: shaped([2, 3], [2, 3]), call },
  { inputs: shaped([2, 1, 40], [3, 1]), call },
  { inputs: shaped([5, 40], []), call },
  { inputs: shaped([3, 4], [4, 3]), call: (x, y) => call(x, transpose(y)) },
];

export const basics = {
  add: binary((x, y) => primitives.add(x, y)),
  sub: binary((x, y) => sub(x, y)),
  mul: binary((x, y) => primitives.mul(x, y)),
  div: [{ inputs: [{ shape: [2, 3] }, { shape: [2, 3], low: 0.5, high: 2 }], call: (x, y) => primitives.div(x, y) }],
  neg: [{ inputs: shaped([2, 5]), call: (x) => primitives.neg(x) }],
  toCopy: [{ inputs: shaped([2, 5]), call: (x) => toCopy(transpose(x)) }],
  matmulBatch: [
    { inputs: shaped([3, 4], [4, 5]), call: matmul },
    { inputs: shaped([2, 1, 3, 4], [5, 4, 2]), call: matmul },
    { inputs: shaped([4, 3], [5, 4]), call: (x, y) => matmul(transpose(x), transpose(y)) },
  ],
  biasedMatmul: [
    { inputs: shaped([5], [3, 4], [4, 5]), call: (bias, x, y) => primitives.biasedMatmul(bias, x, y) },
    { inputs: shaped([3, 1], [3, 4], [4, 5]), call: (bias, x, y) => primitives.biasedMatmul(bias, x, y) },
    { inputs: shaped([2, 1, 5], [2, 3, 4], [4, 5]), call: (bias, x, y) => primitives.biasedMatmul(bias, x, y) },
  ],
  sumBlock: [
    { inputs: shaped([3, 4, 5]), call: (x) => sum(x, { dim: 1 }) },
    { inputs: shaped([3, 4, 5]), call: (x) => sum(x, { dim: [0, 2], keepdim: true }) },
    { inputs: shaped([3, 4]), call: (x) => sum(x) },
  ],
  asStrided: [{ inputs: shaped([6]), call: (x) => primitives.asStrided(x, [3, 2], [1, 2], 1) }],
  stridedScatterAdd: [
    {
      inputs: shaped([3, 2]),
      call: (x) => primitives.stridedScatterAdd(x, [6], { shape: [3, 2], strides: [1, 2], offset: 1 }),
    },
  ],
  copySlices: [
    {
      inputs: shaped([2, 3], [2]),
      call: (x, value) => primitives.copySlices(x, value, { shape: [2], strides: [3], offset: 1 }),
    },
  ],
  expand: [{ inputs: shaped([3, 1]), call: (x) => primitives.expand(x, [2, 3, 4]) }],
  permute: [{ inputs: shaped([2, 3, 4]), call: (x) => permute(x, [2, 0, 1]) }],
  view: [{ inputs: shaped([2, 6]), call: (x) => view(x, [3, -1]) }],
  slice: [
    { inputs: shaped([5, 4]), call: (x) => narrow(x, 0, 1, 3) },
    { inputs: shaped([5, 4]), call: (x) => primitives.slice(x, { start: 1, step: 2 }) },
  ],
} satisfies Record<string, OpCase[]>;
