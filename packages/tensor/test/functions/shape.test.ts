import {
  arange,
  at,
  atleast3d,
  broadcastTensors,
  cat,
  chunk,
  clone,
  contiguous,
  diag,
  diagonal,
  expand,
  eye,
  fill_,
  fillDiagonal_,
  flip,
  linspace,
  meshgrid,
  movedim,
  oneHot,
  onesLike,
  pad,
  repeat,
  repeatInterleave,
  reshape,
  roll,
  rot90,
  split,
  stack,
  type Tensor,
  tensor,
  tensorSplit,
  to,
  transpose,
  tril,
  unbind,
  unflatten,
  unfold,
  useDevice,
  zeros,
  zerosLike,
} from "@dl/tensor";
import { beforeAll, describe, expect, test } from "vitest";

beforeAll(() => useDevice("cpu"));

const matrix = (): Tensor => reshape(arange(6), [2, 3]);

test.each<[string, (x: Tensor) => Tensor | undefined]>([
  ["split", (x) => split(x, 1)[1]],
  ["chunk", (x) => chunk(x, 2, { dim: 1 })[1]],
  ["tensorSplit", (x) => tensorSplit(x, [1], { dim: 1 })[1]],
  ["unbind", (x) => unbind(x)[1]],
  ["diagonal", (x) => diagonal(x)],
  ["diag of a matrix", (x) => diag(x)],
  ["unfold", (x) => unfold(x, 1, 2, 1)],
  ["movedim", (x) => movedim(x, 0, 1)],
  ["unflatten", (x) => unflatten(x, 1, [3, 1])],
  ["broadcastTensors", (x) => broadcastTensors([x, zeros([2, 1, 1])])[0]],
  ["atleast3d", (x) => atleast3d(x)],
  ["meshgrid", (x) => meshgrid([at(x, 0), at(x, 1)])[0]],
  ["contiguous", (x) => contiguous(x)],
  ["to its own dtype", (x) => to(x, { dtype: x.dtype })],
])("%s looks at the same memory", (_, call) => {
  const x = matrix();
  expect(call(x)?.storage).toBe(x.storage);
});

test.each<[string, (x: Tensor) => Tensor]>([
  ["cat of one", (x) => cat([x])],
  ["stack of one", (x) => stack([x])],
  ["flip of nothing", (x) => flip(x, [])],
  ["roll by nothing", (x) => roll(x, 0, { dims: 0 })],
  ["rot90 by a full turn", (x) => rot90(x, { k: 4 })],
  ["repeat once", (x) => repeat(x, [1, 1])],
  ["repeatInterleave once", (x) => repeatInterleave(x, 1, { dim: 0 })],
  ["pad by nothing", (x) => pad(x, [0, 0])],
  ["tril of everything", (x) => tril(x, { diagonal: 5 })],
  ["clone", (x) => clone(x)],
])("%s is a copy all the same", (_, call) => {
  const x = matrix();
  expect(call(x).storage).not.toBe(x.storage);
});

describe("dtypes", () => {
  test("cat promotes, also by an empty tensor", () => {
    expect(cat([arange(2), tensor([true])]).dtype).toBe("int32");
    expect(cat([arange(2), zeros([0])]).dtype).toBe("float32");
  });

  test("bool and integers keep theirs", () => {
    const mask = tensor([[true, false]]);
    expect(pad(mask, [1, 0], { value: 1 }).tolist()).toEqual([[true, true, false]]);
    expect(flip(mask, 1).dtype).toBe("bool");
    expect(zerosLike(arange(2)).dtype).toBe("int32");
    expect(onesLike(mask).tolist()).toEqual([[true, true]]);
    expect(oneHot(arange(2)).dtype).toBe("int32");
    expect(eye(2, 2, { dtype: "bool" }).tolist()).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(linspace(0, 4, 3, { dtype: "int32" }).tolist()).toEqual([0, 2, 4]);
  });

  test("filling takes that of the tensor", () => {
    expect(fill_(zeros([2], { dtype: "int32" }), 3.5).tolist()).toEqual([3, 3]);
    expect(fill_(zeros([1], { dtype: "bool" }), 7).tolist()).toEqual([true]);
  });
});

test("fillDiagonal_ of tall, wrapped and cubic tensors", () => {
  expect(fillDiagonal_(zeros([4, 2]), 1).tolist()).toEqual([
    [1, 0],
    [0, 1],
    [0, 0],
    [0, 0],
  ]);
  expect(fillDiagonal_(zeros([4, 2]), 1, { wrap: true }).tolist()).toEqual([
    [1, 0],
    [0, 1],
    [0, 0],
    [1, 0],
  ]);
  expect(fillDiagonal_(zeros([2, 2, 2]), 1).toArray()).toEqual(Float32Array.of(1, 0, 0, 0, 0, 0, 0, 1));
});

test("empty tensors", () => {
  expect(cat([zeros([0, 2]), zeros([1, 2])]).shape).toEqual([1, 2]);
  expect(split(zeros([0]), 2).map((part) => part.shape)).toEqual([[0]]);
  expect(roll(zeros([0, 2]), 1).shape).toEqual([0, 2]);
  expect(repeat(zeros([2]), [0, 3]).shape).toEqual([0, 6]);
  expect(flip(zeros([0, 3]), [0, 1]).shape).toEqual([0, 3]);
  expect(pad(zeros([0]), [1, 1]).tolist()).toEqual([0, 0]);
});

test("views of views read the right elements", () => {
  const x = transpose(matrix());
  expect(flip(x, 0).tolist()).toEqual([
    [2, 5],
    [1, 4],
    [0, 3],
  ]);
  expect(pad(x, [1, 0, -1, 0]).tolist()).toEqual([
    [0, 1, 4],
    [0, 2, 5],
  ]);
  expect(diagonal(expand(at(x, ":", 0), [2, 3])).tolist()).toEqual([0, 1]);
});
