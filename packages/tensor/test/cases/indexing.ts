import { indexCopy, indexSelect, maskedFill, nonzero, transpose } from "@dl/tensor";
import { indexAddSlabs, linearIndex, scatterFold, scatterWrite } from "@dl/tensor/primitives";
import type { InputSpec, OpCase } from "./case.ts";

const int = (values: number[] | number[][]): InputSpec => ({ values, dtype: "int32" });
const mask = (values: boolean[] | boolean[][]): InputSpec => ({ values, dtype: "bool" });

/** Two things arrive at one place, and nothing at another. */
const places = int([
  [0, 2, 2],
  [1, 1, 0],
]);

const folds = (["prod", "amax", "amin"] as const).flatMap((reduce): OpCase[] =>
  [true, false].map((includeSelf) => ({
    inputs: [{ shape: [2, 4], low: 0.5 }, places, { shape: [2, 3], low: 0.5 }],
    call: (x, index, source) => scatterFold(x, 1, index, source, { reduce, includeSelf }),
  })),
);

export const indexing = {
  maskedFill: [
    { inputs: [{ shape: [2, 3] }, mask([true, false, true])], call: (x, where) => maskedFill(x, where, -1) },
    {
      inputs: [
        { shape: [3] },
        mask([
          [true, false, true],
          [false, false, true],
        ]),
        { shape: [] },
      ],
      call: maskedFill,
    },
  ],
  indexSelect: [
    { inputs: [{ shape: [3, 4] }, int([2, 0, 2])], call: (x, index) => indexSelect(x, 0, index) },
    { inputs: [{ shape: [3, 4] }, int([1, 1])], call: (x, index) => indexSelect(transpose(x), -1, index) },
    { inputs: [{ shape: [] }, int([0])], call: (x, index) => indexSelect(x, 0, index) },
  ],
  indexAddSlabs: [
    {
      inputs: [{ shape: [2, 4] }, int([3, 0, 3]), { shape: [2, 3] }],
      call: (x, index, source) => indexAddSlabs(x, 1, index, source),
    },
    {
      inputs: [{ shape: [3, 2] }, int([1]), { shape: [1, 2] }],
      call: (x, index, source) => indexAddSlabs(x, 0, index, source),
    },
  ],
  indexCopy: [
    {
      inputs: [{ shape: [2, 4] }, int([3, 0]), { shape: [2, 2] }],
      call: (x, index, source) => indexCopy(x, 1, index, source),
    },
    {
      inputs: [{ shape: [3, 2] }, int([1]), { shape: [1, 2] }],
      call: (x, index, source) => indexCopy(x, 0, index, source),
    },
  ],
  linearIndex: [
    {
      inputs: [int([[1], [-1]]), int([0, 2, -3])],
      call: (rows, columns) => linearIndex("at", [rows, columns], [2, 3]),
    },
  ],
  nonzero: [
    {
      inputs: [
        {
          values: [
            [0, 5],
            [7, 0],
          ],
        },
      ],
      call: nonzero,
    },
    { inputs: [{ values: 3 }], call: nonzero },
  ],
  scatterWrite: [
    {
      inputs: [
        { shape: [2, 4] },
        int([
          [0, 3],
          [1, 2],
        ]),
        { shape: [2, 3] },
      ],
      call: (x, index, source) => scatterWrite(x, 1, index, source),
    },
    {
      inputs: [{ shape: [3, 2] }, int([[2, 0]]), { shape: [1, 2] }],
      call: (x, index, source) => scatterWrite(x, 0, index, source),
    },
  ],
  scatterFold: [
    ...folds,
    {
      inputs: [{ values: [[2, 0, 3, 1]] }, int([[0, 1, 2, 2, 3]]), { values: [[0, 3, 0, 0, 2]] }],
      call: (x, index, source) => scatterFold(x, 1, index, source, { reduce: "prod", includeSelf: true }),
      firstOrderOnly: "the factors are divided out, so PyTorch's second derivative is not the true one at zeros either",
    },
  ],
} satisfies Record<string, OpCase[]>;
