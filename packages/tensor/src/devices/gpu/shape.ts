import { type CatAttrs, cat } from "../../ops/shape/cat.ts";
import { type FlipAttrs, flip } from "../../ops/shape/flip.ts";
import { keptPart, type PadAttrs } from "../../ops/shape/kept-part.ts";
import { padConstant } from "../../ops/shape/pad-constant.ts";
import { type TriangleAttrs, tril, triu } from "../../ops/shape/triangle.ts";
import { copySlices, type ScatterAttrs, stridedScatterAdd, type WriteAttrs } from "../../ops/view/as-strided.ts";
import { contiguousStrides, type Layout, type Shape } from "../../shape.ts";
import type { Tensor } from "../../tensor.ts";
import { wgslTypeOf } from "./elements.ts";
import { fill, runCopy } from "./elementwise.ts";
import { type GpuKernel, notOnGpu } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { runEach } from "./shader.ts";

/** Other elements of the same storage; strides may be negative here. */
const windowOf = (x: Tensor, shape: Shape, strides: readonly number[], offset: number): Tensor =>
  x.sibling(x.storage, shape, strides, offset);

const gpuCat: GpuKernel<CatAttrs> = (runtime, tensors, output, { dim }) => {
  const step = output.strides[dim] as number;
  let column = 0;
  for (const x of tensors) {
    runCopy(runtime, [x], windowOf(output, x.shape, output.strides, output.offset + column * step), undefined);
    column += x.shape[dim] as number;
  }
};

const gpuFlip: GpuKernel<FlipAttrs> = (runtime, [x], output, { dims }) => {
  const { shape, strides, offset, size } = x as Tensor;
  if (size === 0) return;
  const back = strides.map((step, dim) => (dims.includes(dim) ? -step : step));
  const last = dims.reduce((at, dim) => at + ((shape[dim] as number) - 1) * (strides[dim] as number), offset);
  runCopy(runtime, [windowOf(x as Tensor, shape, back, last)], output, undefined);
};

const gpuPad: GpuKernel<PadAttrs> = (runtime, [x], output, { pads, value }) => {
  const kept = keptPart(x as Tensor, output.shape, pads);
  fill(runtime, output, value);
  const from = windowOf(x as Tensor, kept.shape, kept.fromStrides, kept.from);
  runCopy(runtime, [from], windowOf(output, kept.shape, kept.toStrides, output.offset + kept.to), undefined);
};

function triangle(keeps: "<=" | ">="): GpuKernel<TriangleAttrs> {
  const kernel: GpuKernel<TriangleAttrs> = (runtime, [x], output, { diagonal }) => {
    const [rows, columns] = output.shape.slice(-2) as [number, number];
    const job = { inputs: { x: x as Tensor }, output, whole: { rows, columns, diagonal } };
    runEach(runtime, kernel, "", output.size, job, () => ({
      body: `let above = i32(index % a.columns) - i32(index / a.columns % a.rows) - i32(a.diagonal);
    if (above ${keeps} 0) { put(index, x(index)); } else { put(index, 0); }`,
    }));
  };
  return kernel;
}

/** Whether every element of a window has a place of its own. */
function isApart({ shape, strides }: Layout): boolean {
  const dims = strides
    .map((step, dim) => ({ step, length: shape[dim] as number }))
    .filter(({ length }) => length !== 1)
    .sort((x, y) => x.step - y.step);
  let reach = 0;
  for (const { step, length } of dims) {
    if (step <= reach) return false;
    reach += (length - 1) * step;
  }
  return true;
}

const gpuCopySlices: GpuKernel<WriteAttrs> = (runtime, [x, value], output, { window }) => {
  if (!isApart(window)) throw notOnGpu("copySlices", "where elements of the window share a place");
  runCopy(runtime, [x as Tensor], output, undefined);
  writeWindow(runtime, value as Tensor, output, window);
};

const writeWindow = (runtime: Runtime, value: Tensor, output: Tensor, { shape, strides, offset }: Layout): void => {
  const from = windowOf(value, shape, contiguousStrides(shape), value.offset);
  runCopy(runtime, [from], windowOf(output, shape, strides, output.offset + offset), undefined);
};

const gpuStridedScatterAdd: GpuKernel<ScatterAttrs> = (runtime, [x], output, { window }) => {
  if (isApart(window) || (x as Tensor).size === 0) {
    fill(runtime, output, 0);
    writeWindow(runtime, x as Tensor, output, window);
  } else gatherWindow(runtime, x as Tensor, output, window);
};

/**
 * For each place, the sum of all elements of the window that lie there. The largest strides come first: of each
 * coordinate only those are tried from which the rest of the window still reaches the place.
 */
function gatherWindow(runtime: Runtime, x: Tensor, output: Tensor, { shape, strides, offset }: Layout): void {
  const from = contiguousStrides(shape);
  const dims = shape
    .map((length, dim) => ({ length, step: strides[dim] as number, from: from[dim] as number }))
    .filter(({ length }) => length !== 1)
    .sort((one, other) => other.step - one.step);
  const whole: Record<string, number> = { offset };
  dims.forEach(({ length, step, from: source }, k) => {
    const reach = dims.slice(k + 1).reduce((total, inner) => total + (inner.length - 1) * inner.step, 0);
    Object.assign(whole, { [`length${k}`]: length, [`step${k}`]: step, [`from${k}`]: source, [`reach${k}`]: reach });
  });
  const job = { inputs: { x }, output, whole };
  const zero = `${wgslTypeOf(x.dtype)}(0)`;
  runEach(runtime, gatherWindow, String(dims.length), output.size, job, () => ({
    body: `if (index < a.offset) { put(index, ${zero}); continue; }
    let rest0 = index - a.offset;
    let at0 = 0u;
    var sum = ${zero};
    ${nested(dims.length, 0)}
    put(index, sum);`,
  }));
}

function nested(rank: number, k: number): string {
  if (k === rank) return `if (rest${k} == 0u) { sum += x(at${k}); }`;
  return `let low${k} = select(0u, (max(rest${k}, a.reach${k}) - a.reach${k} + a.step${k} - 1u) / max(a.step${k}, 1u), a.step${k} > 0u);
    let high${k} = select(a.length${k} - 1u, min(a.length${k} - 1u, rest${k} / max(a.step${k}, 1u)), a.step${k} > 0u);
    for (var c${k} = low${k}; c${k} <= high${k}; c${k}++) {
      let rest${k + 1} = rest${k} - c${k} * a.step${k};
      let at${k + 1} = at${k} + c${k} * a.from${k};
      ${nested(rank, k + 1)}
    }`;
}

export const shapeKernels = {
  cat: [cat.op, gpuCat],
  copySlices: [copySlices.op, gpuCopySlices],
  flip: [flip.op, gpuFlip],
  padConstant: [padConstant.op, gpuPad],
  stridedScatterAdd: [stridedScatterAdd.op, gpuStridedScatterAdd],
  tril: [tril.op, triangle("<=")],
  triu: [triu.op, triangle(">=")],
} as const;
