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

/**
 * Runs `body` once for each `index` below `count`. `variant` names the source among those of `owner`. In quads `x(i)` is
 * a vec4, as is what `put(i, value)` takes: all offsets have to be multiples of 4.
 */
export function runEach(
  runtime: Runtime,
  owner: object,
  variant: string,
  count: number,
  { inputs, output, whole, floats = {}, alarm }: Job,
  source: () => Source,
  division: Division = alone,
): void {
  if (count === 0) return;
  const operands = Object.entries(inputs);
  const types = operands.map(([, operand]) => typeOf(operand));
  const numbers = alarm === undefined ? whole : { alarm: runtime.alarms.slotOf(alarm), ...whole };
  const alarmed = alarm !== undefined;
  const { width, threads: lanes } = division;
  const key = `${variant} ${width} ${lanes} ${types.join()} ${typeOf(output)} ${alarmed}`;
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
${names.map((name, k) => inputToWgsl(name, widened(types[k] as string, width), k + 1)).join("")}
${outputToWgsl(widened(typeOf(output), width), names.length + 1)}
${alarmed ? alarmsToWgsl(names.length + 2) : ""}
${mainToWgsl(division, source())}`;
  };
  const program = runtime.program(owner, key, operands.length, makeSource, { alarmed });
  const places = [...operands.map(([, operand]) => operand), output].map((operand) => offsetOf(operand) / width);
  runtime.call(program, {
    inputs: operands.map(([, operand]) => bufferBehind(operand)),
    output: bufferBehind(output),
    whole: [count, ...places, ...Object.values(numbers)],
    floats: Object.values(floats),
    groups: gridOf(division.groups(count)),
  });
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
  runEach(runtime, owner, variant, count, job, source, together(lanes));
}

/** Whether tensors of one size are worth reading in quads, and lie so that they can be. */
export const fitQuads = (operands: readonly Tensor[]): boolean =>
  operands.every(({ size, offset }) => size >= leastInQuads && size % 4 === 0 && offset % 4 === 0);

/** Smaller tensors are not worth a shader of their own. */
const leastInQuads = 2 ** 14;

/** WGSL for the four values of a quad of `type`: `value` says each, of parts such as `.x`. */
export const quadOf = (type: WgslType, value: (part: string) => string): string =>
  `vec4<${type}>(${[".x", ".y", ".z", ".w"].map(value).join(", ")})`;

/** Throws unless all of `operands` are float32. */
export function checkFloat32(who: string, operands: readonly Tensor[]): void {
  for (const { dtype } of operands) if (dtype !== "float32") throw notOnGpu(who, `for ${dtype}`);
}

/** Threads of a workgroup where each takes indices of its own. */
const threads = 64;

/** Quads that a thread takes. */
const quadsEach = 4;

/** Workgroups in a row of the grid. Every device grants 65535, in each of its dimensions. */
const mostGroups = 32768;

/** The grid of `groups` workgroups. */
export const gridOf = (groups: number): [number, number, number] => [
  Math.min(mostGroups, groups),
  Math.ceil(groups / mostGroups),
  1,
];

/** How indices go to threads. */
export interface Division {
  /** Elements of an index. */
  readonly width: 1 | 4;
  readonly threads: number;
  groups(count: number): number;
  /** WGSL that runs `body` for the indices of a thread, which is `own` in its workgroup. */
  main(body: string): string;
}

/** The number of a thread in the whole grid, in WGSL, and how many there are. */
const [ownThread, allThreads] = [`group.y * groups.x * ${threads}u + thread.x`, `groups.x * groups.y * ${threads}u`];

/** Without a loop, which costs more than a short body; `continue` leaves a loop of one round. */
export const alone: Division = {
  width: 1,
  threads,
  groups: (count) => Math.ceil(count / threads),
  main: (body) => `const lane = 0u;
  let index = ${ownThread};
  if (index >= a.indices) { return; }
  ${body.includes("continue;") ? `loop { ${body} continuing { break if true; } }` : `{ ${body} }`}`,
};

/** Every index is a quad of elements. */
export const inQuads: Division = {
  width: 4,
  threads,
  groups: (count) => Math.ceil(count / (quadsEach * threads)),
  main: (body) => `for (var index = ${ownThread}; index < a.indices; index += ${allThreads}) { ${body} }`,
};

/** All lanes of a workgroup share an index; it goes on to another one when the row is full. */
const together = (lanes: number): Division => ({
  width: 1,
  threads: lanes,
  groups: (count) => Math.min(mostGroups, count),
  main: (body) => `let lane = own;
  for (var index = group.x; index < a.indices; index += groups.x) {
    ${body}
  }`,
});

const widened = (type: string, width: 1 | 4): string => (width === 1 ? type : `vec4<${type}>`);

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

/** The main function for the indices below `a.indices`, after all that it calls. */
export function mainToWgsl(division: Division, { functions = "", body }: Source): string {
  return `
${nativesFor(functions + body)}
${functions}
@compute @workgroup_size(${division.threads})
fn main(
  @builtin(workgroup_id) group : vec3<u32>,
  @builtin(num_workgroups) groups : vec3<u32>,
  @builtin(global_invocation_id) thread : vec3<u32>,
  @builtin(local_invocation_index) own : u32,
) {
  ${division.main(body)}
}
`;
}

const typeOf = (operand: Operand): Scratch["type"] => ("buffer" in operand ? operand.type : wgslTypeOf(operand.dtype));

const bufferBehind = (operand: Operand): GPUBuffer => ("buffer" in operand ? operand.buffer : bufferOf(operand));

const offsetOf = (operand: Operand): number => ("buffer" in operand ? 0 : operand.offset);
