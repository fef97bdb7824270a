import { canRunOnGpu } from "../../formula/gpu.ts";
import type { Updates } from "../../ops/elementwise/updates.ts";
import type { Tensor } from "../../tensor.ts";
import { bufferOf } from "./kernel.ts";
import { withNatives } from "./natives/natives.ts";
import { mostArguments, type Runtime } from "./runtime.ts";
import { formulaToWgsl } from "./translate.ts";

/** Threads of a workgroup. */
const threads = 64;

/** Computes several formulas into `targets` in one pass; false, with nothing done, where their elements lie apart. */
export function runUpdates(
  runtime: Runtime,
  updates: Updates,
  inputs: readonly Tensor[],
  targets: readonly Tensor[],
  params: readonly number[],
): boolean {
  const operands = [...inputs, ...targets];
  const { size } = targets[0] as Tensor;
  const { limits } = runtime.device;
  const groups = Math.ceil(size / threads);
  if (operands.some((x) => x.dtype !== "float32" || x.isNumber || !x.isContiguous)) return false;
  if (size === 0 || groups > limits.maxComputeWorkgroupsPerDimension) return false;
  if (!updates.each.every(({ formula }) => canRunOnGpu(formula.node))) return false;
  // Where an input is a target, it is read there: WebGPU forbids a call to read and write one buffer.
  const places = inputs.map((x) => targets.findIndex((target) => target.storage === x.storage));
  if (places.some((at, i) => at >= 0 && targets[at]?.offset !== inputs[i]?.offset)) return false;
  if (new Set(targets.map(({ storage }) => storage)).size < targets.length) return false;
  const apart = inputs.filter((_, i) => places[i] === -1);
  if (apart.length + targets.length > limits.maxStorageBuffersPerShaderStage) return false;
  const program = runtime.program(
    updates,
    places.join(),
    apart.length,
    () => shader(updates, places, apart.length, targets.length),
    { outputs: targets.length },
  );
  runtime.call(program, {
    inputs: apart.map(bufferOf),
    output: targets.map(bufferOf),
    whole: [size, ...[...apart, ...targets].map(({ offset }) => offset)],
    floats: params,
    groups: [groups, 1, 1],
  });
  return true;
}

function shader(updates: Updates, places: readonly number[], inputs: number, targets: number): string {
  const total = inputs + targets;
  const bindings = Array.from({ length: total }, (_, k) => {
    const access = k < inputs ? "read" : "read_write";
    return `@group(0) @binding(${k + 1}) var<storage, ${access}> memory${k} : array<f32>;`;
  });
  let next = 0;
  const memoryOf = places.map((at) => (at < 0 ? next++ : inputs + at));
  const element = (k: number): string => `memory${k}[${wholeArgument(1 + k)} + index]`;
  const reads = memoryOf.map((k, i) => `let x${i} = ${element(k)};`);
  const values = updates.each.map(({ formula }, k) => {
    const given = formula.params.map((name) => floatArgument(1 + total + updates.params.indexOf(name)));
    const read = formula.inputs.map((name) => `x${updates.inputs.indexOf(name)}`);
    return `let result${k} = fn_update${k}(${[...read, ...given].join(", ")});`;
  });
  const functions = updates.each.map(({ formula }, k) => formulaToWgsl(formula, `update${k}`));
  return `
@group(0) @binding(0) var<uniform> arguments : array<vec4<u32>, ${mostArguments / 4}>;
${bindings.join("\n")}
${withNatives(functions.join("\n"))}
@compute @workgroup_size(${threads})
fn main(@builtin(global_invocation_id) thread : vec3<u32>) {
  let index = thread.x;
  if (index >= ${wholeArgument(0)}) { return; }
  ${reads.join("\n  ")}
  ${values.join("\n  ")}
  ${values.map((_, k) => `${element(inputs + k)} = result${k};`).join("\n  ")}
}
`;
}

/** WGSL for the `index`-th argument of a call, as u32. */
const wholeArgument = (index: number): string => `arguments[${index >> 2}].${"xyzw"[index & 3]}`;

/** WGSL for the `index`-th argument of a call, as f32. */
const floatArgument = (index: number): string => `bitcast<f32>(${wholeArgument(index)})`;
