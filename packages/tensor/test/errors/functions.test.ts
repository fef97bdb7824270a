import * as dl from "@dl/tensor";
import { describe, expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const x = zeros([2, 3]);
const steps = zeros([3, 2, 1]);

type Bad = [() => unknown, string];

const products: Bad[] = [
  [() => dl.matmul(tensor(1), x), "matmul: needs at least one dimension each (x [], y [2, 3])"],
  [() => dl.matmul(x, zeros([2, 2])), "matmul: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])"],
  [() => dl.tensordot(x, x, { dims: [[0], [0, 1]] }), "tensordot: needs as many dims of x as of y: [0] and [0, 1]"],
  [() => dl.chainMatmul(), "chainMatmul: needs at least one matrix"],
  [() => dl.chainMatmul(x, zeros([3])), "chainMatmul: matrix 1 has 1 dimensions (matrix 1 [3])"],
  [() => dl.linear(x, zeros([1, 2, 3])), "linear: weight must be [out, in] or [in] (weight [1, 2, 3])"],
  [() => dl.bilinear(x, x, zeros([2, 3])), "bilinear: weight must be [out, in1, in2] (weight [2, 3])"],
  [() => dl.bilinear(x, zeros([3, 3]), zeros([1, 3, 3])), "bilinear: leading sizes differ (x1 [2, 3], x2 [3, 3])"],
  [
    () => dl.addmm(zeros([4]), x, zeros([3, 2])),
    "addmm: sizes 4 and 2 do not broadcast at dimension 1 (bias [4], x · y [2, 2])",
  ],
  [() => dl.cdist(zeros([3]), x), "cdist: needs rows, that is at least 2 dimensions (x [3], y [2, 3])"],
  [() => dl.pdist(int([[1, 2]])), "pdist: needs floating-point tensors, got int32"],
  [() => dl.cov(tensor([true])), "cov: needs numbers, got bool"],
  [() => dl.matrixPower(zeros([2, 2]), 0.5), "matrixPower: n must be a whole number, got 0.5 (x [2, 2])"],
];

const reductions: Bad[] = [
  [() => dl.bincount(int([[1]])), "bincount: x must have 1 dimension, got 2 (x [1, 1])"],
  [() => dl.bincount(int([1]), { minlength: -1 }), "bincount: minlength must be a whole number from 0 on, got -1"],
  [() => dl.histc(int([1])), 'histc: needs a floating-point tensor, got int32: convert with .to("float32")'],
  [() => dl.histogram(int([1]), 2), 'histogram: needs a floating-point tensor, got int32: convert with .to("float32")'],
  [() => dl.histogram(x, 0), "histogram: bins must be a whole number from 1 on, got 0"],
  [() => dl.histogram(x, 2, { weight: zeros([3]) }), "histogram: x and weight differ in size (x [2, 3], weight [3])"],
  [() => dl.histogram(x, 2, { range: [1, 0] }), "histogram: the range must ascend: got 1 and 0"],
  [() => dl.quantile(x, zeros([1, 1])), "quantile: q must have at most 1 dimension (q [1, 1])"],
  [() => dl.norm(x, { p: "nuc", dim: 0 }), 'norm: p "nuc" needs a matrix or two dimensions (x [2, 3])'],
  [() => dl.diff(tensor(1)), "diff: needs at least one dimension (x [])"],
  [() => dl.trapezoid(tensor(1)), "trapezoid: needs at least one dimension (y [])"],
  [() => dl.sumTo(x, [4]), "sumTo: x was not broadcast from that shape (x [2, 3], target [4])"],
  [() => dl.layerNorm(int([[1, 2]]), [2]), "layerNorm: needs a floating-point tensor, got int32"],
  [
    () => dl.segmentSum(x, int([0, 1]), { numSegments: 0.5 }),
    "segmentSum: numSegments must be a whole number from 0 on: got 0.5",
  ],
  [
    () => dl.segmentSum(x, tensor([0, 1]), { numSegments: 2 }),
    'segmentSum: segments must be int32, got float32: convert with .to("int32")',
  ],
  [
    () => dl.segmentSum(x, int([0]), { numSegments: 2 }),
    "segmentSum: segments needs one number for each row of x (x [2, 3], segments [1])",
  ],
];

const sequences: Bad[] = [
  [
    () => dl.packPaddedSequence(steps, [1, 2]),
    "packPaddedSequence: lengths must not grow, got [1, 2]: pass enforceSorted: false",
  ],
  [() => dl.packPaddedSequence(zeros([3]), [1]), "packPaddedSequence: x needs at least 2 dimensions (x [3])"],
  [() => dl.packPaddedSequence(steps, [1]), "packPaddedSequence: 1 lengths for 2 sequences (x [3, 2, 1])"],
  [
    () => dl.packPaddedSequence(steps, [4, 1]),
    "packPaddedSequence: lengths must be whole numbers from 1 to 3, got 4 (x [3, 2, 1])",
  ],
  [
    () => dl.padPackedSequence(dl.packPaddedSequence(steps, [3, 1]), { totalLength: 2 }),
    "padPackedSequence: totalLength must be at least the longest length 3, got 2",
  ],
  [() => dl.padSequence([]), "padSequence: needs at least one sequence, got an empty list"],
  [
    () => dl.padSequence([x, zeros([2, 4])]),
    "padSequence: sequences must agree in all sizes but the first (sequence 0 [2, 3], another [2, 4])",
  ],
  [() => dl.unpadSequence(x, [1]), "unpadSequence: 1 lengths for 3 sequences (padded [2, 3])"],
  [
    () => dl.embeddingBag(int([[1]]), x, { offsets: int([0]) }),
    "embeddingBag: offsets go with indices [n] only (indices [1, 1], offsets [1])",
  ],
  [() => dl.embeddingBag(int([[[1]]]), x), "embeddingBag: indices must be [n] or [bags, n] (indices [1, 1, 1])"],
  [
    () => dl.embeddingBag(int([[1]]), x, { mode: "middle" as "sum" }),
    'embeddingBag: mode must be "sum", "mean" or "max", got "middle"',
  ],
  [
    () => dl.embeddingBag(int([[1]]), x, { mode: "sum", perSampleWeights: zeros([1]) }),
    "embeddingBag: perSampleWeights must have the shape of indices (perSampleWeights [1], indices [1, 1])",
  ],
  [() => dl.sinusoidalPositions(-1, 4), "sinusoidalPositions: sizes must be whole numbers from 0 on, got -1 and 4"],
  [
    () => dl.rotaryPositions(zeros([2, 3])),
    "rotaryPositions: x must be [..., length, dim] with an even dim (x [2, 3])",
  ],
];

const attention: Bad[] = [
  [
    () => dl.scaledDotProductAttention(x, x, x, { attnMask: x, isCausal: true }),
    "scaledDotProductAttention: takes attnMask or isCausal, not both",
  ],
  [
    () =>
      dl.scaledDotProductAttention(x, x, x, {
        attnMask: int([
          [1, 1],
          [1, 1],
        ]),
      }),
    "scaledDotProductAttention: attnMask must be bool or float32, got int32",
  ],
  [
    () =>
      dl.scaledDotProductAttention(
        x,
        x,
        int([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    "scaledDotProductAttention: needs one floating-point dtype, got query float32, key float32, value int32",
  ],
  [
    () => dl.scaledDotProductAttention(x, zeros([2, 4]), x),
    "scaledDotProductAttention: query has 3 features, key 4 (query [2, 3], key [2, 4], value [2, 3])",
  ],
  [
    () => dl.scaledDotProductAttention(x, x, zeros([3, 3])),
    "scaledDotProductAttention: 2 keys, but 3 values (query [2, 3], key [2, 3], value [3, 3])",
  ],
];

const views: Bad[] = [
  [() => dl.roll(x, []), "roll: needs at least one shift, got none"],
  [() => dl.unflatten(x, 0, []), "unflatten: needs a dimension and at least one size: got [] (x [2, 3])"],
  [() => dl.asStrided(x, [2], [1, 1]), "asStrided: needs one stride from 0 on for each size: got [2] and [1, 1]"],
  [() => dl.asStrided(x, [7], [1]), "asStrided: reaches element 6 of a storage of 6 (x [2, 3])"],
  [() => dl.diagonal(x, { offset: 0.5 }), "diagonal: offset must be a whole number: got 0.5"],
  [() => dl.dropout2d(zeros([3])), "dropout2d: x must have 3 or 4 dimensions, got 1 (x [3])"],
  [
    () => dl.conv2d(zeros([1, 1, 3, 3]), zeros([1, 1, 2, 2]), undefined, { padding: "wide" as "same" }),
    'conv2d: padding must be numbers, "same" or "valid", got "wide"',
  ],
];

describe.each(Object.entries({ products, reductions, sequences, attention, views }))("%s", (_, list) => {
  test.each(list)("%s says what is wrong", (call, sentence) => {
    expect(call).toThrow(sentence);
  });
});
