import { Linear, ReLU, Sequential } from "@dl/layers";
import { mseLoss } from "@dl/losses";
import { Adam, type Optimizer } from "@dl/optim";
import { add, type Device, expand, manualSeed, nonzero, randn, type Tensor, useDevice, zeros } from "@dl/tensor";
import { auto, gpu, gpuInfo } from "@dl/tensor/gpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const info = await gpuInfo();

type Requests = Pick<GPUAdapter, "requestDevice">;

describe.skipIf(!info.available)(
  `what goes wrong on the GPU${info.available ? "" : ` (skipped: ${info.reason})`}`,
  () => {
    let adapters: Requests;
    let given: Requests["requestDevice"];
    let webgpu: GPUDevice | undefined;
    beforeAll(async () => {
      const { globals } = await import("webgpu");
      adapters = (globals as { readonly GPUAdapter: { readonly prototype: Requests } }).GPUAdapter.prototype;
      given = adapters.requestDevice;
      adapters.requestDevice = async function (...options) {
        webgpu = await given.apply(this as GPUAdapter, options);
        return webgpu;
      };
    });
    afterAll(async () => {
      adapters.requestDevice = given;
      await useDevice("wasm");
    });

    test("after an op without a kernel training goes on where the model is moved to", async () => {
      const { model, x, y } = await startedOn(await gpu());
      const optimizer = new Adam(model.parameters(), { lr: 0.01 });
      for (let i = 0; i < 5; i++) await step(model, optimizer, x, y);
      expect(() => nonzero(model.forward(x))).toThrow("use await x.cpu() first");
      const state = await optimizer.cpuStateDict();
      await useDevice("wasm");
      await model.cpu();
      model.to("wasm");
      const next = new Adam(model.parameters(), { lr: 0.01 });
      next.loadStateDict(state);
      const [here, wanted] = [[await x.cpu(), await y.cpu()].map((each) => each.to("wasm")), await startedOn("wasm")];
      const loss = await step(model, next, here[0] as Tensor, here[1] as Tensor);
      const reference = new Adam(wanted.model.parameters(), { lr: 0.01 });
      for (let i = 0; i < 5; i++) await step(wanted.model, reference, wanted.x, wanted.y);
      expect(loss).toBeCloseTo(await step(wanted.model, reference, wanted.x, wanted.y), 5);
    });

    test("a tensor that no buffer can hold is refused with both sizes, and nothing is lost", async () => {
      const device = await gpu();
      const x = zeros([4], { device });
      expect(() => add(expand(x.at(0), [2 ** 31]), 1)).toThrow(
        /2147483648 elements need 8589934592 bytes, one buffer holds \d+$/,
      );
      expect(await add(x, 1).sum().itemAsync()).toBe(4);
    });

    test("a lost device says so at the next op or read; a checkpoint goes on on a new one or on WebAssembly", async () => {
      const device = await gpu();
      const { model, x, y } = await startedOn(device);
      const optimizer = new Adam(model.parameters(), { lr: 0.01 });
      for (let i = 0; i < 3; i++) await step(model, optimizer, x, y);
      const checkpoint = await Promise.all(
        Object.entries(model.stateDict()).map(async ([name, value]) => [name, await value.cpu()] as const),
      );
      const loss = await mseLoss(model.forward(x), y).itemAsync();
      webgpu?.destroy();
      await webgpu?.lost;
      await expect(step(model, optimizer, x, y)).rejects.toThrow(
        /^(gpu|Linear\(6, 8\)): the device was lost .+ load the model from its last copy on the CPU$/,
      );
      for (const place of ["wasm", gpu()] as const) {
        const again = await startedOn(await place);
        again.model.loadStateDict(
          Object.fromEntries(checkpoint.map(([name, value]) => [name, value.to(again.device)])),
        );
        expect(await mseLoss(again.model.forward(again.x), again.y).itemAsync()).toBeCloseTo(loss, 5);
      }
      expect(await gpu()).not.toBe(device);
    });

    test("auto falls to the CPU where an adapter does not start, and gpuInfo says why", async () => {
      webgpu?.destroy();
      await webgpu?.lost;
      const { requestDevice } = adapters;
      adapters.requestDevice = () => Promise.reject(new Error("out of order"));
      await expect(gpu()).rejects.toThrow(/^gpu: .+ does not start: out of order$/);
      expect((await auto()).name).not.toBe("gpu");
      expect(await gpuInfo()).toMatchObject({ available: false, reason: expect.stringContaining("out of order") });
      adapters.requestDevice = requestDevice;
      expect((await gpu()).name).toBe("gpu");
      expect((await gpuInfo()).available).toBe(true);
    });
  },
);

interface Started {
  readonly device: Device;
  readonly model: Sequential;
  readonly x: Tensor;
  readonly y: Tensor;
}

/** The same model and data on any device. */
async function startedOn(place: "wasm" | Device): Promise<Started> {
  const wasm = await useDevice("wasm");
  manualSeed(0);
  const model = new Sequential(new Linear(6, 8), new ReLU(), new Linear(8, 2));
  const [x, y] = [randn([10, 6]), randn([10, 2])];
  const device = place === "wasm" ? wasm : place;
  await useDevice(device);
  return { device, model: model.to(device), x: x.to(device), y: y.to(device) };
}

async function step(model: Sequential, optimizer: Optimizer, x: Tensor, y: Tensor): Promise<number> {
  const loss = mseLoss(model.forward(x), y);
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
  return loss.itemAsync();
}
