import * as dl from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const values: OpCase["inputs"] = [
  {
    values: [
      [3, 1, 2, 1],
      [Number.NaN, 5, Number.NEGATIVE_INFINITY, 5],
      [0, -1, 7, 7],
    ],
  },
];
const block = { dim: 1, span: 1 };

export const sorting = {
  argsort: [
    { inputs: values, call: (x) => primitives.argsort(x) },
    { inputs: values, call: (x) => primitives.argsort(x, { descending: true }) },
    { inputs: shaped([40, 3]), call: (x) => primitives.argsort(x, { dim: 0 }) },
  ],
  topkIndices: [
    { inputs: values, call: (x) => primitives.topkIndices(x, 2) },
    { inputs: shaped([50, 2]), call: (x) => primitives.topkIndices(x, 30, { dim: 0, largest: false }) },
  ],
  kthIndex: [{ inputs: values, call: (x) => primitives.kthIndex(x, { ...block, k: 2 }) }],
  medianIndex: [{ inputs: values, call: (x) => primitives.medianIndex(x, block) }],
  nanmedianIndex: [{ inputs: values, call: (x) => primitives.nanmedianIndex(x, block) }],
  modeIndex: [{ inputs: values, call: (x) => primitives.modeIndex(x, block) }],
  medianBlock: [
    { inputs: shaped([3, 5]), call: (x) => dl.median(x) },
    { inputs: shaped([3, 4, 2]), call: (x) => primitives.medianBlock(x, block) },
  ],
  nanmedianBlock: [{ inputs: shaped([3, 5]), call: (x) => dl.nanmedian(x) }],
  searchsorted: [
    {
      inputs: [
        { values: [1, 2, 2, 3] },
        {
          values: [
            [0, 2],
            [2.5, Number.NaN],
          ],
        },
      ],
      call: (sorted, x) => primitives.searchsorted(sorted, x),
    },
    {
      inputs: [
        {
          values: [
            [1, 2],
            [3, 4],
          ],
        },
        {
          values: [
            [2, 2, 0],
            [3, 3.5, 9],
          ],
        },
      ],
      call: (sorted, x) => primitives.searchsorted(sorted, x, { right: true }),
    },
  ],
} satisfies Record<string, OpCase[]>;
