/** A compiled shader: binding 0 holds the arguments, then come the inputs, the outputs, and the alarms if it raises any. */
export interface Program {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly alarmed: boolean;
}

/** What a program writes to. */
export interface Writes {
  /** How many outputs it has; default 1. */
  readonly outputs?: number;
  /** Whether it raises alarms. */
  readonly alarmed?: boolean;
}

/** Compiles shaders, each once. */
export class Programs {
  readonly #device: GPUDevice;
  readonly #layouts = new Map<string, GPUBindGroupLayout>();
  readonly #byOwner = new WeakMap<object, Map<string, Program>>();

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** The program that `owner` keeps under `key`; `source` writes its WGSL the first time. */
  of(owner: object, key: string, inputs: number, source: () => string, writes: Writes): Program {
    const programs = this.#byOwner.get(owner) ?? new Map<string, Program>();
    if (programs.size === 0) this.#byOwner.set(owner, programs);
    const program = programs.get(key) ?? this.#compile(inputs, source(), writes);
    programs.set(key, program);
    return program;
  }

  #compile(inputs: number, code: string, { outputs = 1, alarmed = false }: Writes): Program {
    const layout = this.#layoutFor(inputs, alarmed ? outputs + 1 : outputs);
    const compute = { module: this.#device.createShaderModule({ code }), entryPoint: "main" };
    const pipelineLayout = this.#device.createPipelineLayout({ bindGroupLayouts: [layout] });
    return { layout, alarmed, pipeline: this.#device.createComputePipeline({ layout: pipelineLayout, compute }) };
  }

  #layoutFor(inputs: number, written: number): GPUBindGroupLayout {
    const key = `${inputs} ${written}`;
    const known = this.#layouts.get(key);
    if (known !== undefined) return known;
    const types = [
      "uniform",
      ...Array.from({ length: inputs }, () => "read-only-storage"),
      ...Array.from({ length: written }, () => "storage"),
    ] as GPUBufferBindingType[];
    const entries = types.map((type, binding) => ({
      binding,
      visibility: 4,
      buffer: { type, hasDynamicOffset: binding === 0 },
    }));
    const layout = this.#device.createBindGroupLayout({ entries });
    this.#layouts.set(key, layout);
    return layout;
  }
}
