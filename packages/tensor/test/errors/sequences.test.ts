import { expect, test } from "vitest";
import {
  gruCell,
  lstmCell,
  ones,
  packPaddedSequence,
  packSequence,
  padPackedSequence,
  padSequence,
  rnnCell,
  rotaryPositions,
  scaledDotProductAttention,
  sinusoidalPositions,
  tensor,
  unpadSequence,
  zeros,
} from "../../src/index.ts";
import { gruGates, lstmGates } from "../../src/primitives.ts";

const [q, k] = [zeros([3, 4]), zeros([5, 4])];
const weights = { weightIh: zeros([4, 3]), weightHh: zeros([4, 1]) };
const pair = [tensor([1]), tensor([1, 2])];

const calls: [() => unknown, string][] = [
  [() => packPaddedSequence(zeros([3]), [1]), "packPaddedSequence: x needs at least 2 dimensions (x [3])"],
  [() => packPaddedSequence(zeros([3, 2]), [3]), "packPaddedSequence: 1 lengths for 2 sequences (x [3, 2])"],
  [
    () => packPaddedSequence(zeros([3, 2]), [4, 1]),
    "packPaddedSequence: lengths must be whole numbers from 1 to 3, got 4 (x [3, 2])",
  ],
  [() => packSequence(pair), "packPaddedSequence: lengths must not grow, got [1, 2]: pass enforceSorted: false"],
  [
    () => padPackedSequence(packSequence(pair, { enforceSorted: false }), { totalLength: 1 }),
    "padPackedSequence: totalLength must be at least the longest length 2, got 1",
  ],
  [() => padSequence([]), "padSequence: needs at least one sequence, got an empty list"],
  [
    () => padSequence([zeros([2, 3]), zeros([2, 4])]),
    "padSequence: sequences must agree in all sizes but the first (sequence 0 [2, 3], another [2, 4])",
  ],
  [() => unpadSequence(zeros([2, 3]), [2]), "unpadSequence: 1 lengths for 3 sequences (padded [2, 3])"],
  [
    () => rnnCell(zeros([2, 3]), zeros([1, 4]), weights),
    "rnnCell: x must be [n, in] and h [n, size] with the same n (x [2, 3], h [1, 4])",
  ],
  [
    () => lstmCell(zeros([2, 3]), [zeros([2, 1]), zeros([2, 2])], weights),
    "lstmGates: gates must be [n, 4 size] and c [n, size] (gates [2, 4], c [2, 2])",
  ],
  [
    () => gruCell(zeros([2, 3]), zeros([2, 1]), weights),
    "gruGates: the gates must be [n, 3 size] and h [n, size] (fromInput [2, 4], fromHidden [2, 4], h [2, 1])",
  ],
  [
    () => lstmGates(zeros([1, 4], { dtype: "int32" }), zeros([1, 1])),
    "lstmGates: needs one floating-point dtype, got gates int32, c float32",
  ],
  [
    () => gruGates(zeros([1, 3]), zeros([1, 3]), zeros([1, 1], { dtype: "float64" })),
    "gruGates: needs one floating-point dtype, got float32, float32, float64",
  ],
  [
    () => scaledDotProductAttention(q, zeros([5, 3]), k),
    "scaledDotProductAttention: query has 4 features, key 3 (query [3, 4], key [5, 3], value [5, 4])",
  ],
  [
    () => scaledDotProductAttention(q, k, zeros([4, 4])),
    "scaledDotProductAttention: 5 keys, but 4 values (query [3, 4], key [5, 4], value [4, 4])",
  ],
  [
    () => scaledDotProductAttention(zeros([4]), k, k),
    "scaledDotProductAttention: query needs at least 2 dimensions (query [4], key [5, 4], value [5, 4])",
  ],
  [
    () => scaledDotProductAttention(q, k, ones([5, 4], { dtype: "float64" })),
    "scaledDotProductAttention: needs one floating-point dtype, got query float32, key float32, value float64",
  ],
  [
    () => scaledDotProductAttention(q, k, k, { attnMask: zeros([2, 3, 5]) }),
    "scaledDotProductAttention: attnMask must broadcast to the scores (scores [3, 5], attnMask [2, 3, 5])",
  ],
  [
    () => scaledDotProductAttention(q, k, k, { attnMask: zeros([3, 5], { dtype: "int32" }) }),
    "scaledDotProductAttention: attnMask must be bool or float32, got int32",
  ],
  [
    () => scaledDotProductAttention(q, k, k, { attnMask: zeros([3, 5]), isCausal: true }),
    "scaledDotProductAttention: takes attnMask or isCausal, not both",
  ],
  [() => sinusoidalPositions(-1, 4), "sinusoidalPositions: sizes must be whole numbers from 0 on, got -1 and 4"],
  [() => rotaryPositions(zeros([2, 3])), "rotaryPositions: x must be [..., length, dim] with an even dim (x [2, 3])"],
];

test.each(calls)("%#", (call, message) => {
  expect(call).toThrow(message);
});
