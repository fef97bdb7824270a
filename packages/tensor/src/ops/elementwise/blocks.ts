import type { DType, TypedArray } from "../../dtype.ts";
import type { ReferenceKernel } from "../../formula/reference.ts";
import { broadcastStrides, contiguousStrides, sizeOf } from "../../shape.ts";
import { collapse } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";

/** Runs a formula over whole tensors: reads operands of any strides block by block, rounds once at the store. */
export function runBlocks(
  evaluator: ReferenceKernel,
  operands: readonly Tensor[],
  output: Tensor,
  params: readonly number[],
  promoted: DType,
): void {
  const readers = operands.map((operand) => reader(operand, output, promoted));
  const data = output.storage.data;
  const { offset } = output;
  evaluator.run(
    (input, register, start, count) => readers[input]?.(register, start, count),
    params,
    output.dtype === "bool"
      ? (register, start, count) => storeTruth(data, offset + start, register, count)
      : (register, start, count) => data.set(register.subarray(0, count), offset + start),
    sizeOf(output.shape),
  );
}

function storeTruth(data: TypedArray, at: number, register: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) data[at + i] = register[i] === 0 ? 0 : 1;
}

type Reader = (register: Float64Array, start: number, count: number) => void;

/** Fills a register with the elements that `operand`, broadcast to the output's shape, has from `start` on. */
function reader(operand: Tensor, output: Tensor, promoted: DType): Reader {
  const { data } = operand.storage;
  const walk = collapse(output.shape, [broadcastStrides(operand, output.shape)]);
  const steps = walk.strides[0] as readonly number[];
  const at = operand.offset;
  if (steps.every((step) => step === 0)) {
    const value = roundTo(promoted, data[at] as number, operand.isNumber);
    return (register, _, count) => void register.fill(value, 0, count);
  }
  if (steps.length === 1) return stepReader(data, at, steps[0] as number);
  return walkReader(data, at, walk.shape, steps);
}

/** A plain number is rounded to float32 where the other operands are float32, as PyTorch does. */
const roundTo = (promoted: DType, value: number, isNumber: boolean): number =>
  isNumber && promoted === "float32" ? Math.fround(value) : value;

function stepReader(data: TypedArray, at: number, step: number): Reader {
  if (step === 1) return (register, start, count) => void register.set(data.subarray(at + start, at + start + count));
  return (register, start, count) => {
    for (let i = 0, from = at + start * step; i < count; i++, from += step) register[i] = data[from] as number;
  };
}

function walkReader(data: TypedArray, at: number, shape: readonly number[], steps: readonly number[]): Reader {
  const last = shape.length - 1;
  const inner = shape[last] as number;
  const step = steps[last] as number;
  const outer = contiguousStrides(shape.slice(0, last));
  return (register, start, count) => {
    let done = 0;
    while (done < count) {
      let row = Math.floor((start + done) / inner);
      const column = (start + done) % inner;
      let from = at + column * step;
      for (let dim = 0; dim < last; dim++) {
        const each = outer[dim] as number;
        from += Math.floor(row / each) * (steps[dim] as number);
        row %= each;
      }
      const run = Math.min(inner - column, count - done);
      for (let i = 0; i < run; i++, from += step) register[done + i] = data[from] as number;
      done += run;
    }
  };
}
