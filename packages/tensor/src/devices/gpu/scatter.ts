import { type GatherAttrs, scatterAdd } from "../../ops/index/gather.ts";
import { type IndexAttrs, indexAddSlabs, indexCopy } from "../../ops/index/index-select.ts";
import { type Extreme, type ScatterFoldAttrs, scatterFold, scatterWrite } from "../../ops/index/scatter.ts";
import { blockOf } from "../../ops/reduce/define.ts";
import { contiguousStrides, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { outOfRange } from "./alarms.ts";
import { type WgslType, wgslTypeOf } from "./elements.ts";
import { inRange } from "./gather.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { runEach, type Scratch } from "./shader.ts";
import { sortLines } from "./sort.ts";

/** What becomes of what arrives at one place. */
type Join = "add" | "write" | Extreme;

interface Scatter {
  readonly who: string;
  readonly join: Join;
  /** Whether the element of `x` takes part where something arrives. */
  readonly includeSelf: boolean;
  readonly x: Tensor;
  readonly index: Tensor;
  readonly source: Tensor;
  readonly dim: number;
  /** The shape that index and source have, and their strides over it. */
  readonly shape: Shape;
  readonly indexStrides: readonly number[];
  readonly sourceStrides: readonly number[];
}

/** The longest line of indices that is searched as it is; longer ones are sorted first. */
const mostUnsorted = 32;

/**
 * Writes `x` with the source joined in where the index says along `dim`. Each element of the output looks for what
 * arrives there, in the order in which it stands: the result never depends on timing.
 */
function scatter(runtime: Runtime, output: Tensor, given: Scatter): void {
  const { who, join, includeSelf, x, index, source, dim, shape, indexStrides, sourceStrides } = given;
  const count = shape[dim] ?? 1;
  checkRange(runtime, who, index, x.shape[dim] ?? 1);
  const sorted = count > mostUnsorted;
  const order: Scratch = { buffer: runtime.buffers.take(sorted ? index.size : 1), type: "i32" };
  if (sorted) sortLines(runtime, index, blockOf(index.shape, { dim: index.ndim < 2 ? 0 : dim, span: 1 }), false, order);
  const sizes: Record<string, number> = {};
  x.shape.forEach((length, at) => {
    sizes[`length${at}`] = length;
    sizes[`reach${at}`] = shape[at] as number;
    sizes[`indexStep${at}`] = indexStrides[at] as number;
    sizes[`sourceStep${at}`] = sourceStrides[at] as number;
  });
  const step = { count, indexStep: indexStrides[dim] ?? 1, sourceStep: sourceStrides[dim] ?? 1 };
  const job = { inputs: { x, picks: index, source, order }, output, whole: { ...step, ...sizes } };
  const type = wgslTypeOf(x.dtype);
  const stored =
    output.dtype === "bool" ? "select(0u, 1u, total != 0u)" : output.dtype === "uint8" ? "total & 255u" : "total";
  const variant = `${join} ${includeSelf} ${sorted} ${x.ndim} ${dim} ${output.dtype}`;
  runEach(runtime, scatter, variant, output.size, job, () => ({
    functions: joinToWgsl(join, type),
    body: `${coordinates(x.ndim, dim)}
    var total = x(index);
    var lost = ${type}(0);
    var arrived = false;
    if (within) {
      ${sorted ? firstEqual : "var k = 0u;"}
      for (; k < a.count; k++) {
        let place = ${sorted ? "u32(order(indexBase + k * a.indexStep))" : "k"};
        if (u32(picks(indexBase + place * a.indexStep)) != own) { ${sorted ? "break;" : "continue;"} }
        let value = source(sourceBase + place * a.sourceStep);
        ${includeSelf ? "" : `if (!arrived) { total = ${identity(join, type)}; }`}
        arrived = true;
        ${join === "add" && type === "f32" ? compensated : "total = joined(total, value);"}
      }
    }
    put(index, ${stored});`,
  }));
  runtime.buffers.give(order.buffer);
}

/** Kahan's sum: many elements may arrive at one place. */
const compensated = `let next = value - lost;
        let sum = total + next;
        lost = (sum - total) - next;
        total = sum;`;

/** Sets `k` to the first of the sorted indices that is not below the own place. */
const firstEqual = `var k = 0u;
      var high = a.count;
      while (k < high) {
        let middle = (k + high) / 2u;
        let place = u32(order(indexBase + middle * a.indexStep));
        if (u32(picks(indexBase + place * a.indexStep)) < own) { k = middle + 1u; } else { high = middle; }
      }`;

/** Sets `own`, the place along the dimension, and where the line of the index begins, if one is there. */
function coordinates(rank: number, dim: number): string {
  const lines = [
    "var rest = index;",
    "var own = 0u;",
    "var within = true;",
    "var indexBase = 0u;",
    "var sourceBase = 0u;",
  ];
  for (let at = rank - 1; at >= 0; at--) {
    if (at === dim) lines.push(`own = rest % a.length${at};`);
    else {
      lines.push(`within = within && rest % a.length${at} < a.reach${at};`);
      lines.push(`indexBase += rest % a.length${at} * a.indexStep${at};`);
      lines.push(`sourceBase += rest % a.length${at} * a.sourceStep${at};`);
    }
    lines.push(`rest /= a.length${at};`);
  }
  return lines.join("\n    ");
}

function joinToWgsl(join: Join, type: WgslType): string {
  const extreme = (which: string): string => (type === "f32" ? `fn_${which}(x, y)` : `${which}(x, y)`);
  const value = { add: "x + y", write: "y", prod: "x * y", amax: extreme("max"), amin: extreme("min") }[join];
  return `fn joined(x : ${type}, y : ${type}) -> ${type} { return ${value}; }`;
}

/** What joins without a trace. */
function identity(join: Join, type: WgslType): string {
  if (join === "prod") return `${type}(1)`;
  if (join === "add" || join === "write") return `${type}(0)`;
  return "value";
}

/** Reports an index that names none of `length` elements. */
function checkRange(runtime: Runtime, who: string, index: Tensor, length: number): void {
  const spare: Scratch = { buffer: runtime.buffers.take(1), type: "u32" };
  const job = { inputs: { picks: index }, output: spare, whole: { length }, alarm: outOfRange(who) };
  runEach(runtime, checkRange, "", index.size, job, () => ({
    functions: inRange,
    body: "if (inRange(picks(index), a.length) == 0xffffffffu) { put(0u, 0u); }",
  }));
  runtime.buffers.give(spare.buffer);
}

/** Of an index with as many dimensions as `x`. */
function alongLines(
  who: string,
  join: Join,
  [x, index, source]: readonly Tensor[],
  dim: number,
  includeSelf = true,
): Scatter {
  const { shape } = index as Tensor;
  const strides = contiguousStrides(shape);
  const common = { who, join, includeSelf, dim, shape, indexStrides: strides, sourceStrides: strides };
  return { ...common, x: x as Tensor, index: index as Tensor, source: source as Tensor };
}

/** Of an index of one dimension, which names slabs of `x`. */
function alongSlabs(who: string, join: Join, [x, index, source]: readonly Tensor[], dim: number): Scatter {
  const { shape } = x as Tensor;
  const taken = shape.map((length, at) => (at === dim ? (index as Tensor).size : length));
  const common = { who, join, includeSelf: true, dim, shape: taken, sourceStrides: contiguousStrides(taken) };
  const indexStrides = shape.map((_, at) => (at === dim ? 1 : 0));
  return { ...common, indexStrides, x: x as Tensor, index: index as Tensor, source: source as Tensor };
}

const gpuScatterAdd: GpuKernel<GatherAttrs> = (runtime, inputs, output, { dim }) =>
  scatter(runtime, output, alongLines("scatterAdd", "add", inputs, dim));

const gpuScatterWrite: GpuKernel<GatherAttrs> = (runtime, inputs, output, { dim }) =>
  scatter(runtime, output, alongLines("scatter", "write", inputs, dim));

const gpuScatterFold: GpuKernel<ScatterFoldAttrs> = (runtime, inputs, output, { dim, reduce, includeSelf }) =>
  scatter(runtime, output, alongLines("scatterReduce", reduce, inputs, dim, includeSelf));

const gpuIndexAdd: GpuKernel<IndexAttrs> = (runtime, inputs, output, { dim }) =>
  scatter(runtime, output, alongSlabs("indexAdd", "add", inputs, dim));

const gpuIndexCopy: GpuKernel<IndexAttrs> = (runtime, inputs, output, { dim }) =>
  scatter(runtime, output, alongSlabs("indexCopy", "write", inputs, dim));

export const scatterKernels = {
  indexAddSlabs: [indexAddSlabs.op, gpuIndexAdd],
  indexCopy: [indexCopy.op, gpuIndexCopy],
  scatterAdd: [scatterAdd.op, gpuScatterAdd],
  scatterFold: [scatterFold.op, gpuScatterFold],
  scatterWrite: [scatterWrite.op, gpuScatterWrite],
} as const;
