import * as dl from "@dl/tensor";
import { expect, test } from "vitest";

const { tensor, zeros } = dl;
const int = (values: Parameters<typeof tensor>[0]): dl.Tensor => tensor(values, { dtype: "int32" });
const x = zeros([2, 3]);
const cube = zeros([2, 3, 4]);
const scalar = tensor(1);

test.each<[() => unknown, string]>([
  [() => dl.cat([]), "cat: needs at least one tensor, got an empty list"],
  [() => dl.cat([x, zeros([2, 4])]), "cat: sizes must agree except in dim 0 (tensor 0 [2, 3], tensor 1 [2, 4])"],
  [() => dl.hstack([]), "hstack: needs at least one tensor, got an empty list"],
  [() => dl.vstack([x, zeros([4])]), "vstack: sizes must agree except in dim 0 (tensor 0 [2, 3], tensor 1 [1, 4])"],
  [
    () => dl.dstack([x, zeros([2, 4])]),
    "dstack: sizes must agree except in dim 2 (tensor 0 [2, 3, 1], tensor 1 [2, 4, 1])",
  ],
  [
    () => dl.columnStack([x, zeros([3])]),
    "columnStack: sizes must agree except in dim 1 (tensor 0 [2, 3], tensor 1 [3, 1])",
  ],
  [
    () => dl.broadcastTensors([x, zeros([4])]),
    "broadcastTensors: sizes 3 and 4 do not broadcast at dimension 1 (x [2, 3], y [4])",
  ],
  [() => dl.cat([x, zeros([3])]), "cat: sizes must agree except in dim 0 (tensor 0 [2, 3], tensor 1 [3])"],
  [() => dl.cat([scalar, scalar]), "cat: tensor 0 has no dimensions: use stack for 0-d tensors"],
  [() => dl.cat([x, x], { dim: 2 }), "cat: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.stack([]), "stack: needs at least one tensor, got an empty list"],
  [() => dl.stack([x, zeros([3, 2])]), "stack: all shapes must be equal (tensor 0 [2, 3], tensor 1 [3, 2])"],
  [() => dl.stack([x], { dim: 3 }), "stack: dim 3 is out of range for 3 dimensions: expected -3 to 2"],
  [() => dl.blockDiag([cube]), "blockDiag: needs tensors of at most 2 dimensions (x [2, 3, 4])"],
  [() => dl.t(cube), "t: needs at most 2 dimensions, use transpose (x [2, 3, 4])"],
  [() => dl.split(x, 0), "split: size must be a whole number from 1 on: got 0"],
  [() => dl.split(x, [1, 3]), "split: sizes [1, 3] add up to 4, dim 0 has size 2 (x [2, 3])"],
  [() => dl.chunk(x, 0), "chunk: chunks must be a whole number from 1 on: got 0"],
  [() => dl.tensorSplit(x, 0), "tensorSplit: sections must be a whole number from 1 on: got 0"],
  [() => dl.hsplit(x, 2), "hsplit: size 3 of dim 1 does not divide into 2 sections (x [2, 3])"],
  [() => dl.vsplit(zeros([4]), 2), "vsplit: needs at least 2 dimensions (x [4])"],
  [() => dl.dsplit(cube, 0), "dsplit: size 4 of dim 2 does not divide into 0 sections (x [2, 3, 4])"],
  [() => dl.unbind(scalar), "unbind: a 0-d tensor has no dimension to take apart (x [])"],
  [() => dl.repeat(x, [2]), "repeat: needs one number for each of 2 dimensions: got [2] (x [2, 3])"],
  [() => dl.repeat(x, [2, -1]), "repeat: sizes must be whole numbers from 0 on: got [2, -1]"],
  [
    () => dl.repeatInterleave(x, [1, 2], { dim: 1 }),
    "repeatInterleave: needs one number, or one for each of 3 elements: got 2 (x [2, 3])",
  ],
  [() => dl.repeatInterleave(x, -1), "repeatInterleave: repeats must be whole numbers from 0 on: got -1"],
  [() => dl.roll(x, 1, { dims: 5 }), "roll: dim 5 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.roll(x, [1, 2]), "roll: needs one dim for each shift: got [1, 2] and []"],
  [() => dl.roll(x, 0.5, { dims: 0 }), "roll: shifts must be whole numbers: got 0.5"],
  [() => dl.flip(x, [0, -2]), "flip: dim 0 appears more than once in [0, -2]"],
  [() => dl.flipud(scalar), "flipud: needs at least 1 dimension (x [])"],
  [() => dl.fliplr(zeros([3])), "fliplr: needs at least 2 dimensions (x [3])"],
  [() => dl.rot90(x, { dims: [0] }), "rot90: needs two dims, got 1: [0] (x [2, 3])"],
  [() => dl.rot90(x, { dims: [1, -1] }), "rot90: needs two different dimensions: got [1, -1] (x [2, 3])"],
  [() => dl.movedim(x, 0, 2), "movedim: dim 2 is out of range for 2 dimensions: expected -2 to 1"],
  [() => dl.movedim(x, [0, -2], [0, 1]), "movedim: source names a dimension twice: [0, -2] (x [2, 3])"],
  [() => dl.movedim(x, [0], [0, 1]), "movedim: source and destination differ in length: 1 and 2 (x [2, 3])"],
  [() => dl.unflatten(x, 1, [2, -1]), "unflatten: sizes [2, -1] do not make up dim 1 of size 3 (x [2, 3])"],
  [() => dl.unfold(x, 1, 4, 1), "unfold: size 4 does not fit dim 1 of size 3 (x [2, 3])"],
  [() => dl.unfold(x, 1, 2, 0), "unfold: step must be a whole number from 1 on: got 0"],
  [() => dl.diagonal(x, { dim1: 1, dim2: -1 }), "diagonal: dim1 and dim2 must differ: got 1 and -1 (x [2, 3])"],
  [() => dl.diagEmbed(scalar), "diagEmbed: needs at least one dimension (x [])"],
  [() => dl.diagEmbed(x, { dim1: 1, dim2: 1 }), "diagEmbed: dim1 and dim2 must differ: got 1 and 1 (x [2, 3])"],
  [() => dl.diag(cube), "diag: needs a vector or a matrix (x [2, 3, 4])"],
  [() => dl.tril(zeros([3])), "tril: needs a matrix or a batch of them (x [3])"],
  [() => dl.triu(x, { diagonal: 0.5 }), "triu: diagonal must be a whole number: got 0.5"],
  [() => dl.pad(x, [1]), "pad: needs two whole numbers for each of at most 2 dimensions: got [1] (x [2, 3])"],
  [
    () => dl.pad(x, [1, 1, 1, 1, 1, 1]),
    "pad: needs two whole numbers for each of at most 2 dimensions: got [1, 1, 1, 1, 1, 1] (x [2, 3])",
  ],
  [() => dl.pad(x, [-2, -2]), "pad: -2 and -2 cut off more than dim 1 of size 3 has (x [2, 3])"],
  [
    () => dl.pad(cube, [4, 0], { mode: "reflect" }),
    "pad: mode reflect can add at most 3 on a side of dim 2 of size 4: got 4 and 0 (x [2, 3, 4])",
  ],
  [
    () => dl.pad(cube, [0, 5], { mode: "circular" }),
    "pad: mode circular can add at most 4 on a side of dim 2 of size 4: got 0 and 5 (x [2, 3, 4])",
  ],
  [
    () => dl.pad(x, [1, 1, 1, 1], { mode: "replicate" }),
    "pad: mode replicate with 4 numbers needs 3 or 4 dimensions, 1 to 3 of them padded (x [2, 3])",
  ],
  [() => dl.pad(cube, [-2, -2], { mode: "replicate" }), "pad: nothing is left of x: pads [-2, -2] (x [2, 3, 4])"],
  [() => dl.pad(cube, [1, 1], { mode: "reflect", value: 2 }), "pad: value 2 belongs to mode constant, not to reflect"],
  [
    () => dl.pad(cube, [1, 1], { mode: "wrong" as "reflect" }),
    "pad: mode must be constant, reflect, replicate or circular: got wrong",
  ],
  [() => dl.meshgrid([x, x]), "meshgrid: needs 0-d or 1-d tensors (x [2, 3])"],
  [() => dl.meshgrid([int([1]), tensor([1])]), "meshgrid: all dtypes must be equal: int32 and float32"],
  [() => dl.meshgrid([scalar], { indexing: "zz" as "ij" }), "meshgrid: indexing must be ij or xy: got zz"],
  [() => dl.cartesianProd([x]), "cartesianProd: needs 1-d tensors (x [2, 3])"],
  [() => dl.combinations(x), "combinations: needs a 1-d tensor (x [2, 3])"],
  [() => dl.combinations(tensor([1]), { r: -1 }), "combinations: r must be a whole number from 0 on: got -1"],
  [() => dl.vander(x, { n: -1 }), "vander: n must be a whole number from 0 on: got -1 (x [2, 3])"],
  [() => dl.linspace(0, 1, -1), "linspace: steps must be a whole number from 0 on: got -1"],
  [() => dl.linspace(0, Infinity, 2), "linspace: start and end must be finite: got 0 and Infinity"],
  [() => dl.logspace(0, 1, 1.5), "logspace: steps must be a whole number from 0 on: got 1.5"],
  [() => dl.eye(-1), "eye: sizes must be whole numbers from 0 on: got -1 and -1"],
  [() => dl.trilIndices(2, -1), "trilIndices: sizes must be whole numbers from 0 on: got 2 and -1"],
  [() => dl.hannWindow(-1), "hannWindow: length must be a whole number from 0 on: got -1"],
  [() => dl.hannWindow(3, { dtype: "int32" }), "hannWindow: dtype must be float32 or float64, got int32"],
])("%s says what is wrong", (call, sentence) => {
  expect(call).toThrow(sentence);
});
