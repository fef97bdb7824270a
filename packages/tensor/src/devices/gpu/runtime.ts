import { Buffers, usage } from "./buffers.ts";

/** Numbers that one call of a program reads: whole ones first, then floats. */
export const mostArguments = 64;

/** The alignment that every WebGPU device grants. */
const argumentBytes = 4 * mostArguments;
/** Calls recorded before they are submitted. */
const mostCalls = 64;

/** A compiled shader: binding 0 holds the arguments, then come the inputs, then the output. */
interface Program {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** One call of a program. */
interface Call {
  readonly inputs: readonly GPUBuffer[];
  readonly output: GPUBuffer;
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
  readonly #layouts = new Map<number, GPUBindGroupLayout>();
  readonly #programs = new WeakMap<object, Map<string, Program>>();
  readonly #arguments = new ArrayBuffer(mostCalls * argumentBytes);
  readonly #argumentBuffer: GPUBuffer;
  #batch: { readonly encoder: GPUCommandEncoder; readonly pass: GPUComputePassEncoder } | undefined;
  #calls = 0;
  #failure: Error | undefined;

  constructor(device: GPUDevice) {
    this.device = device;
    this.buffers = new Buffers(device, () => this.submit());
    this.#argumentBuffer = device.createBuffer({
      size: mostCalls * argumentBytes,
      usage: usage.uniform | usage.copyTarget,
    });
    this.#watch();
    device.lost.then(({ message }) => this.#fail(`the device was lost: ${message}`));
  }

  /** The program that `owner` keeps under `key`; `source` writes its WGSL the first time. */
  program(owner: object, key: string, inputs: number, source: () => string): Program {
    const programs = this.#programs.get(owner) ?? new Map<string, Program>();
    if (programs.size === 0) this.#programs.set(owner, programs);
    const program = programs.get(key) ?? this.#compile(inputs, source());
    programs.set(key, program);
    return program;
  }

  /** Records a call. It runs with its batch: when that is full, or before the next read. */
  call({ pipeline, layout }: Program, { inputs, output, whole, floats = [], groups }: Call): void {
    if (whole.length + floats.length > mostArguments) {
      throw new RangeError(`gpu: the operands have too many dimensions that do not join: use x.contiguous() first`);
    }
    const most = this.device.limits.maxComputeWorkgroupsPerDimension;
    if (groups.some((count) => count > most))
      throw new RangeError(`gpu: needs [${groups.join(", ")}] workgroups, at most ${most} each: split the tensor`);
    const at = this.#calls * argumentBytes;
    new Uint32Array(this.#arguments, at, whole.length).set(whole);
    new Float32Array(this.#arguments, at + 4 * whole.length, floats.length).set(floats);
    const resources: GPUBindingResource[] = [
      { buffer: this.#argumentBuffer, size: argumentBytes },
      ...inputs.map((buffer) => ({ buffer })),
      { buffer: output },
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
    this.#calls++;
    if (this.#calls === mostCalls) this.submit();
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
    this.submit();
    if (bytes === 0) return new ArrayBuffer(0);
    const copy = this.device.createBuffer({ size: bytes, usage: usage.mapRead | usage.copyTarget });
    const encoder = this.device.createCommandEncoder();
    encoder.copyBufferToBuffer(buffer, 0, copy, 0, bytes);
    this.device.queue.submit([encoder.finish()]);
    const mapped = copy.mapAsync(usage.mapRead, 0, bytes).catch((error: unknown) => this.#fail(String(error)));
    await this.#collectErrors();
    await mapped;
    if (this.#failure !== undefined) throw this.#failure;
    const content = copy.getMappedRange().slice(0);
    copy.destroy();
    return content;
  }

  #begin(): { encoder: GPUCommandEncoder; pass: GPUComputePassEncoder } {
    const encoder = this.device.createCommandEncoder();
    return { encoder, pass: encoder.beginComputePass() };
  }

  #compile(inputs: number, code: string): Program {
    const layout = this.#layoutFor(inputs);
    const compute = { module: this.device.createShaderModule({ code }), entryPoint: "main" };
    const pipelineLayout = this.device.createPipelineLayout({ bindGroupLayouts: [layout] });
    return { layout, pipeline: this.device.createComputePipeline({ layout: pipelineLayout, compute }) };
  }

  #layoutFor(inputs: number): GPUBindGroupLayout {
    const known = this.#layouts.get(inputs);
    if (known !== undefined) return known;
    const types = [
      "uniform",
      ...Array.from({ length: inputs }, () => "read-only-storage"),
      "storage",
    ] as GPUBufferBindingType[];
    const entries = types.map((type, binding) => ({
      binding,
      visibility: 4,
      buffer: { type, hasDynamicOffset: binding === 0 },
    }));
    const layout = this.device.createBindGroupLayout({ entries });
    this.#layouts.set(inputs, layout);
    return layout;
  }

  #watch(): void {
    this.device.pushErrorScope("internal");
    this.device.pushErrorScope("out-of-memory");
    this.device.pushErrorScope("validation");
  }

  async #collectErrors(): Promise<void> {
    const scopes = [1, 2, 3].map(() => this.device.popErrorScope());
    this.#watch();
    for (const scope of scopes) {
      const error = await scope.catch(() => null);
      if (error !== null) this.#fail(error.message);
    }
  }

  /** The first failure stays: what came after it computed nothing. */
  #fail(message: string): void {
    this.#failure ??= new Error(`gpu: ${message}`);
  }
}
