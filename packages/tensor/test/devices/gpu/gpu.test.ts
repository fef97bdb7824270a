import {
  add,
  add_,
  airyAi,
  currentDevice,
  type Device,
  expand,
  gt,
  manualSeed,
  matmul,
  mul,
  pad,
  permute,
  randint,
  randn,
  relu,
  scope,
  silu,
  sub,
  type Tensor,
  tensor,
  transpose,
  update_,
  useDevice,
  zeros,
} from "@dl/tensor";
import { auto, gpu } from "@dl/tensor/gpu";
import { add as addPrimitive, biasedMatmul, mul as mulPrimitive } from "@dl/tensor/primitives";
import { beforeAll, describe, expect, test } from "vitest";
import { adapterForTests, reasonText } from "./adapter.ts";
import { expectClose } from "./compare.ts";

const info = await adapterForTests();

test("auto takes a real GPU or says that it is the CPU", async () => {
  const before = currentDevice();
  const chosen = await useDevice("auto");
  expect(chosen).toBe(currentDevice());
  expect(chosen).toBe(await auto());
  expect(chosen.name === "gpu").toBe(info.available && !info.software);
  await useDevice(before);
});

test.skipIf(info.available)("without an adapter it says what to install", async () => {
  await expect(gpu()).rejects.toThrow(/install/);
});

describe.skipIf(!info.available)(`the GPU${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
    manualSeed(0);
  });

  test("is started once", async () => {
    expect(await gpu()).toBe(device);
    expect(device.name).toBe("gpu");
  });

  test("brings elements of every dtype there and back", async () => {
    for (const [values, dtype] of [
      [[1.5, -2, 0], "float32"],
      [[2 ** 31 - 1, -(2 ** 31), 7], "int32"],
      [[255, 0, 7], "uint8"],
      [[1, 0, 1], "bool"],
    ] as const) {
      const there = tensor(values, { dtype, device });
      expect(there.device).toBe(device);
      expect(there.dtype).toBe(dtype);
      const back = await there.cpu();
      expect(back.device.name).toBe("cpu");
      expect(back.dtype).toBe(dtype);
      expect([...back.toArray()]).toEqual([...values]);
    }
    expect((await zeros([0, 3], { device }).cpu()).shape).toEqual([0, 3]);
  });

  test("converts dtypes as the CPU does", async () => {
    const x = tensor([-1.7, 0, 300.2, 0.5]);
    for (const dtype of ["int32", "bool", "float32"] as const) {
      expect(await list(x.to(device).to(dtype))).toEqual([...x.to(dtype).toArray()]);
    }
    const whole = tensor([-1, 0, 300], { dtype: "int32" });
    for (const dtype of ["uint8", "bool", "float32"] as const) {
      expect(await list(whole.to(device).to(dtype))).toEqual([...whole.to(dtype).toArray()]);
    }
  });

  test("computes a chain without reading back", async () => {
    const x = randn([70, 45]);
    const weight = randn([50, 45]);
    const bias = randn([50]);
    const chain = (a: Tensor, w: Tensor, b: Tensor): Tensor => matmul(silu(add(matmul(a, transpose(w)), b)), relu(w));
    const actual = await chain(x.to(device), weight.to(device), bias.to(device)).cpu();
    expectNear(actual, chain(x, weight, bias));
  });

  test("more calls than a batch holds keep their order", async () => {
    let x = tensor([0], { device });
    for (let i = 0; i < 300; i++) x = sub(mul(x, -1), 1);
    let wanted = 0;
    for (let i = 0; i < 300; i++) wanted = -wanted - 1;
    expect(await x.itemAsync()).toBe(wanted);
  });

  test("broadcasts views by their strides", async () => {
    const x = randn([4, 3, 5, 2]);
    const y = randn([5, 1, 3]);
    const compute = (a: Tensor, b: Tensor): Tensor =>
      add(permute(a, [2, 0, 1, 3]).at("1:", ":", "::2"), transpose(b, 0, 2).at("1:2", ":", "1:").reshape([4, 1, 1, 1]));
    expectNear(await compute(x.to(device), y.to(device)).cpu(), compute(x, y));
    const wide = (a: Tensor): Tensor => expand(a.at(0, 0, 0), [3, 2]).mul(2);
    expectNear(await wide(x.to(device)).cpu(), wide(x));
  });

  test.each<[readonly number[], readonly number[]]>([
    [
      [1, 1],
      [1, 1],
    ],
    [
      [33, 17],
      [17, 65],
    ],
    [
      [64, 130],
      [130, 3],
    ],
    [
      [3, 1, 7, 9],
      [2, 9, 4],
    ],
    [
      [2, 0],
      [0, 3],
    ],
    [[5], [5]],
    [[6, 4, 5], [5]],
  ])("matmul of %j and %j", async (left, right) => {
    const [x, y] = [randn(left), randn(right)];
    expectNear(await matmul(x.to(device), y.to(device)).cpu(), matmul(x, y));
  });

  test("matmul of integers wraps", async () => {
    const [x, y] = [randint(-9, 9, [2, 4, 5]), randint(-9, 9, [6, 5]).transpose()];
    const most = tensor([[2 ** 31 - 1]], { dtype: "int32" });
    expectNear(await matmul(x.to(device), y.to(device)).cpu(), matmul(x, y));
    expect(await list(matmul(most.to(device), most.to(device)))).toEqual([1]);
    const bias = randint(-9, 9, [4, 6]);
    expectNear(await biasedMatmul(bias.to(device), x.to(device), y.to(device)).cpu(), biasedMatmul(bias, x, y));
  });

  test("more elements than a row of workgroups holds", async () => {
    const size = 2 ** 21 + 100;
    const values = await add(zeros([size], { dtype: "int32", device }), 1).read();
    expect(values.every((value) => value === 1)).toBe(true);
    expect(values.length).toBe(size);
  });

  test("pads integers exactly", async () => {
    const x = tensor([1, 2], { dtype: "int32", device });
    expect(await list(pad(x, [1, 1], { value: 16777217 }))).toEqual([16777217, 1, 2, 16777217]);
  });

  test("matmul of operands that lie anyhow, with a bias", async () => {
    const [x, y, bias] = [randn([9, 2, 40]), randn([40, 30]), randn([33])];
    const compute = (a: Tensor, b: Tensor, c: Tensor): Tensor =>
      biasedMatmul(
        c.at("3:"),
        a.at(":", 1, "::2").reshape([9, 20]),
        transpose(b.at("::2", ":"), 0, 1).contiguous().transpose(0, 1),
      );
    expectNear(await compute(x.to(device), y.to(device), bias.to(device)).cpu(), compute(x, y, bias));
  });

  test("writes in place, also through views and over an input", async () => {
    const x = tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { device },
    );
    add_(transpose(x), x);
    expect(await list(x)).toEqual([2, 5, 5, 8]);
    update_(x, addPrimitive.op, [x, 1]);
    update_(x, mulPrimitive.op, [x, x]);
    expect(await list(x)).toEqual([9, 36, 36, 81]);
    x.at(0).fill_(7);
    expect(await list(x)).toEqual([7, 7, 36, 81]);
  });

  test("comparisons give bool, and take it", async () => {
    const x = tensor([1, -2, Number.NaN], { device });
    const positive = gt(x, 0);
    expect(positive.dtype).toBe("bool");
    expect(await list(positive)).toEqual([1, 0, 0]);
    expect(await list(mul(tensor([5, 6, 7], { device }), positive))).toEqual([5, 0, 0]);
  });

  test("gives memory back", async () => {
    const x = tensor([1, 2], { device });
    const kept = scope(() => add(mul(x, 2), 1));
    expect(await list(kept)).toEqual([3, 5]);
    x.dispose();
    expect(() => add(x, 1)).toThrow("Tensor: its memory was given back by scope, using or dispose");
  });

  test("refuses what it lacks and names the way on", async () => {
    const x = tensor([1, 2], { device });
    const synchronous =
      "Tensor: elements on the gpu cannot be read synchronously: use await x.read(), await x.itemAsync() or await x.cpu()";
    for (const read of [() => x.tolist(), () => x.toArray(), () => x.at(0).item(), () => x.to("cpu")])
      expect(read).toThrow(synchronous);
    expect(() => airyAi(x)).toThrow(
      'airyAi: not on gpu: use await x.cpu() on its inputs and go on there, or gpu({ fallback: "cpu" })',
    );
    expect(() => tensor([1], { dtype: "float64", device })).toThrow(
      "gpu: has no float64: use float32, or stay on the CPU",
    );
    expect(() => add(x, tensor([1, 2]))).toThrow(
      /^add: operands are on different devices \(x on gpu, y on (wasm|cpu)\)/,
    );
    expect(String(x)).toBe("tensor(..., size=(2,), device='gpu')");
    expect(await x.itemAsync().catch((error: Error) => error.message)).toBe(
      "item: needs exactly one element, got 2 (x [2])",
    );
  });
});

const list = async (x: Tensor): Promise<number[]> => [...(await x.read())];

/** Sums of up to 130 products of numbers around 1; 8.6e-7 was seen. */
const expectNear = (actual: Tensor, expected: Tensor): void => expectClose(actual, expected, 3e-6);
