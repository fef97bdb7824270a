import {
  add,
  add_,
  airyAi,
  cumsum,
  type Device,
  full,
  gather,
  indexSelect,
  manualSeed,
  mul,
  mul_,
  prod,
  rand,
  remainder,
  scatterAdd,
  scope,
  sum,
  type Tensor,
  tensor,
  useDevice,
  zeros,
} from "@dl/tensor";
import { fallbacks, gpu } from "@dl/tensor/gpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAdapter } from "../../../src/devices/gpu/adapter.ts";
import { makeDevice } from "../../../src/devices/gpu/device.ts";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

describe.skipIf(!info.available)(`what only the elements tell${reasonText(info)}`, () => {
  let device: Device;
  beforeAll(async () => {
    device = await gpu();
    await useDevice(device);
  });
  afterAll(async () => {
    await useDevice("cpu");
  });

  const index = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });
  const three = (): Tensor => tensor([1, 2, 3]);

  test.each<[string, () => Tensor]>([
    ["gather: index 3 is out of range", () => gather(three(), 0, index(0, 3))],
    ["indexSelect: index -1 is out of range", () => indexSelect(three(), 0, index(-1))],
    ["scatterAdd: index 7 is out of range", () => scatterAdd(three(), 0, index(7), tensor([1]))],
    ["at: index 5 is out of range", () => three().at(index(5, 0))],
    [
      "sum: the integer result does not fit int32: convert to float32 first",
      () => sum(full([2], 2 ** 30, { dtype: "int32" })),
    ],
    [
      "prod: the integer result does not fit int32: convert to float32 first",
      () => prod(full([40], 3, { dtype: "int32" })),
    ],
    ["prod: the integer result does not fit int32: convert to float32 first", () => prod(index(-(2 ** 31), -1))],
    [
      "prod: the integer result does not fit int32: convert to float32 first",
      () => prod(full([40], 2, { dtype: "int32" })),
    ],
    [
      "cumsum: the integer result does not fit int32: convert to float32 first",
      () => cumsum(full([2], 2 ** 30, { dtype: "int32" }), { dim: 0 }),
    ],
    ["remainder: integer division by zero", () => remainder(index(4), index(0))],
  ])("%s", async (sentence, call) => {
    const result = call();
    await expect(result.read()).rejects.toThrow(new RangeError(sentence));
    expect(await three().read()).toEqual(Float32Array.of(1, 2, 3));
  });

  test("integers wrap as on the CPU", async () => {
    const most = index(2 ** 31 - 1, -(2 ** 31), 65536);
    expect([...(await mul(add(most, 1), most).read())]).toEqual([-(2 ** 31), -(2 ** 31), 65536]);
  });

  test("integer products up to the largest, and of 0", async () => {
    expect([...(await prod(index(46341, 46341, 46341, 0, 5)).read())]).toEqual([0]);
    expect([...(await prod(index(2147483647, -1, 1)).read())]).toEqual([-2147483647]);
    expect([...(await prod(full([31], -2, { dtype: "int32" })).read())]).toEqual([-(2 ** 31)]);
  });

  test("random numbers are those of the CPU", async () => {
    manualSeed(3);
    const there = await rand([5]).read();
    manualSeed(3);
    await useDevice("cpu");
    expect(rand([5]).toArray()).toEqual(there);
    await useDevice(device);
  });

  test("an op without a kernel runs on the CPU where that is asked for", async () => {
    const x = tensor([0.5, 1]);
    expect(() => airyAi(x)).toThrow(/^airyAi: not on gpu/);
    expect(await gpu({ fallback: "cpu" })).toBe(device);
    const before = fallbacks()["airyAi"] ?? 0;
    const y = add(x, 1);
    const doubled = mul(airyAi(y), 2);
    add_(y, 100);
    const again = airyAi(add(y, -100));
    const read = doubled.read();
    mul_(doubled, 0);
    await useDevice("cpu");
    const expected = mul(airyAi(tensor([1.5, 2])), 2).toArray();
    await useDevice(device);
    expect(await read).toEqual(expected);
    expect((await again.read())[0]).toBeCloseTo((expected[0] as number) / 2, 6);
    expect([...(await doubled.read())]).toEqual([0, 0]);
    expect(fallbacks()["airyAi"]).toBe(before + 2);
    airyAi(airyAi(x));
    await expect(gather(x, 0, index(2)).read()).rejects.toThrow("gather: index 2 is out of range");
    await gpu({ fallback: "none" });
    expect(() => airyAi(x)).toThrow(/^airyAi: not on gpu/);
  });
});

describe.skipIf(!info.available)(`memory of the GPU${reasonText(info)}`, () => {
  test("stays flat over thousands of steps", async () => {
    const { device, live } = await countingDevice();
    await useDevice(device);
    const weight = zeros([8]);
    const step = (): void => {
      const x = rand([8]);
      add_(weight, mul(add(x, weight), 0.01));
    };
    for (let i = 0; i < 50; i++) scope(step);
    await weight.read();
    const before = live();
    for (let i = 0; i < 2000; i++) scope(step);
    await weight.read();
    expect(live()).toBeLessThanOrEqual(before + 4);
    await useDevice("cpu");
  });
});

/** A device of its own whose buffers are counted. */
async function countingDevice(): Promise<{ device: Device; live: () => number }> {
  const adapter = await findAdapter();
  if (typeof adapter === "string") throw new Error(adapter);
  const webgpu = await adapter.requestDevice();
  const create = webgpu.createBuffer.bind(webgpu);
  let count = 0;
  webgpu.createBuffer = (descriptor) => {
    const buffer = create(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    count++;
    buffer.destroy = () => {
      count--;
      return destroy();
    };
    return buffer;
  };
  return { device: makeDevice(webgpu), live: () => count };
}
