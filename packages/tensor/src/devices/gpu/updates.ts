import { canRunOnGpu } from "../../formula/gpu.ts";
import type { Updates } from "../../ops/elementwise/updates.ts";
import type { Tensor } from "../../tensor.ts";
import { bufferOf } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { alone, type Division, fitQuads, gridOf, inQuads, mainToWgsl, quadOf } from "./shader.ts";
import { formulaToWgsl } from "./translate.ts";

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
  if (operands.some((x) => x.dtype !== "float32" || x.isNumber || !x.isContiguous)) return false;
  if (size === 0) return false;
  if (!updates.each.every(({ formula }) => canRunOnGpu(formula.node))) return false;
  // Where an input is a target, it is read there: WebGPU forbids a call to read and write one buffer.
  const places = inputs.map((x) => targets.findIndex((target) => target.storage === x.storage));
  if (places.some((at, i) => at >= 0 && targets[at]?.offset !== inputs[i]?.offset)) return false;
  if (new Set(targets.map(({ storage }) => storage)).size < targets.length) return false;
  const apart = inputs.filter((_, i) => places[i] === -1);
  if (apart.length + targets.length > runtime.device.limits.maxStorageBuffersPerShaderStage) return false;
  const division = fitQuads([...apart, ...targets]) ? inQuads : alone;
  const program = runtime.program(
    updates,
    `${places.join()} ${division.width}`,
    apart.length,
    () => shader(updates, places, apart.length, targets.length, division),
    { outputs: targets.length },
  );
  const count = size / division.width;
  runtime.call(program, {
    inputs: apart.map(bufferOf),
    output: targets.map(bufferOf),
    whole: [count, ...[...apart, ...targets].map(({ offset }) => offset / division.width)],
    floats: params,
    groups: gridOf(division.groups(count)),
  });
  return true;
}

function shader(
  updates: Updates,
  places: readonly number[],
  inputs: number,
  targets: number,
  division: Division,
): string {
  const operands = Array.from({ length: inputs + targets }, (_, k) => k);
  const type = division.width === 1 ? "f32" : "vec4<f32>";
  const bindings = operands.map((k) => {
    const access = k < inputs ? "read" : "read_write";
    return `@group(0) @binding(${k + 1}) var<storage, ${access}> memory${k} : array<${type}>;`;
  });
  let next = 0;
  const memoryOf = places.map((at) => (at < 0 ? next++ : inputs + at));
  const element = (k: number): string => `memory${k}[a.at${k} + index]`;
  const reads = memoryOf.map((k, i) => `let x${i} = ${element(k)};`);
  const values = updates.each.map(({ formula }, k) => {
    const given = formula.params.map((name) => `a.given${updates.params.indexOf(name)}`);
    const read = formula.inputs.map((name) => `x${updates.inputs.indexOf(name)}`);
    const call = (part: string): string =>
      `fn_update${k}(${[...read.map((name) => name + part), ...given].join(", ")})`;
    return `let result${k} = ${division.width === 1 ? call("") : quadOf("f32", call)};`;
  });
  const members = [
    "indices : u32",
    ...operands.map((k) => `at${k} : u32`),
    ...updates.params.map((_, k) => `given${k} : f32`),
  ];
  return `
struct Arguments { ${members.join(", ")} }
@group(0) @binding(0) var<uniform> a : Arguments;
${bindings.join("\n")}
${mainToWgsl(division, {
  functions: updates.each.map(({ formula }, k) => formulaToWgsl(formula, `update${k}`)).join("\n"),
  body: [...reads, ...values, ...values.map((_, k) => `${element(inputs + k)} = result${k};`)].join("\n  "),
})}`;
}
