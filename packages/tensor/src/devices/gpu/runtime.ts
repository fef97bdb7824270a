import { Alarms } from "./alarms.ts";
import { Buffers, usage } from "./buffers.ts";
import { elementBytes } from "./elements.ts";
import { type Program, Programs, type Writes } from "./programs.ts";
import { Timeline } from "./timeline.ts";

/** Numbers that one call of a program reads: whole ones first, then floats. */
const mostArguments = 64;

/** The alignment that every WebGPU device grants. */
const argumentBytes = 4 * mostArguments;

/** Calls recorded before they are submitted. */
const mostCalls = 64;

/** One call of a program. */
interface Call {
  readonly inputs: readonly GPUBuffer[];
  readonly output: GPUBuffer | readonly GPUBuffer[];
  readonly whole: readonly number[];
  readonly floats?: readonly number[];
  readonly groups: readonly [number, number, number];
}

/**
 * Records calls, which are synchronous, and submits them in batches; reading waits for all of them. What goes wrong on
 * the GPU is thrown by the next read.
 */
export class Runtime {
  readonly device: GPUDevice;
  readonly buffers: Buffers;
  readonly alarms: Alarms;
  readonly #programs: Programs;
  readonly #arguments = new ArrayBuffer(mostCalls * argumentBytes);
  readonly #wholeArguments = new Uint32Array(this.#arguments);
  readonly #floatArguments = new Float32Array(this.#arguments);
  readonly #argumentBuffer: GPUBuffer;
  readonly #timeline = new Timeline();
  #batch: { readonly encoder: GPUCommandEncoder; readonly pass: GPUComputePassEncoder } | undefined;
  #calls = 0;
  /** What went wrong with the device: it stays, for what comes after it computes nothing. */
  #failure: Error | undefined;
  /** What went wrong with the elements: thrown once. */
  #mistake: Error | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    this.buffers = new Buffers(device, (buffer) =>
      this.#timeline.do(() => {
        this.submit();
        buffer.destroy();
      }),
    );
    this.alarms = new Alarms(device);
    this.#programs = new Programs(device);
    this.#argumentBuffer = device.createBuffer({
      size: mostCalls * argumentBytes,
      usage: usage.uniform | usage.copyTarget,
    });
    this.#watch();
    device.lost.then(({ message }) =>
      this.#fail(
        `the device was lost (${message.trim()}): its tensors are gone; start again with await gpu() or useDevice("wasm") and load the model from its last copy on the CPU`,
      ),
    );
  }

  /** Throws what went wrong earlier: from then on nothing is computed. */
  check(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The program that `owner` keeps under `key`; `source` writes its WGSL the first time. */
  program(owner: object, key: string, inputs: number, source: () => string, writes: Writes = {}): Program {
    return this.#programs.of(owner, key, inputs, source, writes);
  }

  /** Records a call. It runs with its batch: when that is full, or before the next read. */
  call(program: Program, call: Call): void {
    const { whole, floats = [], groups } = call;
    if (whole.length + floats.length > mostArguments) {
      throw new RangeError(`gpu: the operands have too many dimensions that do not join: use x.contiguous() first`);
    }
    this.check();
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (groups.some((count) => count > most))
      throw new RangeError(`gpu: needs [${groups.join(", ")}] workgroups, at most ${most} each: split the tensor`);
    this.#timeline.do(() => this.#record(program, call));
  }

  #record({ pipeline, layout, alarmed }: Program, { inputs, output, whole, floats = [], groups }: Call): void {
    const at = this.#calls * argumentBytes;
    this.#wholeArguments.set(whole, at / 4);
    this.#floatArguments.set(floats, at / 4 + whole.length);
    if (alarmed) this.alarms.armed = true;
    const resources: GPUBindingResource[] = [
      { buffer: this.#argumentBuffer, size: argumentBytes },
      ...inputs.map((buffer) => ({ buffer })),
      ...[output].flat().map((buffer) => ({ buffer })),
      ...(alarmed ? [{ buffer: this.alarms.buffer }] : []),
    ];
    this.#batch ??= this.#begin();
    const { pass } = this.#batch;
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      this.device.createBindGroup({ layout, entries: resources.map((resource, binding) => ({ binding, resource })) }),
      [at],
    );
    pass.dispatchWorkgroups(...groups);
    this.#count();
  }

  /** Records that `size` elements from `offset` on become 0. */
  clear(buffer: GPUBuffer, offset: number, size: number): void {
    this.check();
    this.#timeline.do(() => {
      const { encoder, pass } = this.#batch ?? this.#begin();
      pass.end();
      encoder.clearBuffer(buffer, elementBytes * offset, elementBytes * size);
      this.#batch = { encoder, pass: encoder.beginComputePass() };
      this.#count();
    });
  }

  #count(): void {
    this.#calls++;
    if (this.#calls === mostCalls) this.submit();
  }

  /** A buffer for `size` elements with what `fill` writes. */
  filled(size: number, fill: (memory: ArrayBuffer) => void): GPUBuffer {
    this.check();
    const spare = this.buffers.takeSpare(size);
    if (spare === undefined) return this.buffers.filled(size, fill);
    const words = new ArrayBuffer(elementBytes * size);
    fill(words);
    this.#timeline.do(() => {
      this.submit();
      this.device.queue.writeBuffer(spare, 0, words);
    });
    return spare;
  }

  /** Hands all recorded calls to the GPU. */
  submit(): void {
    if (this.#batch === undefined) return;
    const { encoder, pass } = this.#batch;
    this.#batch = undefined;
    pass.end();
    this.device.queue.writeBuffer(this.#argumentBuffer, 0, this.#arguments, 0, this.#calls * argumentBytes);
    this.device.queue.submit([encoder.finish()]);
    this.#calls = 0;
  }

  /** A copy of the first `bytes` of `buffer`, once all calls before are done. */
  async read(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.check();
    const content = await this.#timeline.ordered(() => this.#fetch(buffer, bytes));
    const mistake = this.#mistake;
    this.#mistake = undefined;
    if (mistake !== undefined) throw mistake;
    return content;
  }

  /** Lets all that is recorded later wait until `task` is done; it brings buffers here by `fetch`. */
  pause(task: (fetch: (buffer: GPUBuffer, bytes: number) => Promise<ArrayBuffer>) => Promise<void>): void {
    this.#timeline.pause(() =>
      task((buffer, bytes) => this.#fetch(buffer, bytes)).catch((error: Error) => {
        this.#mistake ??= error;
      }),
    );
  }

  async #fetch(buffer: GPUBuffer, bytes: number): Promise<ArrayBuffer> {
    this.submit();
    const { armed } = this.alarms;
    this.alarms.armed = false;
    const total = bytes + (armed ? this.alarms.bytes : 0);
    if (total === 0) return new ArrayBuffer(0);
    const copy = this.device.createBuffer({ size: total, usage: usage.mapRead | usage.copyTarget });
    try {
      const encoder = this.device.createCommandEncoder();
      if (bytes > 0) encoder.copyBufferToBuffer(buffer, 0, copy, 0, bytes);
      if (armed) {
        encoder.copyBufferToBuffer(this.alarms.buffer, 0, copy, bytes, this.alarms.bytes);
        encoder.clearBuffer(this.alarms.buffer);
      }
      this.device.queue.submit([encoder.finish()]);
      const mapped = copy.mapAsync(usage.mapRead, 0, total).catch((error: unknown) => this.#fail(String(error)));
      await this.#collectErrors();
      await mapped;
      this.check();
      const content = copy.getMappedRange();
      if (armed) this.#mistake ??= this.alarms.errorIn(new Uint32Array(content.slice(bytes)));
      return content.slice(0, bytes);
    } finally {
      copy.destroy();
    }
  }

  #begin(): { encoder: GPUCommandEncoder; pass: GPUComputePassEncoder } {
    const encoder = this.device.createCommandEncoder();
    return { encoder, pass: encoder.beginComputePass() };
  }

  #watch(): void {
    this.device.pushErrorScope("internal");
    this.device.pushErrorScope("out-of-memory");
    this.device.pushErrorScope("validation");
  }

  async #collectErrors(): Promise<void> {
    const scopes = [1, 2, 3].map(() => this.device.popErrorScope());
    this.#watch();
    for (const [index, scope] of scopes.entries()) {
      const error = await scope.catch(() => null);
      if (error !== null)
        this.#fail(index === 1 ? `out of memory (${error.message.trim()}): ${lessMemory}` : error.message);
    }
  }

  #fail(message: string): void {
    this.#failure ??= new Error(`gpu: ${message}`);
  }
}

const lessMemory = "take smaller batches, or free tensors with scope(…) or x.dispose()";
