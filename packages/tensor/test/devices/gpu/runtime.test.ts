import { describe, expect, test } from "vitest";
import { findAdapter } from "../../../src/devices/gpu/adapter.ts";
import { Runtime } from "../../../src/devices/gpu/runtime.ts";
import { adapterForTests, reasonText } from "./adapter.ts";

const info = await adapterForTests();

async function newRuntime(): Promise<Runtime> {
  const adapter = await findAdapter();
  if (typeof adapter === "string") throw new Error(adapter);
  return new Runtime(await adapter.requestDevice());
}

describe.skipIf(!info.available)(`what goes wrong on the GPU${reasonText(info)}`, () => {
  test("is thrown by the next read", async () => {
    const runtime = await newRuntime();
    const output = runtime.buffers.take(4);
    const program = runtime.program({}, "", 0, () => "fn main() { not WGSL }");
    runtime.call(program, { inputs: [], output, whole: [], groups: [1, 1, 1] });
    await expect(runtime.read(output, 16)).rejects.toThrow(/^gpu: /);
    await expect(runtime.read(output, 16)).rejects.toThrow(/^gpu: /);
  });

  test("is thrown when the device is lost", async () => {
    const runtime = await newRuntime();
    const output = runtime.buffers.take(4);
    runtime.device.destroy();
    await runtime.device.lost;
    await expect(runtime.read(output, 16)).rejects.toThrow(/^gpu: the device was lost/);
  });

  test("is thrown at once where it can be told", async () => {
    const runtime = await newRuntime();
    expect(() => runtime.buffers.take(2 ** 32)).toThrow(
      /^gpu: 4294967296 elements need 17179869184 bytes, one buffer holds \d+$/,
    );
    const program = runtime.program({}, "", 0, () => "@compute @workgroup_size(1) fn main() {}");
    const call = { inputs: [], output: runtime.buffers.take(1), groups: [1, 1, 1] } as const;
    expect(() => runtime.call(program, { ...call, whole: new Array(65).fill(0) })).toThrow(
      /^gpu: the operands have too many dimensions/,
    );
    expect(() => runtime.call(program, { ...call, whole: [], groups: [2 ** 20, 1, 1] })).toThrow(
      /^gpu: needs \[1048576, 1, 1\] workgroups, at most 65535 each/,
    );
  });
});

describe.skipIf(!info.available)(`buffers${reasonText(info)}`, () => {
  test("come back by size", async () => {
    const { buffers } = await newRuntime();
    const [first, other] = [buffers.take(100), buffers.take(1000)];
    buffers.give(first);
    expect(buffers.take(1000)).not.toBe(first);
    expect(buffers.take(99)).toBe(first);
    expect(other.size).toBeGreaterThanOrEqual(4000);
  });

  test("that are too many are destroyed after the work that uses them", async () => {
    const runtime = await newRuntime();
    const program = runtime.program({}, "", 0, () => "@compute @workgroup_size(1) fn main() {}");
    const large = Array.from({ length: 5 }, () => runtime.buffers.take(2 ** 24));
    for (const output of large) {
      runtime.call(program, { inputs: [], output, whole: [], groups: [1, 1, 1] });
      runtime.buffers.give(output);
    }
    expect((await runtime.read(runtime.buffers.take(4), 16)).byteLength).toBe(16);
  });
});
