import {
  add,
  conv2d,
  type Device,
  eye,
  layerNorm,
  logSoftmax,
  matmul,
  mul,
  softmax,
  type Tensor,
  transpose,
  useDevice,
} from "@dl/tensor";
import { gpu } from "@dl/tensor/gpu";
import {
  convolutionInputGradient,
  convolutionWeightGradient,
  fourier,
  scatterRows,
  solveMatrices,
} from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { inputsOf, type OpCase, shaped } from "../../cases/case.ts";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

/** In parts of the largest number of a result; 5.3e-7 was seen. */
const tolerance = 2e-6;

describe.skipIf(!info.available)(`large operands on the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
  });

  const list = Object.entries(large).flatMap(([name, given]) => given.map((each, index) => ({ name, index, each })));
  // Nearly all of the time goes into compiling, which takes a driver in software seconds and more beside other work.
  test.each(list)("$name $index gives the same as on the CPU", { timeout: 90_000 }, async ({ each }) => {
    expect(distance(await resultOn(device, each), await resultOn("cpu", each))).toBeLessThanOrEqual(tolerance);
  });
});

const conv = (x: readonly number[], weight: readonly number[], options: Parameters<typeof conv2d>[3]): OpCase => ({
  inputs: shaped(x, weight),
  call: (a, b) => conv2d(a as Tensor, b as Tensor, undefined, options),
});

/** All gradients of a convolution, one after the other. */
const convGradients = (
  x: readonly number[],
  weight: readonly number[],
  output: readonly number[],
  attrs: { stride: readonly number[]; padding: readonly number[]; dilation: readonly number[]; groups: number },
): OpCase[] => {
  const g = [x[0] as number, weight[0] as number, ...output];
  return [
    {
      inputs: shaped(g, weight),
      call: (a, b) => convolutionInputGradient(a as Tensor, b as Tensor, { ...attrs, output, shape: x }),
    },
    {
      inputs: shaped(g, x),
      call: (a, b) => convolutionWeightGradient(a as Tensor, b as Tensor, { ...attrs, output, shape: weight }),
    },
  ];
};

/** At these sizes other loops run than in the cases of the primitives. */
const large: Readonly<Record<string, readonly OpCase[]>> = {
  softmax: [
    { inputs: shaped([5, 200]), call: (x) => softmax(x as Tensor, { dim: 1 }) },
    { inputs: shaped([3, 3000]), call: (x) => softmax(x as Tensor, { dim: -1 }) },
    { inputs: shaped([2, 70, 9]), call: (x) => logSoftmax(x as Tensor, { dim: 1 }) },
  ],
  layerNorm: [
    {
      inputs: shaped([4, 100], [100], [100]),
      call: (x, w, b) => layerNorm(x as Tensor, [100], { weight: w, bias: b }),
    },
    { inputs: shaped([2, 2500]), call: (x) => layerNorm(x as Tensor, [2500]) },
  ],
  matmul: [
    { inputs: shaped([200, 300], [300, 190]), call: (x, y) => matmul(x as Tensor, y as Tensor) },
    { inputs: shaped([5, 300], [300, 3000]), call: (x, y) => matmul(x as Tensor, y as Tensor) },
    { inputs: shaped([14, 300], [300, 1200]), call: (x, y) => matmul(x as Tensor, y as Tensor) },
    { inputs: shaped([20, 3000], [3000, 18]), call: (x, y) => matmul(x as Tensor, y as Tensor) },
    { inputs: shaped([3000, 20], [3000, 18]), call: (x, y) => matmul(transpose(x as Tensor), y as Tensor) },
    { inputs: shaped([4, 33, 20], [4, 35, 20]), call: (x, y) => matmul(x as Tensor, transpose(y as Tensor)) },
  ],
  conv2d: [
    conv([2, 8, 13, 11], [20, 4, 3, 2], { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 }),
    conv([3, 6, 9, 9], [6, 1, 3, 3], { groups: 6, padding: 1 }),
    conv([40, 3, 12, 12], [6, 3, 5, 5], {}),
  ],
  convGradients: [
    ...convGradients([2, 8, 13, 11], [20, 4, 3, 2], [7, 13], {
      stride: [2, 1],
      padding: [1, 2],
      dilation: [1, 2],
      groups: 2,
    }),
    ...convGradients([3, 6, 9, 9], [6, 1, 3, 3], [9, 9], {
      stride: [1, 1],
      padding: [1, 1],
      dilation: [1, 1],
      groups: 6,
    }),
    ...convGradients([2, 4, 5, 6, 7], [6, 4, 2, 3, 3], [4, 2, 3], {
      stride: [1, 3, 2],
      padding: [0, 1, 0],
      dilation: [1, 1, 1],
      groups: 1,
    }),
    ...convGradients([40, 6, 12, 12], [16, 6, 5, 5], [8, 8], {
      stride: [1, 1],
      padding: [0, 0],
      dilation: [1, 1],
      groups: 1,
    }),
  ],
  embedding: [
    {
      inputs: [{ shape: [600, 7] }, { shape: [600], low: 0, high: 40, dtype: "int32" }],
      call: (g, index) => scatterRows(g as Tensor, index as Tensor, { rows: 45, paddingIdx: 3 }),
    },
  ],
  fourier: [64, 30, 97, 1000].map((length) => ({
    inputs: shaped([3, length, 2, 2]),
    call: (x) => fourier(x as Tensor, { dim: 1, inverse: length % 3 === 0, scale: 1 / length }),
  })),
  linalg: [
    {
      inputs: shaped([2, 70, 70], [70, 5]),
      call: (a, b) => solveMatrices(add(a as Tensor, mul(eye(70), 40)), b as Tensor),
    },
  ],
};

async function resultOn(device: Device | "cpu", each: OpCase): Promise<Tensor> {
  await useDevice(device);
  try {
    return await each.call(...inputsOf(each, "float32")).cpu();
  } finally {
    await useDevice("cpu");
  }
}

/** The largest difference, in parts of the largest number expected. */
function distance(actual: Tensor, expected: Tensor): number {
  expect(actual.shape).toEqual(expected.shape);
  expect(actual.dtype).toBe(expected.dtype);
  const [got, wanted] = [[...actual.toArray()], [...expected.toArray()]];
  const most = wanted.reduce((top, value) => Math.max(top, Math.abs(value)), 0);
  return got.reduce((worst, value, i) => Math.max(worst, Math.abs(value - (wanted[i] as number))), 0) / most;
}
