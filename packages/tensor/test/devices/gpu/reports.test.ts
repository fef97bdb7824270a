import { cholesky, type Device, embedding, inv, maxUnpool1d, solve, type Tensor, tensor } from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

const singular = [
  [
    [1, 0],
    [0, 1],
  ],
  [
    [1, 2],
    [2, 4],
  ],
];

describe.skipIf(!info.available)(`what only the elements tell${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
  });

  const on = (...given: Parameters<typeof tensor>): Tensor => tensor(given[0], { ...given[1], device });

  test.each<[string, () => Tensor]>([
    ["embedding: index 2 is out of range", () => embedding(on([0, 2], { dtype: "int32" }), on([[1], [2]]))],
    [
      "maxUnpool: index 7 is out of range",
      () => maxUnpool1d(on([[5]]), on([[7]], { dtype: "int32" }), { kernelSize: 2 }),
    ],
    ["inv: matrix 1 of the batch is singular", () => inv(on(singular))],
    ["solve: matrix 1 of the batch is singular", () => solve(on(singular), on([[1], [1]]))],
    ["cholesky: matrix 1 of the batch is not positive-definite", () => cholesky(on(singular))],
  ])("%s, says the next read", async (sentence, call) => {
    await expect(call().read()).rejects.toThrow(sentence);
    expect([...(await on([3]).read())]).toEqual([3]);
  });
});
