import { expect, test } from "vitest";
import { instantiate } from "../../../src/devices/wasm/instance.ts";

test("instantiate gives kernels over the given memory", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const kernels = instantiate(memory);
  kernels?.fill(1024, 5, 3);
  expect([...new Float32Array(memory.buffer, 1024, 6)]).toEqual([3, 3, 3, 3, 3, 0]);
});

test("a grown memory stays theirs", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const kernels = instantiate(memory);
  memory.grow(3);
  kernels?.fill(3 * 65536, 2, 7);
  expect([...new Float32Array(memory.buffer, 3 * 65536, 3)]).toEqual([7, 7, 0]);
});
