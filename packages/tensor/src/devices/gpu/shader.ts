import type { Tensor } from "../../tensor.ts";
import { alarmsToWgsl } from "./alarms.ts";
import { type WgslType, wgslTypeOf } from "./elements.ts";
import { bufferOf, notOnGpu } from "./kernel.ts";
import { nativesFor } from "./natives/natives.ts";
import type { Runtime } from "./runtime.ts";

/** What a kernel written in WGSL works on; its source knows everything by the names given here. */
export interface Job {
  /** Contiguous: `x(i)` is element i of `x`. */
  readonly inputs: Readonly<Record<string, Operand>>;
  /** Contiguous: `put(i, value)` writes element i, `made(i)` reads it back. */
  readonly output: Operand;
  /** `a.rows` is `rows`, a u32. */
  readonly whole: Readonly<Record<string, number>>;
  /** `a.eps` is `eps`, an f32. */
  readonly floats?: Readonly<Record<string, number>>;
  /** The sentence that `raise(a.alarm, value)` makes the next read throw; `value` takes the place of its `%`. */
  readonly alarm?: string | undefined;
}

export type Operand = Tensor | Scratch;

/** A buffer that no tensor owns. Of `atomic<u32>` elements an output offers `made` itself, an array of atomics. */
export interface Scratch {
  readonly buffer: GPUBuffer;
  readonly type: WgslType | "atomic<u32>";
}

export interface Source {
  /** Functions and variables of the module; natives that these or the body call come by themselves. */
  readonly functions?: string;
  /** The statements run for each `index`, in a loop: `continue` leaves it. */
  readonly body: string;
}

/** Runs `body` once for each `index` below `count`. `variant` names the source among those of `owner`. */
export function runEach(
  runtime: Runtime,
  owner: object,
  variant: string,
  count: number,
  job: Job,
  source: () => Source,
): void {
  run(runtime, owner, variant, 1, count, job, source);
}

/**
 * Runs `body` once for each `index` below `count`, by a workgroup of `lanes` threads: its `lane` is their number. All of
 * them come to the same barriers.
 */
export function runTogether(
  runtime: Runtime,
  owner: object,
  variant: string,
  lanes: number,
  count: number,
  job: Job,
  source: () => Source,
): void {
  run(runtime, owner, `${variant} ${lanes}`, lanes, count, job, source);
}

/** Throws unless all of `operands` are float32. */
export function checkFloat32(who: string, operands: readonly Tensor[]): void {
  for (const { dtype } of operands) if (dtype !== "float32") throw notOnGpu(who, `for ${dtype}`);
}

/** Threads of a workgroup where each takes an index of its own. */
const threads = 64;

/** Workgroups in a row of the grid. Every device grants 65535, in each of its dimensions. */
const mostGroups = 32768;

function run(
  runtime: Runtime,
  owner: object,
  variant: string,
  lanes: number,
  count: number,
  { inputs, output, whole, floats = {}, alarm }: Job,
  source: () => Source,
): void {
  if (count === 0) return;
  // Where lanes share an index, a workgroup goes on to another one when the row is full.
  const wanted = lanes > 1 ? Math.min(mostGroups, count) : Math.ceil(count / threads);
  const operands = Object.entries(inputs);
  const types = operands.map(([, operand]) => typeOf(operand));
  const numbers = alarm === undefined ? whole : { alarm: runtime.alarms.slotOf(alarm), ...whole };
  const alarmed = alarm !== undefined;
  const key = `${variant} ${types.join()} ${typeOf(output)} ${alarmed}`;
  const makeSource = (): string => {
    const names = operands.map(([name]) => name);
    const members = [
      ...["indices", ...names.map((name) => `${name}At`), "putAt", ...Object.keys(numbers)].map(
        (name) => `${name} : u32`,
      ),
      ...Object.keys(floats).map((name) => `${name} : f32`),
    ];
    return `
struct Arguments { ${members.join(", ")} }
@group(0) @binding(0) var<uniform> a : Arguments;
${names.map((name, k) => inputToWgsl(name, types[k] as string, k + 1)).join("")}
${outputToWgsl(typeOf(output), names.length + 1)}
${alarmed ? alarmsToWgsl(names.length + 2) : ""}
${mainToWgsl(lanes, source())}`;
  };
  const program = runtime.program(owner, key, operands.length, makeSource, { alarmed });
  runtime.call(program, {
    inputs: operands.map(([, operand]) => bufferBehind(operand)),
    output: bufferBehind(output),
    whole: [count, ...operands.map(([, operand]) => offsetOf(operand)), offsetOf(output), ...Object.values(numbers)],
    floats: Object.values(floats),
    groups: [Math.min(mostGroups, wanted), Math.ceil(wanted / mostGroups), 1],
  });
}

const inputToWgsl = (name: string, type: string, binding: number): string => `
@group(0) @binding(${binding}) var<storage, read> ${name}Data : array<${type}>;
fn ${name}(i : u32) -> ${type} { return ${name}Data[a.${name}At + i]; }`;

function outputToWgsl(type: string, binding: number): string {
  if (type === "atomic<u32>") return `@group(0) @binding(${binding}) var<storage, read_write> made : array<${type}>;`;
  return `
@group(0) @binding(${binding}) var<storage, read_write> outputData : array<${type}>;
fn put(i : u32, value : ${type}) { outputData[a.putAt + i] = value; }
fn made(i : u32) -> ${type} { return outputData[a.putAt + i]; }`;
}

function mainToWgsl(lanes: number, { functions = "", body }: Source): string {
  return `
${nativesFor(functions + body)}
${functions}
@compute @workgroup_size(${lanes > 1 ? lanes : threads})
fn main(
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
  @builtin(global_invocation_id) thread : vec3<u32>,
  @builtin(local_invocation_index) own : u32,
) {
  ${lanes > 1 ? jointly(body) : alone(body)}
}
`;
}

const jointly = (body: string): string => `let lane = own;
  for (var index = group.x; index < a.indices; index += groups.x) {
    ${body}
  }`;

/** Without a loop, which costs more than a short body; `continue` leaves a loop of one round. */
const alone = (body: string): string => `const lane = 0u;
  let index = thread.x + thread.y * groups.x * ${threads}u;
  if (index >= a.indices) { return; }
  ${body.includes("continue;") ? `loop { ${body} continuing { break if true; } }` : `{ ${body} }`}`;

const typeOf = (operand: Operand): Scratch["type"] => ("buffer" in operand ? operand.type : wgslTypeOf(operand.dtype));

const bufferBehind = (operand: Operand): GPUBuffer => ("buffer" in operand ? operand.buffer : bufferOf(operand));

const offsetOf = (operand: Operand): number => ("buffer" in operand ? 0 : operand.offset);
