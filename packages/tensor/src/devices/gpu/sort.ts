import { isFloat } from "../../dtype.ts";
import { type Block, blockOf, type ReduceAttrs } from "../../ops/reduce/define.ts";
import { argsort, type SortAttrs, type TopkAttrs, topkIndices } from "../../ops/sort/argsort.ts";
import {
  type KthAttrs,
  kthIndex,
  medianBlock,
  medianIndex,
  modeIndex,
  nanmedianBlock,
  nanmedianIndex,
} from "../../ops/sort/ranks.ts";
import { type SearchAttrs, searchsorted } from "../../ops/sort/searchsorted.ts";
import type { Tensor } from "../../tensor.ts";
import { converted, wgslTypeOf } from "./elements.ts";
import type { GpuKernel } from "./kernel.ts";
import type { Runtime } from "./runtime.ts";
import { type Operand, runEach, type Scratch } from "./shader.ts";

/** Elements that are put in order by counting, before the runs are merged. */
const runLength = 32;

/**
 * Writes the places that sort each line of `x`, seen as `[outer, length, inner]`, in the same layout: equal elements keep
 * their order, NaN counts as largest. In each pass every element finds its place among two runs by bisection, so that
 * the result never depends on timing.
 */
export function sortLines(runtime: Runtime, x: Tensor, block: Block, descending: boolean, output: Operand): void {
  const { length, inner } = block;
  const functions = (): string => orderToWgsl(wgslTypeOf(x.dtype), descending);
  const widths: number[] = [];
  for (let width = runLength; width < length; width *= 2) widths.push(width);
  const takeScratch = (): Scratch => ({ buffer: runtime.buffers.take(x.size), type: "i32" });
  const spare = widths.length > 0 ? [takeScratch(), ...(widths.length > 1 ? [takeScratch()] : [])] : [];
  const target = (pass: number): Operand => (pass === widths.length ? output : (spare[pass % 2] as Scratch));
  const variant = String(descending);
  const first = { inputs: { x }, output: target(0), whole: { inner, length } };
  runEach(runtime, sortLines, variant, x.size, first, () => ({ functions: functions(), body: countInRun }));
  widths.forEach((width, pass) => {
    const job = { inputs: { x, order: target(pass) }, output: target(pass + 1), whole: { inner, length, width } };
    runEach(runtime, sortLines, variant, x.size, job, () => ({ functions: functions(), body: mergeRuns }));
  });
  for (const { buffer } of spare) runtime.buffers.give(buffer);
}

/** `comesFirst(x, y)`: whether x goes before y, which comes after it if neither does. */
const orderToWgsl = (type: string, descending: boolean): string =>
  `fn comesFirst(x : ${type}, y : ${type}) -> bool {
  ${type === "f32" ? `if (isNan(x) || isNan(y)) { return ${descending ? "isNan(x) && !isNan(y)" : "!isNan(x) && isNan(y)"}; }` : ""}
  return x ${descending ? ">" : "<"} y;
}`;

/** Every element's line, and where it is in it. */
const inLine = `let at = index / a.inner % a.length;
    let start = index - at * a.inner;`;

const countInRun = `${inLine}
    let own = x(index);
    let low = at - at % ${runLength}u;
    var rank = low;
    for (var k = low; k < min(a.length, low + ${runLength}u); k++) {
      let other = x(start + k * a.inner);
      if (comesFirst(other, own) || (k < at && !comesFirst(own, other))) { rank++; }
    }
    put(start + rank * a.inner, i32(at));`;

const mergeRuns = `${inLine}
    let place = order(index);
    let own = x(start + u32(place) * a.inner);
    let run = at / a.width;
    let left = run % 2u == 0u;
    // How many of the other run go before this element.
    let first = select((run - 1u) * a.width, (run + 1u) * a.width, left);
    var low = min(a.length, first);
    var high = min(a.length, first + a.width);
    let begin = low;
    while (low < high) {
      let middle = (low + high) / 2u;
      let other = x(start + u32(order(start + middle * a.inner)) * a.inner);
      let before = comesFirst(other, own) || (!left && !comesFirst(own, other));
      if (before) { low = middle + 1u; } else { high = middle; }
    }
    let base = select(at - a.width, at, left);
    put(start + (base + low - begin) * a.inner, place);`;

const gpuArgsort: GpuKernel<SortAttrs> = (runtime, [x], output, { dim, descending }) =>
  sortLines(runtime, x as Tensor, blockOf((x as Tensor).shape, { dim, span: 1 }), descending, output);

const gpuTopk: GpuKernel<TopkAttrs> = (runtime, [x], output, { dim, k, largest }) => {
  const { shape } = x as Tensor;
  pick(runtime, gpuTopk, x as Tensor, { dim, span: 1 }, largest, output, { k: shape.length === 0 ? 1 : k }, topOfLine);
};

const topOfLine = `let inner = index % a.inner;
    let place = index / a.inner % a.k;
    let start = index / a.inner / a.k * a.length * a.inner + inner;
    put(index, order(start + place * a.inner));`;

/** Sorts the lines, then runs `body` for each element of the output: `order` holds the places, `start` begins a line. */
function pick(
  runtime: Runtime,
  owner: object,
  x: Tensor,
  attrs: ReduceAttrs,
  descending: boolean,
  output: Tensor,
  whole: Readonly<Record<string, number>>,
  body: string,
): void {
  const block = blockOf(x.shape, attrs);
  const order: Scratch = { buffer: runtime.buffers.take(x.size), type: "i32" };
  sortLines(runtime, x, block, descending, order);
  const job = { inputs: { x, order }, output, whole: { inner: block.inner, length: block.length, ...whole } };
  const type = wgslTypeOf(x.dtype);
  runEach(runtime, owner, "", output.size, job, () => ({ functions: lineToWgsl(type), body }));
  runtime.buffers.give(order.buffer);
}

/** What is asked of a sorted line: NaN stand at its end. */
const lineToWgsl = (type: string): string => `
fn placeAt(start : u32, k : u32) -> u32 { return u32(order(start + k * a.inner)); }
fn valueAt(start : u32, k : u32) -> ${type} { return x(start + placeAt(start, k) * a.inner); }
fn isMissing(value : ${type}) -> bool { return ${type === "f32" ? "isNan(value)" : "false"}; }
fn countNumbers(start : u32) -> u32 {
  var low = 0u;
  var high = a.length;
  while (low < high) {
    let middle = (low + high) / 2u;
    if (isMissing(valueAt(start, middle))) { high = middle; } else { low = middle + 1u; }
  }
  return low;
}`;

/** A kernel that makes one number of each sorted line, which begins at `start`. */
function ranked<A extends ReduceAttrs>(
  statement: string,
  wholeOf: (attrs: A) => Readonly<Record<string, number>> = () => ({}),
): GpuKernel<A> {
  const body = `let start = index / a.inner * a.length * a.inner + index % a.inner;
    ${statement}`;
  const kernel: GpuKernel<A> = (runtime, [x], output, attrs) =>
    pick(runtime, kernel, x as Tensor, attrs, false, output, wholeOf(attrs), body);
  return kernel;
}

const middleOf = (count: string): string => `(max(1u, ${count}) - 1u) / 2u`;

const median = ranked(`let numbers = countNumbers(start);
    put(index, i32(placeAt(start, select(numbers, ${middleOf("a.length")}, numbers == a.length))));`);

const nanmedian = ranked(`put(index, i32(placeAt(start, ${middleOf("countNumbers(start)")})));`);

const medianValue = ranked(`let numbers = countNumbers(start);
    put(index, valueAt(start, select(a.length - 1u, ${middleOf("a.length")}, numbers == a.length)));`);

const nanmedianValue = ranked(`put(index, valueAt(start, ${middleOf("countNumbers(start)")}));`);

const mode = ranked(`var most = 0u;
    var found = 0u;
    var run = 0u;
    for (var k = 0u; k < a.length; k++) {
      let same = k > 0u && valueAt(start, k) == valueAt(start, max(k, 1u) - 1u);
      run = select(1u, run + 1u, same);
      if (run > most) {
        most = run;
        found = placeAt(start, k);
      }
    }
    put(index, i32(found));`);

const kth = ranked<KthAttrs>("put(index, i32(placeAt(start, a.k)));", ({ k }) => ({ k: k - 1 }));

const gpuSearchsorted: GpuKernel<SearchAttrs> = (runtime, [sorted, x], output, { right }) => {
  const [line, values] = [sorted as Tensor, x as Tensor];
  const length = line.shape.at(-1) as number;
  const width = line.ndim === 1 ? output.size : (output.shape.at(-1) as number);
  const inputs = values.isNumber ? { sorted: line } : { sorted: line, x: values };
  const number = values.isNumber ? (values.storage.data[0] as number) : 0;
  // Between integers a number stands for the next one, so that all of them are told apart.
  const bound = right ? Math.floor(number) : Math.ceil(number);
  const isWhole = !isFloat(line.dtype) && (values.isNumber ? (bound | 0) === bound : !isFloat(values.dtype));
  const type = isWhole ? "int32" : "float32";
  const given = isWhole ? "bitcast<i32>(a.value)" : "a.value";
  const wanted = values.isNumber ? given : converted("x(index)", values.dtype, type);
  const found = converted("sorted(start + middle)", line.dtype, type);
  const sizes = { length, width };
  const job = isWhole
    ? { inputs, output, whole: { ...sizes, value: bound } }
    : { inputs, output, whole: sizes, floats: { value: number } };
  const variant = [right, type, values.isNumber, line.dtype, values.dtype].join();
  runEach(runtime, gpuSearchsorted, variant, output.size, job, () => ({
    // NaN goes behind everything.
    body: `let start = index / a.width * a.length;
    var low = 0u;
    var high = a.length;
    while (low < high) {
      let middle = (low + high) / 2u;
      if (${found} ${right ? ">" : ">="} ${wanted}) { high = middle; } else { low = middle + 1u; }
    }
    put(index, i32(low));`,
  }));
};

export const sortKernels = {
  argsort: [argsort.op, gpuArgsort],
  kthIndex: [kthIndex.op, kth],
  medianBlock: [medianBlock.op, medianValue],
  medianIndex: [medianIndex.op, median],
  modeIndex: [modeIndex.op, mode],
  nanmedianBlock: [nanmedianBlock.op, nanmedianValue],
  nanmedianIndex: [nanmedianIndex.op, nanmedian],
  searchsorted: [searchsorted.op, gpuSearchsorted],
  topkIndices: [topkIndices.op, gpuTopk],
} as const;
