import { canEmit, emitWasm, wasmImports } from "../../formula/wasm.ts";
import type { Formula, WasmKernel } from "../../op.ts";
import { broadcastStrides, contiguousStrides, sameShape, type Shape, sizeOf } from "../../shape.ts";
import { collapse, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Engine } from "./engine.ts";

type Params = Readonly<Record<string, number>>;
type Run = (n: number, out: number, ...operandsAndParams: number[]) => void;

/** Where an operand's elements are, with strides (in elements) over the output's dimensions. */
interface Operand {
  readonly address: number;
  readonly strides: readonly number[];
  /** Of one element: 1 for bool and uint8, else 4. */
  readonly bytes: number;
}

const kernels = new WeakMap<Formula, WasmKernel<unknown>>();

/** The SIMD kernel of an elementwise op, generated from its formula for each pattern of repeated operands. */
export function formulaKernel(formula: Formula): WasmKernel<unknown> {
  let kernel = kernels.get(formula);
  if (kernel === undefined) {
    kernel = makeKernel(formula);
    kernels.set(formula, kernel);
  }
  return kernel;
}

function makeKernel(formula: Formula): WasmKernel<unknown> {
  const result = formula.result === "bool" ? ("bool" as const) : ("float32" as const);
  const bytes = result === "bool" ? 1 : 4;
  const modules = new Map<string, Run>();
  let emits: boolean | undefined;
  const moduleFor = (splat: readonly boolean[], operands: readonly Operand[], memory: WebAssembly.Memory): Run => {
    const narrow = operands.map((operand) => operand.bytes === 1);
    const key = `${splat.join()} ${narrow.join()}`;
    const known = modules.get(key);
    if (known !== undefined) return known;
    const bytesOf = emitWasm(formula.node, formula.inputs, formula.params, { splat, bytes: narrow, result: result === "bool" ? "bool" : "f32" });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytesOf), { env: { memory, ...wasmImports } });
    const made = exports["run"] as Run;
    modules.set(key, made);
    return made;
  };
  return {
    supports(inputs, output) {
      if (output.dtype !== result || !output.isContiguous || output.size === 0) return false;
      if (!inputs.every((input) => isReadable(input, output.shape))) return false;
      emits ??= canEmit(formula.node);
      return emits;
    },
    run(inputs, output, attrs, engine) {
      const { shape } = output;
      const params = formula.params.map((name) => (attrs as Params)[name] as number);
      const out = engine.address(output);
      withEvenOperands(engine, inputs.map((input, slot) => operandOf(engine, input, slot, shape)), shape, (operands) => {
        const all = [contiguousStrides(shape), ...operands.map(({ strides }) => strides)];
        const walk = collapse(shape, all);
        const run = moduleFor(operands.map((_, k) => lastOf(walk.strides[k + 1]) === 0), operands, engine.memory);
        forEachRun(walk.shape, walk.strides, all.map(() => 0), (starts, _, length) => {
          run(length, out + (starts[0] as number) * bytes, ...operands.map((operand, k) => operand.address + operand.bytes * (starts[k + 1] as number)), ...params);
        });
      });
    },
  };
}

/** float32 of any strides; bytes where they need not be spread out first. */
function isReadable(x: Tensor, shape: Shape): boolean {
  if (x.isNumber || x.dtype === "float32") return true;
  return isByte(x) && (x.size === 1 || (x.isContiguous && sameShape(x.shape, shape)));
}

const isByte = (x: Tensor): boolean => x.dtype === "bool" || x.dtype === "uint8";

const lastOf = (strides: readonly number[] | undefined): number => strides?.at(-1) ?? 0;

function operandOf(engine: Engine, input: Tensor, slot: number, shape: Shape): Operand {
  if (input.isNumber) return { address: engine.placeNumber(slot, input.item()), strides: shape.map(() => 0), bytes: 4 };
  return { address: engine.address(input), strides: broadcastStrides(input, shape), bytes: isByte(input) ? 1 : 4 };
}

/** Runs shorter than this are not worth a call each. */
const shortRun = 32;

/**
 * Calls `body` with operands that step by 1 or 0 within each innermost run. Those that do not, or that would break the
 * output into many short runs, are spread out in scratch memory first.
 */
function withEvenOperands(engine: Engine, operands: readonly Operand[], shape: Shape, body: (operands: readonly Operand[]) => void): void {
  const walk = collapse(shape, [contiguousStrides(shape), ...operands.map(({ strides }) => strides)]);
  const many = walk.shape.length > 1 && (walk.shape.at(-1) ?? 1) < shortRun;
  const packed = contiguousStrides(walk.shape);
  const uneven = operands.findIndex((_, k) => {
    const own = walk.strides[k + 1] ?? [];
    if (lastOf(own) > 1) return true;
    return many && operands[k]?.bytes === 4 && own.some((step) => step !== 0) && own.some((step, dim) => step !== packed[dim]);
  });
  const found = operands[uneven];
  if (found === undefined) return body(operands);
  engine.withScratch(4 * sizeOf(shape), (address) => {
    engine.copyStrided(found, shape, address);
    withEvenOperands(engine, operands.with(uneven, { address, strides: contiguousStrides(shape), bytes: 4 }), shape, body);
  });
}
