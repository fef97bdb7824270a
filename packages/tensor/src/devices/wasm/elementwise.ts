import { bytesPerElement, resultType } from "../../dtype.ts";
import { parse } from "../../formula/parse.ts";
import { canEmit, emitWasm, hasRelaxedSimd } from "../../formula/wasm.ts";
import type { Formula, WasmKernel } from "../../op.ts";
import { broadcastStrides, contiguousStrides, type Shape, sameShape, sizeOf } from "../../shape.ts";
import { collapse, forEachRunOf, type Walk } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Engine } from "./engine.ts";
import { Loops } from "./loops.ts";
import type { Kernel, RowSplit } from "./threads/split.ts";

type Params = Readonly<Record<string, number>>;

/** How a module reads one operand: a base-8 digit of the module's key. */
const reads = { words: 0, oneWord: 1, bytes: 2, oneByte: 3, number: 4 } as const;

/**
 * The SIMD kernel of an elementwise op, generated from its formula for each way in which operands are read: element by
 * element, one element for all, or a plain number, which is passed like a parameter.
 */
export class FormulaKernel implements WasmKernel<unknown> {
  readonly #formula: Formula;
  readonly #modules = new Loops<number>();
  #emitsFloats: boolean | undefined;
  #emitsIntegers: boolean | undefined;

  constructor(formula: Formula) {
    this.#formula = formula;
  }

  supports(inputs: readonly Tensor[], output: Tensor): boolean {
    if (output.size === 0 || !output.isContiguous) return false;
    if (!(output.dtype === "float32" || output.dtype === "int32" || this.#formula.result === "bool")) return false;
    for (let i = 0; i < inputs.length; i++) if (!isReadable(inputs[i] as Tensor)) return false;
    if (isIntegers(inputs, output)) {
      this.#emitsIntegers ??= this.#formula.params.length === 0 && canEmit(this.#formula.node, { integers: true });
      return this.#emitsIntegers;
    }
    this.#emitsFloats ??= canEmit(this.#formula.node);
    return this.#emitsFloats;
  }

  run(inputs: readonly Tensor[], output: Tensor, attrs: unknown, engine: Engine): void {
    const { shape } = output;
    const integers = isIntegers(inputs, output);
    let key = 0;
    let count = 0;
    for (let i = 0, digit = 1; i < inputs.length; i++, digit *= 8) {
      const input = inputs[i] as Tensor;
      const how = wayToRead(input, shape, integers);
      if (how < 0) {
        this.#runUneven(inputs, output, attrs as Params, integers, engine);
        return;
      }
      key += digit * how;
      if (how !== reads.number) values[count++] = engine.address(input);
    }
    const run = this.#module(key, inputs.length, integers, engine);
    if (count < inputs.length + this.#formula.params.length) count = this.#addNumbers(count, inputs, attrs as Params);
    call(run, sizeOf(shape), engine.address(output), count);
  }

  /** Operands that broadcast or skip elements: one call for each run in which all step evenly. */
  #runUneven(inputs: readonly Tensor[], output: Tensor, params: Params, integers: boolean, engine: Engine): void {
    const { shape } = output;
    const operands = inputs
      .filter((input) => !input.isNumber)
      .map((input) => operandOf(engine, input, shape, integers));
    const out = engine.address(output);
    const bytes = bytesPerElement[output.dtype];
    withEvenOperands(engine, operands, shape, (even, walk) => {
      let key = 0;
      let left = even.length;
      for (let i = inputs.length - 1; i >= 0; i--) {
        const isNumber = (inputs[i] as Tensor).isNumber;
        key =
          8 * key + (isNumber ? reads.number : readsOf(even[--left] as Operand, lastOf(walk.strides[left + 1]) === 0));
      }
      const run = this.#module(key, inputs.length, integers, engine);
      const count = this.#addNumbers(even.length, inputs, params);
      if (run.eachRun?.(walk, [{ address: out, bytes }, ...even], values.slice(even.length, count))) return;
      forEachRunOf(
        walk,
        walk.strides.map(() => 0),
        (starts, _, length) => {
          for (let k = 0; k < even.length; k++) {
            const operand = even[k] as Operand;
            values[k] = operand.address + operand.bytes * (starts[k + 1] as number);
          }
          call(run, length, out + (starts[0] as number) * bytes, count);
        },
      );
    });
  }

  /** Puts what is passed as a number into `values` from `count` on. Returns how many there are then. */
  #addNumbers(count: number, inputs: readonly Tensor[], params: Params): number {
    let next = count;
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i] as Tensor;
      if (input.isNumber) values[next++] = input.item();
    }
    const names = this.#formula.params;
    for (let i = 0; i < names.length; i++) values[next++] = params[names[i] as string] as number;
    return next;
  }

  #module(ways: number, count: number, integers: boolean, engine: Engine): Kernel {
    const key = 2 * ways + (integers ? 1 : 0);
    const known = this.#modules.get(key, engine);
    if (known !== undefined) return known;
    const { node, inputs, params, result } = this.#formula;
    const digits = Array.from({ length: count }, (_, i) => Math.floor(ways / 8 ** i) % 8);
    const placed = inputs.filter((_, i) => digits[i] !== reads.number);
    const numbers = inputs.filter((_, i) => digits[i] === reads.number);
    const placedDigits = digits.filter((how) => how !== reads.number);
    const bytes = emitWasm(node, placed, [...numbers, ...params], {
      splat: placedDigits.map((how) => how === reads.oneWord || how === reads.oneByte),
      bytes: placedDigits.map((how) => how === reads.bytes || how === reads.oneByte),
      integers,
      result: result === "bool" ? "bool" : "f32",
      relaxed: hasRelaxedSimd(),
      sharedMemory: engine.isShared,
    });
    const steps = placedDigits.map((how) => bytesToNext[how] ?? 0);
    return this.#modules.add(key, bytes, splitOf(bytes, [result === "bool" ? 1 : 4, ...steps]), engine);
  }
}

/** By the way of reading. */
const bytesToNext = [4, 0, 1, 0];

/** Threads take elements: `steps` are the bytes from one to the next, of the output first. */
const splitOf = (bytes: Uint8Array, steps: readonly number[]): RowSplit => ({
  rows: 0,
  steps: () => [0, ...steps],
  // the longer the code, the longer it takes
  cost: () => 0.2 + bytes.length / 2000,
  multiple: 64,
});

/** Whether it is computed in 32-bit integers, else in float32. */
const isIntegers = (inputs: readonly Tensor[], { dtype }: Tensor): boolean =>
  dtype !== "float32" && (dtype === "int32" || resultType(inputs) === "int32");

/** What the next kernel is called with after its length and output: addresses, then numbers. */
const values: number[] = [];

/** A spread argument costs more than a kernel over few elements. */
function call(run: Kernel, n: number, out: number, count: number): void {
  const a = values[0] as number;
  if (count === 1) run(n, out, a);
  else if (count === 2) run(n, out, a, values[1] as number);
  else if (count === 3) run(n, out, a, values[1] as number, values[2] as number);
  else run(n, out, ...values.slice(0, count));
}

/** What a formula computes for float32 alone. */
export function floatLoop(inputs: readonly string[], text: string): (engine: Engine) => Kernel {
  const loops = new Loops<string>();
  return (engine) => {
    const known = loops.get(text, engine);
    if (known !== undefined) return known;
    const bytes = emitWasm(parse(text), inputs, [], { relaxed: hasRelaxedSimd(), sharedMemory: engine.isShared });
    return loops.add(text, bytes, splitOf(bytes, [4, ...inputs.map(() => 4)]), engine);
  };
}

const isReadable = (x: Tensor): boolean => x.isNumber || x.dtype !== "float64";

const isByte = ({ dtype }: Tensor): boolean => dtype === "bool" || dtype === "uint8";

/** How to read an operand whose elements lie as those of a contiguous `shape` do, or are one; else -1. */
function wayToRead(x: Tensor, shape: Shape, integers: boolean): number {
  if (x.isNumber) return reads.number;
  if (x.dtype === "int32" && !integers) return -1;
  if (sameShape(x.shape, shape) && x.isContiguous) return isByte(x) ? reads.bytes : reads.words;
  if (x.size === 1) return isByte(x) ? reads.oneByte : reads.oneWord;
  return -1;
}

/** Where an operand's elements are, with strides (in elements) over the output's dimensions. */
interface Operand {
  readonly address: number;
  readonly strides: readonly number[];
  /** Of one element: 1 for bool and uint8, else 4. */
  readonly bytes: 1 | 4;
  /** Holds int32 that must become float32 first. */
  readonly converts: boolean;
}

const operandOf = (engine: Engine, input: Tensor, shape: Shape, integers: boolean): Operand => ({
  address: engine.address(input),
  strides: broadcastStrides(input, shape),
  bytes: isByte(input) ? 1 : 4,
  converts: input.dtype === "int32" && !integers,
});

function readsOf({ bytes }: Operand, one: boolean): number {
  if (bytes === 4) return one ? reads.oneWord : reads.words;
  return one ? reads.oneByte : reads.bytes;
}

const lastOf = (strides: readonly number[] | undefined): number => strides?.at(-1) ?? 0;

/** Runs shorter than this are not worth a call each. */
const shortRun = 32;

type Even = (operands: readonly Operand[], walk: Walk) => void;

/**
 * Calls `body` with operands that step by 1 or 0 within each innermost run. Those that do not, or that would break the
 * output into many short runs, are spread out in scratch memory first.
 */
function withEvenOperands(engine: Engine, operands: readonly Operand[], shape: Shape, body: Even): void {
  const packed = contiguousStrides(shape);
  const walk = collapse(shape, [packed, ...operands.map(({ strides }) => strides)]);
  const many = walk.shape.length > 1 && (walk.shape.at(-1) ?? 1) < shortRun;
  const even = contiguousStrides(walk.shape);
  const uneven = operands.findIndex((_, k) => {
    const own = walk.strides[k + 1] ?? [];
    if (lastOf(own) > 1 || operands[k]?.converts) return true;
    return many && own.some((step) => step !== 0) && own.some((step, dim) => step !== even[dim]);
  });
  const found = operands[uneven];
  if (found === undefined) {
    body(operands, walk);
    return;
  }
  engine.withScratch(found.bytes * sizeOf(shape), (address) => {
    engine.copyStrided(found, shape, address, found.bytes);
    if (found.converts) engine.kernels.intsToFloats(address, address, sizeOf(shape));
    withEvenOperands(
      engine,
      operands.with(uneven, { address, strides: packed, bytes: found.bytes, converts: false }),
      shape,
      body,
    );
  });
}
