import type { Device } from "@dl/tensor";
import { Mismatch } from "./compare.ts";

/** The classes of WebGPU that work is recorded in: shaders, and zeros that need none. */
export interface Encoders {
  readonly GPUComputePassEncoder: { readonly prototype: Pick<GPUComputePassEncoder, "dispatchWorkgroups"> };
  readonly GPUCommandEncoder: { readonly prototype: Pick<GPUCommandEncoder, "clearBuffer"> };
}

/**
 * Counts what a case asks of the devices and what reaches WebGPU, so that nothing passes on the GPU that was computed
 * elsewhere.
 */
export class Executed {
  #dispatches = 0;
  #cases = 0;
  #asked = 0;
  #elsewhere = 0;
  #before = 0;

  /** Watches all work of `devices` and all that is recorded from now on. */
  constructor(devices: readonly Device[], { GPUComputePassEncoder, GPUCommandEncoder }: Encoders) {
    for (const device of devices) {
      const run = device.run.bind(device);
      device.run = (op, inputs, output, attrs) => {
        if (output.size > 0) this.#asked++;
        if (device.name !== "gpu") this.#elsewhere++;
        run(op, inputs, output, attrs);
      };
    }
    const count = (): unknown => this.#dispatches++;
    const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
    GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...groups) {
      count();
      dispatchWorkgroups.apply(this, groups);
    };
    const { clearBuffer } = GPUCommandEncoder.prototype;
    GPUCommandEncoder.prototype.clearBuffer = function (...place) {
      count();
      clearBuffer.apply(this, place);
    };
  }

  /** A case begins. */
  start(): void {
    this.#asked = 0;
    this.#before = this.#dispatches;
  }

  /** @throws Mismatch if the case computed and the GPU did nothing; views and creation alone need no work */
  check(): void {
    if (this.#asked > 0 && this.#dispatches === this.#before) {
      throw new Mismatch(`passed without the GPU: ${this.#asked} ops were computed elsewhere`);
    }
    if (this.#dispatches > this.#before) this.#cases++;
  }

  /** How much of what passed the GPU has computed. */
  note(): string {
    return `${this.#cases} of the passed cases computed on the GPU, the others only create and view; ${this.#dispatches} dispatches, ${this.#elsewhere} ops on the CPU`;
  }
}

/** An error that depends on elements does not come where they cannot be looked at. */
export const unchecked = "gave a result, expected an error: elements on the GPU are not looked at";

/** What the GPU lacks, in the words of the error that says so; undefined for any other error. */
export function lackOf(message: string): string | undefined {
  const lacks = /([\w.]+)(?:\(.*\))?: not on gpu(?: \((.*?)\))?: use await/.exec(message);
  if (lacks !== null) return lacks[2] === undefined ? lacks[1] : `${lacks[1]} (${lacks[2]})`;
  if (/\bgpu: has no float64\b/.test(message)) return "float64";
  if (/elements on the gpu cannot be read synchronously/.test(message)) return "a synchronous read";
  if (message === unchecked) return "a check of elements";
  const depends = /(\w+): the shape of the result depends on the elements/.exec(message);
  return depends === null ? undefined : `${depends[1]} (the shape depends on the elements)`;
}
