import { expect } from "vitest";
import { relaxedKernels, simdKernels } from "../../../../src/devices/wasm/kernels.generated.ts";
import type { WasmKernels } from "../../../../src/devices/wasm/kernels.ts";
import { type Window, windowBytes, writeWindow } from "../../../../src/devices/wasm/window.ts";

/** Memory for one test: arrays side by side, each followed by a mark that no kernel may touch. */
export class Arena {
  readonly memory: WebAssembly.Memory = new WebAssembly.Memory({ initial: 256, maximum: 65536 });
  readonly kernels: WasmKernels;
  readonly #marks: number[] = [];
  #top = 4096;
  #state = 1;

  constructor(module: WebAssembly.Module) {
    const { exports } = new WebAssembly.Instance(module, { env: { memory: this.memory } });
    this.kernels = exports as WasmKernels & WebAssembly.Exports;
  }

  /** Bytes that hold NaN. */
  room(bytes: number): number {
    const address = this.#top;
    const end = address + Math.ceil(bytes / 4) * 4;
    new Float32Array(this.memory.buffer, address, (end - address) / 4).fill(Number.NaN);
    new Int32Array(this.memory.buffer, end, 1)[0] = mark;
    this.#marks.push(end);
    this.#top = end + 4;
    return address;
  }

  put(values: ArrayLike<number>): number {
    const address = this.room(4 * values.length);
    new Float32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  putInts(values: ArrayLike<number>): number {
    const address = this.room(4 * values.length);
    new Int32Array(this.memory.buffer, address, values.length).set(values);
    return address;
  }

  window(window: Window): number {
    const address = this.room(windowBytes);
    writeWindow(this.memory, address, window);
    return address;
  }

  /** Values between -1 and 1, the same in every run. */
  random(count: number): Float32Array {
    return Float32Array.from({ length: count }, () => {
      this.#state = (Math.imul(this.#state, 1664525) + 1013904223) | 0;
      return this.#state / 2 ** 31;
    });
  }

  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, count).slice();
  }

  ints(address: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, count).slice();
  }

  /** Fails where a kernel wrote past the end of an array. */
  expectIntact(): void {
    const words = new Int32Array(this.memory.buffer);
    expect(this.#marks.filter((end) => words[end / 4] !== mark)).toEqual([]);
  }
}

const mark = 0x5ca1ab1e;

const module = (base64: string): WebAssembly.Module => new WebAssembly.Module(Buffer.from(base64, "base64"));

/** Both builds that users may get. */
export const builds = [
  ["relaxed", module(relaxedKernels)],
  ["plain", module(simdKernels)],
] as const;

/** Every value within `tolerance * (1 + |expected|)`; NaN and infinities exact. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] as number, expected[i] as number];
    if (Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * (1 + Math.abs(b))) continue;
    expect.fail(`element ${i} is ${a}, not ${b}`);
  }
}
