import {
  add,
  avgPool2d,
  contiguous,
  conv2d,
  exp,
  Generator,
  gelu,
  gt,
  layerNorm,
  linear,
  logSoftmax,
  matmul,
  max,
  maxPool2d,
  mean,
  mul,
  permute,
  randn,
  select,
  setThreads,
  softmax,
  sum,
  type Tensor,
  transpose,
  useDevice,
  variance,
  where,
} from "@dl/tensor";
import {
  batchNormInputGradient,
  batchNormMoments,
  batchNormTrain,
  batchNormWeightGradient,
  convolutionInputGradient,
  convolutionWeightGradient,
  layerNormInputGradient,
  layerNormWeightGradient,
  softmaxGradient,
} from "@dl/tensor/primitives";
import { afterAll, describe, expect, test } from "vitest";
import { inputsOf } from "../../../cases/case.ts";
import { cases } from "../../../cases/index.ts";

const generator = new Generator(5);
const float = (...shape: number[]): Tensor => randn(shape, { generator });
const turned = (...shape: [number, number]): Tensor => transpose(float(...shape), 0, 1);
const plain = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1, output: [12, 13] };

/** Large enough for several parts, and no multiple of them. */
function largerCalls(): Readonly<Record<string, () => Tensor>> {
  const [a, b, at, bt, bias] = [float(101, 403), float(403, 67), turned(403, 101), turned(67, 403), float(67)];
  const [row, column, scale] = [float(1, 67), float(101, 1), float(403)];
  const [x, weight, deep, few] = [float(5, 16, 12, 13), float(27, 16, 3, 3), float(6, 2, 3, 3), float(27, 3, 3, 3)];
  const [dy, x3, x4] = [float(5, 27, 12, 13), float(5, 3, 12, 13), float(5, 4, 12, 13)];
  const [alone, dyAlone] = [float(16, 1, 3, 3), float(5, 16, 12, 13)];
  const [wide, dyWide] = [float(1, 512, 2, 2), float(1, 2048, 2, 2)];
  const [channel, planes, truth] = [float(16, 1, 1), float(5, 1, 12, 13), gt(float(1, 403), 0)];
  const [moments, lines] = [batchNormMoments(x), batchNormMoments(a)];
  const [tall, whole, edge] = [float(20_011, 7), float(64, 512), float(31, 1)];
  const [c, many, manyMore, pair] = [float(101, 67), float(7, 33, 20), float(7, 29, 20), float(2, 31, 403)];
  return {
    "a product": () => matmul(a, b),
    "a product of the transposed": () => matmul(at, bt),
    "a product with a bias": () => linear(a, transpose(b, 0, 1), bias),
    "a batch of products": () => matmul(many, transpose(manyMore, 1, 2)),
    "two products": () => matmul(pair, b),
    "a product by a vector": () => matmul(a, select(b, 1, 0)),
    "a convolution by transforms": () => conv2d(x, weight, undefined, { padding: 1 }),
    "a direct convolution with a stride": () => conv2d(x, weight, undefined, { stride: 2 }),
    "a convolution in groups": () => conv2d(x4, deep, undefined, { groups: 2 }),
    "a depthwise convolution": () => conv2d(x, alone, undefined, { groups: 16, padding: 1 }),
    "the gradient of its input": () => convolutionInputGradient(dy, weight, { ...plain, shape: [5, 16, 12, 13] }),
    "the gradient of an input of three channels": () =>
      convolutionInputGradient(dy, few, { ...plain, shape: [5, 3, 12, 13] }),
    "the gradient of a weight by transforms": () =>
      convolutionWeightGradient(dy, x, { ...plain, shape: [27, 16, 3, 3] }),
    "the gradient of a weight": () => convolutionWeightGradient(dy, x3, { ...plain, shape: [27, 3, 3, 3] }),
    "the gradient of a depthwise weight": () =>
      convolutionWeightGradient(dyAlone, x, { ...plain, groups: 16, shape: [16, 1, 3, 3] }),
    "the gradient of a weight of a million elements": () =>
      convolutionWeightGradient(dyWide, wide, { ...plain, padding: [0, 0], output: [2, 2], shape: [2048, 512, 1, 1] }),
    softmax: () => softmax(a, { dim: 1 }),
    "softmax across": () => softmax(a, { dim: 0 }),
    "its gradient": () => softmaxGradient(a, a, { dim: 1 }),
    logSoftmax: () => logSoftmax(a, { dim: 1 }),
    layerNorm: () => layerNorm(a, [403], { weight: scale, bias: scale }),
    "the gradient of layerNorm": () => layerNormInputGradient(a, a, scale, { span: 1, eps: 1e-5 }),
    "the gradient of its weight": () => layerNormWeightGradient(a, a, { span: 1, eps: 1e-5 }),
    "batch normalisation": () => batchNormTrain(x, moments, undefined, undefined, 1e-5),
    "moments of channels": () => batchNormMoments(x),
    "moments of columns": () => batchNormMoments(a),
    "the gradient of batch normalisation": () => batchNormInputGradient(x, x, moments, undefined, 1e-5),
    "the gradient of its weight over planes": () => batchNormWeightGradient(x, x, moments, 1e-5),
    "the gradient of batch normalisation of columns": () => batchNormInputGradient(a, a, lines, scale, 1e-5),
    "the gradient of its weight over columns": () => batchNormWeightGradient(a, a, lines, 1e-5),
    "variances of rows": () => variance(a, { dim: 1 }),
    "sums of rows": () => sum(a, { dim: 1 }),
    "sums of columns": () => sum(a, { dim: 0 }),
    "sums of a few columns": () => sum(tall, { dim: 0 }),
    "sums of columns of a batch": () => sum(pair, { dim: 1 }),
    "a sum of all": () => sum(a),
    "a sum of whole runs": () => sum(whole),
    "a mean of all": () => mean(a),
    "the largest of rows": () => max(a, { dim: 1 }).values,
    "a copy of a view": () => contiguous(permute(x, [1, 3, 0, 2])),
    "the largest of windows": () => maxPool2d(x, { kernelSize: 2 }),
    "means of windows": () => avgPool2d(x, { kernelSize: 3 }),
    "a negative zero": () => mul(a, -0),
    formulas: () => gelu(mul(exp(a), 0.1)),
    "operands that broadcast": () => add(mul(c, row), column),
    "operands that broadcast over planes": () => add(mul(x, channel), planes),
    "operands that broadcast over a batch": () => mul(pair, edge),
    "truth values that broadcast": () => where(truth, a, scale),
    "a negative zero that broadcasts": () => where(truth, a, -0),
    "integers that broadcast": () => add(a.to("int32"), scale.to("int32")),
    "truth values": () => where(gt(c, 0), c, 1),
  };
}

afterAll(() => setThreads(1));

describe.each([2, 3])("bit for bit what one thread gives, with %i", (count) => {
  test("every case of every primitive", async () => {
    useDevice("wasm");
    const all = Object.entries(cases).flatMap(([name, list]) =>
      list.map((each, i) => ({ name: `${name} ${i}`, each })),
    );
    await expectSame(
      count,
      () => new Map(all.map(({ name, each }) => [name, each.call(...inputsOf(each, "float32"))])),
    );
  });

  test("larger operands", async () => {
    useDevice("wasm");
    const calls = largerCalls();
    await expectSame(count, () => new Map(Object.entries(calls).map(([name, call]) => [name, call()])));
  });
});

async function expectSame(count: number, run: () => Map<string, Tensor>): Promise<void> {
  await setThreads(1);
  const alone = run();
  await setThreads(count, { smallest: 0 });
  const different = [...run()].filter(([name, found]) => {
    const expected = alone.get(name);
    return expected === undefined || !isSame(expected.toArray(), found.toArray());
  });
  expect(different.map(([name]) => name)).toEqual([]);
}

const isSame = (a: ArrayLike<number>, b: ArrayLike<number>): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => Object.is(value, b[i]));
