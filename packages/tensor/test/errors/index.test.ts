import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const x = zeros([2, 3]);
const scalar = tensor(1);

test.each<[() => unknown, string]>([
  [() => dl.at(x, 2), "at: index 2 is out of range for a dimension of size 2 (x [2, 3])"],
  [() => dl.at(x, 0, -4), "at: index -4 is out of range for a dimension of size 3 (x [2, 3])"],
  [() => dl.at(x, 0, 0, 0), "at: 3 indices for 2 dimensions (x [2, 3])"],
  [() => dl.at(scalar, 0), "at: 1 indices for 0 dimensions (x [])"],
  [() => dl.at(x, "...", "..."), 'at: "..." may stand only once'],
  [() => dl.at(x, "1-2"), 'at: "1-2" is no index: write "start:end", "start:end:step", ":" or "..."'],
  [() => dl.at(x, "::0"), 'at: the step of "::0" must be 1 or more: use flip to go backwards'],
  [() => dl.at(x, 0.5), "at: index 0.5 is out of range for a dimension of size 2 (x [2, 3])"],
  [() => dl.at(x, tensor([0.5])), 'at: an index must be int32 or bool, got float32: convert with .to("int32")'],
  [() => dl.at(x, [0, 2]), "at: index 2 is out of range for dimension 0 of size 2 (index [2])"],
  [() => dl.at(x, ":", int([-4])), "at: index -4 is out of range for dimension 1 of size 3 (index [1])"],
  [() => dl.at(x, [0, 1], [0, 1, 2]), "at: sizes 2 and 3 do not broadcast at dimension 0 (index 0 [2], index 1 [3])"],
  [() => dl.at(x, tensor([true, false, true])), "at: the mask does not fit: sizes 3 and 2 (mask [3], x [2, 3])"],
  [() => dl.at(x, [[0], [1, 2]]), "tensor: ragged: lengths 1 and 2 at depth 1"],
  [
    () => dl.setAt_(zeros([2, 3]), [0], zeros([4])),
    "setAt_: the value does not broadcast to what the index means (value [4], picked [3])",
  ],
  [
    () => dl.setAt_(zeros([2, 3]), [[0, 1]], zeros([3, 3])),
    "setAt_: the value does not broadcast to what the index means (value [3, 3], picked [2, 3])",
  ],
  [() => dl.indexPut(x, [null], 1), "indexPut: needs at least one index tensor (x [2, 3])"],
  [() => dl.indexPut(x, [int([5])], 1), "indexPut: index 5 is out of range for dimension 0 of size 2 (index [1])"],
  [() => dl.take(x, int([6])), "take: index 6 is out of range for dimension 0 of size 6 (index [1])"],
  [() => dl.take(x, tensor([1])), 'take: index must be int32, got float32: convert with .to("int32")'],
  [
    () => dl.takeAlongDim(x, int([0]), { dim: 0 }),
    "takeAlongDim: x and index differ in rank: 2 and 1 (x [2, 3], index [1])",
  ],
  [
    () => dl.indexSelect(x, 1, int([3])),
    "indexSelect: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [1])",
  ],
  [() => dl.indexSelect(x, 1, int([[0]])), "indexSelect: index must have at most one dimension (index [1, 1])"],
  [() => dl.indexSelect(x, 1, tensor([0])), 'indexSelect: index must be int32, got float32: convert with .to("int32")'],
  [
    () => dl.indexAdd(x, 0, int([0]), zeros([1, 2])),
    "indexAdd: source must have shape [1, 3] (x [2, 3], index [1], source [1, 2])",
  ],
  [() => dl.indexAdd(x, 0, int([0]), int([[1, 2, 3]])), "indexAdd: x and source differ in dtype: float32 and int32"],
  [
    () => dl.indexCopy(x, 0, int([2]), zeros([1, 3])),
    "indexCopy: index 2 is out of range for dim 0 of size 2 (x [2, 3], index [1])",
  ],
  [
    () => dl.indexFill(x, 0, int([0]), zeros([2])),
    "indexFill: value must be a number or a 0-d tensor (x [2, 3], value [2])",
  ],
  [() => dl.maskedFill(x, int([1]), 0), "maskedFill: mask must be bool, got int32 (x [2, 3], mask [1])"],
  [
    () => dl.maskedFill(x, tensor([true, false]), 0),
    "maskedFill: sizes 3 and 2 do not broadcast at dimension 1 (x [2, 3], mask [2], value [])",
  ],
  [
    () => dl.maskedFill(x, tensor([true]), zeros([1])),
    "maskedFill: value must be a number or a 0-d tensor (x [2, 3], value [1])",
  ],
  [
    () => dl.maskedFill(int([1]), tensor([true]), 0.5),
    "maskedFill: value is float32 and does not fit x, which is int32",
  ],
  [() => dl.maskedSelect(x, tensor([1])), "maskedSelect: mask must be bool, got float32 (mask [1])"],
  [
    () => dl.maskedSelect(x, tensor([true, true])),
    "maskedSelect: sizes 3 and 2 do not broadcast at dimension 1 (x [2, 3], mask [2])",
  ],
  [
    () => dl.maskedScatter(x, tensor([true]), zeros([5])),
    "maskedScatter: source has 5 elements, mask needs 6 (mask [1], source [5])",
  ],
  [
    () => dl.maskedScatter(x, tensor([true]), int([5])),
    "maskedScatter: x and source differ in dtype: float32 and int32",
  ],
  [
    () => dl.scatter(x, 1, int([[3]]), zeros([1, 1])),
    "scatter: index 3 is out of range for dim 1 of size 3 (x [2, 3], index [1, 1])",
  ],
  [
    () => dl.scatter(x, 1, int([[0, 1]]), zeros([1, 1])),
    "scatter: source must reach as far as index in every dimension (index [1, 2], source [1, 1])",
  ],
  [() => dl.scatter(x, 1, int([0]), zeros([1])), "scatter: x and index differ in rank: 2 and 1 (x [2, 3], index [1])"],
  [
    () => dl.scatter(x, 1, int([[0]]), int([[1]])),
    "scatter: x and source differ in dtype: float32 and int32 (x [2, 3], source [1, 1])",
  ],
  [
    () => dl.scatter(x, 1, int([[0]]), 1, { reduce: "sub" as "add" }),
    "scatter: reduce must be add or multiply: got sub",
  ],
  [
    () => dl.scatterReduce(x, 1, int([[0]]), zeros([1, 1]), { reduce: "max" as "amax" }),
    "scatterReduce: reduce must be sum, mean, prod, amax or amin: got max",
  ],
  [
    () => dl.sliceScatter(x, zeros([2, 2]), { dim: 0, start: 1 }),
    "sliceScatter: source must have the shape of the part it replaces (part [1, 3], source [2, 2])",
  ],
  [
    () => dl.selectScatter(x, zeros([3]), 1, 0),
    "selectScatter: source must have the shape of the part it replaces (part [2], source [3])",
  ],
  [
    () => dl.diagonalScatter(x, zeros([3])),
    "diagonalScatter: source must have the shape of the part it replaces (part [2], source [3])",
  ],
  [() => dl.oneHot(int([3]), { numClasses: 3 }), "oneHot: class 3 needs more than 3 classes (index [1])"],
  [() => dl.oneHot(int([-1])), "oneHot: classes must not be negative: got -1 (index [1])"],
  [() => dl.oneHot(tensor([1])), 'oneHot: index must be int32, got float32: convert with .to("int32")'],
  [() => dl.oneHot(int([])), "oneHot: numClasses must be a whole number from 1 on: got 0 (index [0])"],
  [() => dl.fill_(zeros([2]), zeros([1])), "fill_: value must be a number or a 0-d tensor (x [2], value [1])"],
  [() => dl.copy_(zeros([2]), zeros([3])), "copy_: source does not repeat to the shape of x (x [2], source [3])"],
  [
    () => dl.copy_(dl.expand(zeros([1]), [3]), zeros([3])),
    "copy_: several elements share one place in memory: use x.contiguous() first (x [3])",
  ],
  [() => dl.fillDiagonal_(zeros([2]), 1), "fillDiagonal_: needs at least 2 dimensions (x [2])"],
  [
    () => dl.fillDiagonal_(zeros([2, 3, 2]), 1),
    "fillDiagonal_: more than 2 dimensions must have equal sizes (x [2, 3, 2])",
  ],
])("%s says what is wrong", (call, sentence) => {
  expect(call).toThrow(sentence);
});
