import { embedding, type Tensor, tensor } from "@dl/tensor";
import { scatterRows } from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const indices = (x: Tensor): Tensor => tensor(Int32Array.of(2, 0, 2, 1, 2, 4), { shape: [2, 3], device: x.device });

export const embeddings = {
  gatherRows: [{ inputs: shaped([5, 3]), call: (weight) => embedding(indices(weight), weight) }],
  scatterRows: [
    { inputs: shaped([2, 3, 4]), call: (g) => scatterRows(g, indices(g), { rows: 5, paddingIdx: -1 }) },
    { inputs: shaped([2, 3, 4]), call: (g) => scatterRows(g, indices(g), { rows: 5, paddingIdx: 2 }) },
  ],
} satisfies Record<string, OpCase[]>;
