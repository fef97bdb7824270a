import { cat, flip, transpose, tril, triu } from "@dl/tensor";
import { diagonal, padConstant, unfold } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

export const shapes = {
  cat: [
    { inputs: shaped([2, 3], [2, 1], [2, 0]), call: (...tensors) => cat(tensors, { dim: 1 }) },
    { inputs: shaped([2, 3], [3, 2]), call: (x, y) => cat([x, transpose(y)]) },
    { inputs: [{ shape: [2], dtype: "int32" }, { shape: [3] }], call: (x, y) => cat([x, y], { dim: -1 }) },
  ],
  flip: [
    { inputs: shaped([2, 3, 4]), call: (x) => flip(x, [0, -1]) },
    { inputs: shaped([2, 3]), call: (x) => flip(transpose(x), 1) },
    { inputs: shaped([2, 3]), call: (x) => flip(x, []) },
  ],
  padConstant: [
    {
      inputs: shaped([2, 3]),
      call: (x) =>
        padConstant(
          x,
          [
            [1, 0],
            [2, 1],
          ],
          0.5,
        ),
    },
    {
      inputs: shaped([4, 3]),
      call: (x) =>
        padConstant(transpose(x), [
          [0, 2],
          [-1, -2],
        ]),
    },
  ],
  tril: [
    { inputs: shaped([2, 3, 4]), call: (x) => tril(x) },
    { inputs: shaped([4, 3]), call: (x) => tril(transpose(x), { diagonal: -1 }) },
  ],
  triu: [
    { inputs: shaped([2, 3, 4]), call: (x) => triu(x, { diagonal: 1 }) },
    { inputs: shaped([4, 3]), call: (x) => triu(x, { diagonal: -2 }) },
  ],
  diagonal: [
    { inputs: shaped([3, 4]), call: (x) => diagonal(x) },
    { inputs: shaped([2, 3, 4]), call: (x) => diagonal(x, { offset: -1, dim1: -1, dim2: 1 }) },
    { inputs: shaped([3, 4]), call: (x) => diagonal(x, { offset: 4 }) },
  ],
  unfold: [
    { inputs: shaped([7]), call: (x) => unfold(x, 0, 3, 2) },
    { inputs: shaped([2, 5, 3]), call: (x) => unfold(x, 1, 2, 1) },
  ],
} satisfies Record<string, OpCase[]>;
