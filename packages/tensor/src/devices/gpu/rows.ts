import { sizeOf } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import type { Runtime } from "./runtime.ts";
import { type Job, runEach, runTogether, type Source } from "./shader.ts";

/**
 * Runs `body` once for each row `index`: by one thread where rows are short, else by a workgroup whose lanes share a row.
 * It loops over its elements by `${eachOf("a.length")} { … }`, where `i` is the element, and adds up what its lanes found
 * by `total(lane, value)`, or takes the largest by `largest(lane, value)`.
 */
export function runRows(
  runtime: Runtime,
  owner: object,
  variant: string,
  { rows, length }: { rows: number; length: number },
  job: Job,
  body: () => string,
): void {
  const lanes = length <= mostAlone ? 1 : length < 1024 ? 64 : 256;
  const source = (): Source => ({ functions: lanes > 1 ? joint(lanes) : alone, body: body() });
  if (lanes === 1) runEach(runtime, owner, variant, rows, job, source);
  else runTogether(runtime, owner, variant, lanes, rows, job, source);
}

/** The longest row that one thread takes alone. */
const mostAlone = 32;

/** The head of a loop over the elements of a row that this lane takes. */
export const eachOf = (length: string): string => `for (var i = lane; i < ${length}; i += lanes)`;

/** The size of a tensor's rows of the last `span` dimensions, and how many there are. */
export function rowsOf({ shape, size }: Tensor, span: number): { rows: number; length: number } {
  const length = sizeOf(shape.slice(shape.length - span));
  return { rows: length === 0 ? 0 : size / length, length };
}

const alone = `
const lanes = 1u;
fn total(lane : u32, value : f32) -> f32 { return value; }
fn largest(lane : u32, value : f32) -> f32 { return value; }`;

const joint = (lanes: number): string => `
const lanes = ${lanes}u;
var<workgroup> parts : array<f32, ${lanes}>;
${halving("total", "parts[lane] + parts[lane + half]")}
${halving("largest", "max(parts[lane], parts[lane + half])")}`;

const halving = (name: string, joined: string): string => `
fn ${name}(lane : u32, value : f32) -> f32 {
  parts[lane] = value;
  workgroupBarrier();
  for (var half = lanes / 2u; half > 0u; half >>= 1u) {
    if (lane < half) { parts[lane] = ${joined}; }
    workgroupBarrier();
  }
  let result = parts[0];
  workgroupBarrier();
  return result;
}`;
