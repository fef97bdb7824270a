import { type Device, manualSeed, randn, type Tensor, tensor } from "@dl/tensor";
import { gpu, gpuInfo } from "@dl/tensor/gpu";
import { describe, expect, test } from "vitest";
import { BatchNorm1d, Linear, Module, Sequential } from "../src/index.ts";

const info = await gpuInfo();

test("to takes a device by name, and gives new parameters", async () => {
  const model = new Linear(2, 3);
  const before = model.weight;
  expect(model.to("wasm").weight).toBe(before);
  const there = model.to("cpu");
  expect(there.weight.device.name).toBe("cpu");
  expect(there.weight).not.toBe(before);
  expect(there.weight.requiresGrad).toBe(true);
  expect((await there.to("wasm").cpu()).bias?.device.name).toBe("cpu");
});

describe.skipIf(!info.available)(`on the GPU${info.available ? "" : ` (skipped: ${info.reason})`}`, async () => {
  const device: Device = info.available ? await gpu() : tensor(0).device;

  test("a model goes there and back, with its buffers and its tied parameters", async () => {
    class Tied extends Module {
      readonly first = new Linear(3, 3);
      readonly norm = new BatchNorm1d(3);
      readonly again = this.first.weight;
      override forward(x: Tensor): Tensor {
        return this.norm.forward(this.first.forward(x));
      }
    }
    manualSeed(0);
    const model = new Tied();
    const x = randn([5, 3]);
    const state = Object.entries(model.stateDict()).map(([name, value]) => [name, value.tolist()]);
    model.to(device);
    expect(Object.values(model.stateDict()).every((each) => each.device === device)).toBe(true);
    expect(model.again).toBe(model.first.weight);
    expect(model.parameters().every(({ requiresGrad }) => requiresGrad)).toBe(true);
    const there = await model.eval().forward(x.to(device)).read();
    await model.cpu();
    expect(model.again).toBe(model.first.weight);
    expect(Object.entries(model.stateDict()).map(([name, value]) => [name, value.tolist()])).toEqual(state);
    const here = await model.forward(x.to("cpu")).read();
    for (const [i, value] of here.entries()) expect(there[i]).toBeCloseTo(value, 5);
  });

  test("an input on another device is an error that names both", () => {
    const model = new Sequential(new Linear(3, 2)).to(device);
    expect(() => model.forward(randn([1, 3]))).toThrow(/operands are on different devices \(.*(wasm|cpu).*gpu.*\)/);
  });

  test("it cannot be brought back synchronously, and stays there", () => {
    const model = new Linear(3, 2).to(device);
    expect(() => model.to("cpu")).toThrow(
      "Tensor: elements on the gpu cannot be read synchronously: use await x.read(), await x.itemAsync() or await x.cpu()",
    );
    expect(model.parameters().every((each) => each.device === device)).toBe(true);
  });
});
