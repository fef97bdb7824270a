import { fileURLToPath } from "node:url";
import { ones, useDevice } from "@dl/tensor";
import { gpu, gpuInfo } from "@dl/tensor/gpu";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Executed, lackOf } from "../src/executed.ts";
import { encodersOfNode, startGpu } from "../src/gpu.ts";
import { readGroup } from "../src/groups.ts";
import { runGroup } from "../src/run.ts";
import { compareCurves, trainingCurve } from "../src/training/curve.ts";

const data = fileURLToPath(new URL("../data", import.meta.url));
const info = await gpuInfo();

test("what the GPU lacks is read off its errors", () => {
  expect(lackOf("pow: not on gpu (for int32): use await x.cpu() on its inputs and go on there")).toBe(
    "pow (for int32)",
  );
  expect(lackOf("LSTM(2, 3): not on gpu: use await x.cpu() on its inputs and go on there")).toBe("LSTM");
  expect(lackOf("unique: the shape of the result depends on the elements: use await x.cpu() first")).toBe(
    "unique (the shape depends on the elements)",
  );
  expect(lackOf("gpu: has no float64: use float32, or stay on the CPU")).toBe("float64");
  expect(lackOf("matmul: inner sizes differ: 3 and 2 (x [2, 3], y [2, 2])")).toBeUndefined();
});

test("a case that computes and never reaches the GPU does not pass", async () => {
  const GPUComputePassEncoder = { prototype: { dispatchWorkgroups: () => undefined } };
  const GPUCommandEncoder = { prototype: { clearBuffer: () => undefined } };
  const device = await useDevice("cpu");
  const { run } = device;
  try {
    const executed = new Executed([device], { GPUComputePassEncoder, GPUCommandEncoder });
    executed.start();
    ones([2]).reshape([1, 2]);
    executed.check();
    executed.start();
    ones([2]).add(1);
    expect(() => executed.check()).toThrow("passed without the GPU: 1 ops were computed elsewhere");
    GPUComputePassEncoder.prototype.dispatchWorkgroups();
    executed.check();
    executed.start();
    ones([2]).add(1);
    GPUCommandEncoder.prototype.clearBuffer();
    executed.check();
  } finally {
    device.run = run;
  }
});

describe.skipIf(!info.available)(
  `the GPU${info.available ? "" : ` (skipped: ${info.reason})`}`,
  { timeout: 180_000 },
  () => {
    let executed: Executed | undefined;
    beforeAll(async () => {
      executed = await startGpu(await encodersOfNode());
    });
    afterAll(() => useDevice("wasm"));

    test.each(["unary", "linear", "loss_regression"])("%s: no case fails", async (name) => {
      await useDevice(gpu());
      const group = await readGroup(data, name);
      const { failures, lacking, passed } = await runGroup(group, { factor: 10, executed });
      expect(failures).toEqual([]);
      expect(passed + lacking.length).toBe(group.cases.length);
      expect(passed / group.cases.length).toBeGreaterThan(0.9);
    });

    test("training follows the same curve as on WebAssembly", async () => {
      const there = await trainingCurve(await gpu(), 8);
      const { apart, text } = compareCurves(there, await trainingCurve("wasm", 8));
      // 2.0e-7 of the first loss was seen
      expect(apart, text).toBeLessThan(1e-5);
    });
  },
);
