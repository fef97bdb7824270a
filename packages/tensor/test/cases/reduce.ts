import * as dl from "@dl/tensor";
import * as primitives from "@dl/tensor/primitives";
import { type OpCase, shaped } from "./case.ts";

const block = { dim: 1, span: 1 };
const both = { dim: 1, span: 2 };
const along = (call: (x: dl.Tensor, options?: dl.ReduceOptions) => dl.Tensor): OpCase[] => [
  { inputs: shaped([3, 4, 5]), call: (x) => call(x, { dim: 1 }) },
  { inputs: shaped([3, 4, 5]), call: (x) => call(x, { dim: [0, 2], keepdim: true }) },
  { inputs: shaped([2, 40]), call: (x) => call(x) },
  { inputs: shaped([]), call: (x) => call(x) },
];
const choice = (op: (x: dl.Tensor, attrs: typeof block) => dl.Tensor): OpCase[] => [
  { inputs: shaped([3, 7, 2]), call: (x) => op(x, block) },
  { inputs: shaped([2, 3, 40]), call: (x) => op(x, both) },
  {
    inputs: [
      {
        values: [
          [1, 1, 0],
          [Number.NaN, 2, 3],
        ],
      },
    ],
    call: (x) => op(x, block),
    firstOrderOnly: "NaN",
  },
];
const norms = (p: number, low = -2): OpCase => ({
  inputs: [{ shape: [3, 4, 5], low }],
  call: (x) => primitives.normBlock(x, { ...block, p }),
});
const truths = (op: (x: dl.Tensor, attrs: typeof block) => dl.Tensor): OpCase[] => [
  {
    inputs: [
      {
        values: [
          [1, 0],
          [2, 3],
          [0, 0],
          [Number.NaN, 0],
        ],
      },
    ],
    call: (x) => op(x, block),
  },
  {
    inputs: [
      {
        values: [
          [true, false],
          [true, true],
        ],
        dtype: "bool",
      },
    ],
    call: (x) => op(x, block),
  },
];

export const reductions = {
  meanBlock: along(dl.mean),
  prodBlock: [
    ...along(dl.prod),
    {
      inputs: [
        {
          values: [
            [2, 0, 3],
            [0, 0, 4],
            [1, 2, 3],
          ],
        },
      ],
      call: (x) => dl.prod(x, { dim: 1 }),
    },
  ],
  maxBlock: along(dl.amax),
  minBlock: along(dl.amin),
  argmaxBlock: choice(primitives.argmaxBlock),
  argminBlock: choice(primitives.argminBlock),
  allBlock: truths(primitives.allBlock),
  anyBlock: truths(primitives.anyBlock),
  varBlock: [
    { inputs: shaped([3, 4, 5]), call: (x) => dl.variance(x, { dim: 1 }) },
    { inputs: shaped([3, 4, 5]), call: (x) => dl.variance(x, { dim: [0, 2], correction: 2, keepdim: true }) },
    { inputs: shaped([2, 40]), call: (x) => dl.variance(x, { correction: 0 }) },
  ],
  stdBlock: [
    { inputs: shaped([3, 4, 5]), call: (x) => dl.std(x, { dim: 1 }) },
    { inputs: shaped([2, 40]), call: (x) => dl.std(x, { correction: 0 }) },
  ],
  logsumexpBlock: along(dl.logsumexp),
  normBlock: [
    norms(0),
    norms(1),
    norms(2),
    norms(3, 0.1),
    norms(2.5, 0.1),
    norms(1.5, 0.1),
    norms(0.5, 0.1),
    norms(-1, 0.3),
    norms(Number.POSITIVE_INFINITY),
    norms(Number.NEGATIVE_INFINITY),
  ],
} satisfies Record<string, OpCase[]>;

const scans = (call: (x: dl.Tensor, options: dl.ScanOptions) => dl.Tensor): OpCase[] => [
  { inputs: shaped([3, 4, 5]), call: (x) => call(x, { dim: 1 }) },
  { inputs: shaped([2, 7]), call: (x) => call(x, { dim: -1, reverse: true }) },
  { inputs: shaped([6]), call: (x) => call(x, { dim: 0 }) },
  { inputs: shaped([]), call: (x) => call(x, { dim: 0 }) },
];

export const scanning = {
  cumsum: scans(dl.cumsum),
  cumprod: [
    ...scans(dl.cumprod),
    {
      inputs: [
        {
          values: [
            [2, 0, 3, 0, 5],
            [1, 2, 0, 4, 2],
          ],
        },
      ],
      call: (x) => dl.cumprod(x, { dim: 1 }),
    },
  ],
  logcumsumexp: scans(dl.logcumsumexp),
  cummaxIndices: [
    {
      inputs: [
        {
          values: [
            [1, 3, 2, 3],
            [4, Number.NaN, 9, 1],
          ],
        },
      ],
      call: (x) => primitives.cummaxIndices(x, { dim: 1 }),
    },
  ],
  cumminIndices: [
    {
      inputs: [
        {
          values: [
            [3, 1, 2, 1],
            [4, Number.NaN, 9, 1],
          ],
        },
      ],
      call: (x) => primitives.cumminIndices(x, { dim: 0 }),
    },
  ],
  linearScan: [
    { inputs: shaped([3, 4, 2], [3, 4, 2]), call: (a, x) => dl.linearScan(a, x, { dim: 1 }) },
    { inputs: shaped([2, 6], [2, 6]), call: (a, x) => dl.linearScan(a, x, { dim: -1, reverse: true }) },
  ],
} satisfies Record<string, OpCase[]>;
