import {
  type BatchNormAttrs,
  batchNormInputGradient,
  batchNormMoments,
  batchNormTrain,
  batchNormWeightGradient,
} from "../../ops/norm/batch-norm.ts";
import {
  type LayerNormAttrs,
  layerNormInputGradient,
  layerNormRows,
  layerNormWeightGradient,
} from "../../ops/norm/layer-norm.ts";
import type { Tensor } from "../../tensor.ts";
import type { GpuKernel } from "./kernel.ts";
import { eachOf, rowsOf, runRows } from "./rows.ts";
import { checkFloat32, runEach } from "./shader.ts";

const gpuLayerNorm: GpuKernel<LayerNormAttrs> = (runtime, [x, weight, bias], output, { span, eps }) => {
  checkFloat32("layerNorm", [x as Tensor]);
  const rows = rowsOf(output, span);
  const inputs = named({ x, weight, bias });
  runRows(
    runtime,
    gpuLayerNorm,
    Object.keys(inputs).join(),
    rows,
    { inputs, output, whole: rows, floats: { eps } },
    () => `
    ${rowMoments}
    ${eachOf("a.length")} {
      put(row + i, (x(row + i) - mean) * rstd${weight ? " * weight(i)" : ""}${bias ? " + bias(i)" : ""});
    }`,
  );
};

const gpuLayerNormInputGradient: GpuKernel<LayerNormAttrs> = (runtime, [g, x, weight], output, { span, eps }) => {
  checkFloat32("layerNormInputGradient", [g as Tensor, x as Tensor]);
  const rows = rowsOf(output, span);
  const inputs = named({ g, x, weight });
  const own = weight ? "g(row + i) * weight(i)" : "g(row + i)";
  runRows(
    runtime,
    gpuLayerNormInputGradient,
    Object.keys(inputs).join(),
    rows,
    { inputs, output, whole: rows, floats: { eps } },
    () => `
    ${rowMoments}
    var ownSum = 0.0;
    var ownProducts = 0.0;
    ${eachOf("a.length")} {
      ownSum += ${own};
      ownProducts += ${own} * ((x(row + i) - mean) * rstd);
    }
    let share = total(lane, ownSum) / f32(a.length);
    let slope = total(lane, ownProducts) / f32(a.length);
    ${eachOf("a.length")} { put(row + i, (${own} - share - (x(row + i) - mean) * rstd * slope) * rstd); }`,
  );
};

/** Each row's moments first, into a scratch buffer; then a sum down each column. */
const gpuLayerNormWeightGradient: GpuKernel<LayerNormAttrs> = (runtime, [g, x], output, { span, eps }) => {
  checkFloat32("layerNormWeightGradient", [g as Tensor, x as Tensor]);
  const rows = rowsOf(g as Tensor, span);
  const moments = { buffer: runtime.buffers.take(2 * rows.rows), type: "f32" } as const;
  runRows(
    runtime,
    gpuLayerNormWeightGradient,
    "moments",
    rows,
    { inputs: { x: x as Tensor }, output: moments, whole: rows, floats: { eps } },
    () => `
    ${rowMoments}
    if (lane == 0u) { put(2u * index, mean); put(2u * index + 1u, rstd); }`,
  );
  runRows(
    runtime,
    gpuLayerNormWeightGradient,
    "columns",
    { rows: rows.length, length: rows.rows },
    { inputs: { g: g as Tensor, x: x as Tensor, moments }, output, whole: rows },
    () => `
    var own = 0.0;
    ${eachOf("a.rows")} {
      let at = i * a.length + index;
      own += g(at) * ((x(at) - moments(2u * i)) * moments(2u * i + 1u));
    }
    let sum = total(lane, own);
    if (lane == 0u) { put(index, sum); }`,
  );
  runtime.buffers.give(moments.buffer);
};

/** The moments of row `index`, which starts at `row`. */
const rowMoments = `
    let row = index * a.length;
    var added = 0.0;
    ${eachOf("a.length")} { added += x(row + i); }
    let mean = total(lane, added) / f32(a.length);
    var squared = 0.0;
    ${eachOf("a.length")} { let away = x(row + i) - mean; squared += away * away; }
    let rstd = 1.0 / sqrt(total(lane, squared) / f32(a.length) + a.eps);`;

const gpuBatchNormMoments: GpuKernel = (runtime, [x], output) => {
  checkFloat32("batchNormMoments", [x as Tensor]);
  const planes = planesOf(x as Tensor);
  runRows(
    runtime,
    gpuBatchNormMoments,
    "",
    channelsOf(planes),
    { inputs: { x: x as Tensor }, output, whole: planes },
    () => `
    var added = 0.0;
    ${eachOfChannel} { ${placeInChannel} added += x(at); }
    let mean = total(lane, added) / f32(a.batch * a.spatial);
    var squared = 0.0;
    ${eachOfChannel} { ${placeInChannel} let away = x(at) - mean; squared += away * away; }
    let variance = total(lane, squared) / f32(a.batch * a.spatial);
    if (lane == 0u) { put(index, mean); put(a.channels + index, variance); }`,
  );
};

const gpuBatchNorm: GpuKernel<BatchNormAttrs> = (runtime, [x, moments, weight, bias], output, { eps }) => {
  checkFloat32("batchNorm", [x as Tensor, moments as Tensor]);
  const inputs = named({ x, moments, weight, bias });
  const job = { inputs, output, whole: planesOf(output), floats: { eps } };
  runEach(runtime, gpuBatchNorm, Object.keys(inputs).join(), output.size, job, () => ({
    body: `
    let c = index / a.spatial % a.channels;
    let scale = ${weight ? "weight(c)" : "1.0"} / sqrt(moments(a.channels + c) + a.eps);
    put(index, (x(index) - moments(c)) * scale${bias ? " + bias(c)" : ""});`,
  }));
};

const gpuBatchNormInputGradient: GpuKernel<BatchNormAttrs> = (runtime, [g, x, moments, weight], output, { eps }) => {
  checkFloat32("batchNormInputGradient", [g as Tensor, x as Tensor, moments as Tensor]);
  const planes = planesOf(output);
  const inputs = named({ g, x, moments, weight });
  runRows(
    runtime,
    gpuBatchNormInputGradient,
    Object.keys(inputs).join(),
    channelsOf(planes),
    { inputs, output, whole: planes, floats: { eps } },
    () => `
    let mean = moments(index);
    let rstd = 1.0 / sqrt(moments(a.channels + index) + a.eps);
    var ownSum = 0.0;
    var ownProducts = 0.0;
    ${eachOfChannel} { ${placeInChannel} ownSum += g(at); ownProducts += g(at) * (x(at) - mean); }
    let share = total(lane, ownSum) / f32(a.batch * a.spatial);
    let slope = total(lane, ownProducts) / f32(a.batch * a.spatial) * rstd * rstd;
    let scale = ${weight ? "weight(index) * " : ""}rstd;
    ${eachOfChannel} { ${placeInChannel} put(at, (g(at) - share - slope * (x(at) - mean)) * scale); }`,
  );
};

const gpuBatchNormWeightGradient: GpuKernel<BatchNormAttrs> = (runtime, [g, x, moments], output, { eps }) => {
  checkFloat32("batchNormWeightGradient", [g as Tensor, x as Tensor, moments as Tensor]);
  const planes = planesOf(g as Tensor);
  runRows(
    runtime,
    gpuBatchNormWeightGradient,
    "",
    channelsOf(planes),
    { inputs: named({ g, x, moments }), output, whole: planes, floats: { eps } },
    () => `
    let mean = moments(index);
    var own = 0.0;
    ${eachOfChannel} { ${placeInChannel} own += g(at) * (x(at) - mean); }
    let products = total(lane, own);
    if (lane == 0u) { put(index, products / sqrt(moments(a.channels + index) + a.eps)); }`,
  );
};

export const normKernels = {
  batchNormInputGradient: [batchNormInputGradient.op, gpuBatchNormInputGradient],
  batchNormMoments: [batchNormMoments.op, gpuBatchNormMoments],
  batchNormTrain: [batchNormTrain.op, gpuBatchNorm],
  batchNormWeightGradient: [batchNormWeightGradient.op, gpuBatchNormWeightGradient],
  layerNormInputGradient: [layerNormInputGradient.op, gpuLayerNormInputGradient],
  layerNormRows: [layerNormRows.op, gpuLayerNorm],
  layerNormWeightGradient: [layerNormWeightGradient.op, gpuLayerNormWeightGradient],
} as const;

interface Planes extends Readonly<Record<string, number>> {
  readonly batch: number;
  readonly channels: number;
  readonly spatial: number;
}

/** A tensor `[n, c, ...]` seen as `[batch, channels, spatial]`. */
function planesOf({ shape, size }: Tensor): Planes {
  const [batch, channels] = shape as [number, number];
  return { batch, channels, spatial: size / Math.max(1, batch * channels) };
}

/** The channels as rows. */
const channelsOf = ({ batch, channels, spatial }: Planes): { rows: number; length: number } => ({
  rows: channels,
  length: batch * spatial,
});

const eachOfChannel = eachOf("a.batch * a.spatial");
/** Where element `i` of channel `index` is. */
const placeInChannel = "let at = (i / a.spatial * a.channels + index) * a.spatial + i % a.spatial;";

/** The operands that there are. */
function named(operands: Readonly<Record<string, Tensor | undefined>>): Record<string, Tensor> {
  return Object.fromEntries(
    Object.entries(operands).filter((entry): entry is [string, Tensor] => entry[1] !== undefined),
  );
}
