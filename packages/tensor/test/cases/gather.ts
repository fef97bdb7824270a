import { type Tensor, tensor } from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const picks = (data: Parameters<typeof tensor>[0], like: Tensor): Tensor =>
  tensor(data, { dtype: "int32", device: like.device });

export const gathering = {
  gather: [
    {
      inputs: shaped([3, 4]),
      call: (x) =>
        primitives.gather(
          x,
          1,
          picks(
            [
              [0, 0, 3],
              [2, 1, 1],
              [3, 2, 0],
            ],
            x,
          ),
        ),
    },
    {
      inputs: shaped([3, 4]),
      call: (x) =>
        primitives.gather(
          x,
          0,
          picks(
            [
              [2, 0],
              [1, 1],
            ],
            x,
          ),
        ),
    },
    { inputs: shaped([2, 3, 2]), call: (x) => primitives.gather(x, -2, picks([[[0, 2]], [[1, 1]]], x)) },
    { inputs: shaped([5]), call: (x) => primitives.gather(x, 0, picks([4, 4, 0, 1, 2, 3, 4], x)) },
  ],
  scatterAdd: [
    {
      inputs: shaped([3, 4], [3, 2]),
      call: (x, y) =>
        primitives.scatterAdd(
          x,
          1,
          picks(
            [
              [0, 0],
              [3, 1],
              [2, 2],
            ],
            x,
          ),
          y,
        ),
    },
    { inputs: shaped([3, 4], [2, 4]), call: (x, y) => primitives.scatterAdd(x, 0, picks([[2, 2, 0]], x), y) },
  ],
} satisfies Record<string, OpCase[]>;
