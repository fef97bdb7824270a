import { canEmit, emitWasm, wasmImports } from "../../formula/wasm.ts";
import type { Formula, WasmKernel } from "../../op.ts";
import { broadcastStrides, contiguousStrides, type Shape, sizeOf } from "../../shape.ts";
import { collapse, forEachRun } from "../../strided.ts";
import type { Tensor } from "../../tensor.ts";
import type { Engine } from "./engine.ts";

type Params = Readonly<Record<string, number>>;
type Run = (n: number, out: number, ...operandsAndParams: number[]) => void;

/** Where an operand's elements are, with strides (in elements) over the output's dimensions. */
interface Operand {
  readonly address: number;
  readonly strides: readonly number[];
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
  const moduleFor = (splat: readonly boolean[], memory: WebAssembly.Memory): Run => {
    const key = splat.join();
    const known = modules.get(key);
    if (known !== undefined) return known;
    const made = instantiateFormula(formula, splat, result, memory);
    modules.set(key, made);
    return made;
  };
  return {
    supports(inputs, output) {
      if (output.dtype !== result || !output.isContiguous || output.size === 0 || !inputs.every(isFloat32)) return false;
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
        const run = moduleFor(operands.map((_, k) => lastOf(walk.strides[k + 1]) === 0), engine.memory);
        forEachRun(walk.shape, walk.strides, all.map(() => 0), (starts, _, length) => {
          run(length, out + (starts[0] as number) * bytes, ...operands.map(({ address }, k) => address + 4 * (starts[k + 1] as number)), ...params);
        });
      });
    },
  };
}

const isFloat32 = (x: Tensor): boolean => x.isNumber || x.dtype === "float32";

const lastOf = (strides: readonly number[] | undefined): number => strides?.at(-1) ?? 0;

function operandOf(engine: Engine, input: Tensor, slot: number, shape: Shape): Operand {
  if (input.isNumber) return { address: engine.placeNumber(slot, input.item()), strides: shape.map(() => 0) };
  return { address: engine.address(input), strides: broadcastStrides(input, shape) };
}

function instantiateFormula(formula: Formula, splat: readonly boolean[], result: "bool" | "float32", memory: WebAssembly.Memory): Run {
  const bytes = emitWasm(formula.node, formula.inputs, formula.params, { splat, result: result === "bool" ? "bool" : "f32" });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, ...wasmImports } });
  return exports["run"] as Run;
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
    return many && own.some((step) => step !== 0) && own.some((step, dim) => step !== packed[dim]);
  });
  const found = operands[uneven];
  if (found === undefined) return body(operands);
  engine.withScratch(4 * sizeOf(shape), (address) => {
    engine.copyStrided(found, shape, address);
    withEvenOperands(engine, operands.with(uneven, { address, strides: contiguousStrides(shape) }), shape, body);
  });
}
