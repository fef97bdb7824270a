import { type Node, type Step, schedule, toText } from "./ast.ts";
import { type Patch, patches } from "./instructions.ts";
import { canLower, isInteger, lower } from "./lower.ts";
import { parseMachine } from "./parse.ts";
import { assemble, type Code, emitLocal, emitSimd, op, type Signature, simd, valueType } from "./wasm-assembler.ts";
import { emitSplat, type Load, loopCode } from "./wasm-loop.ts";
import { ValueEmitter } from "./wasm-values.ts";

/** How a module is made. */
export interface WasmOptions {
  /** For each input, whether it is a single value that every element reads; none by default. */
  readonly splat?: readonly boolean[];
  /** For each input, whether it is stored as one byte per element, as bool and uint8 are; none by default. */
  readonly bytes?: readonly boolean[];
  /** Whether numbers are 32-bit integers that wrap, not float32; not by default. */
  readonly integers?: boolean;
  /** `f32` (default) stores 4 bytes per element, `bool` stores one byte, 1 or 0. */
  readonly result?: "f32" | "bool";
  /** Whether a function's series are computed by relaxed SIMD's multiply-add, which rounds once; not by default. */
  readonly relaxed?: boolean;
  /** Whether `env.memory` is shared; not by default. */
  readonly sharedMemory?: boolean;
}

/** The functions that a module may import from `env`, next to `memory`. */
export const wasmImports: Readonly<Record<Patch["import"], (x: number, y: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  fmod: (x, y) => x % y,
};

/** True where `emitWasm` takes the formula, on float32 or on `integers`; the reference runs the others. */
export function canEmit(formula: Node, { integers = false }: Pick<WasmOptions, "integers"> = {}): boolean {
  return integers ? isInteger(formula) : canLower(formula);
}

/** Whether this engine takes `relaxed` modules. */
export function hasRelaxedSimd(): boolean {
  relaxes ??= WebAssembly.validate(emitWasm(parseMachine("madd(x, x, x)"), ["x"], [], { relaxed: true }));
  return relaxes;
}

let relaxes: boolean | undefined;

/**
 * The bytes of a WebAssembly SIMD module that exports `run(n, out, in0, in1, …, p0, p1, …)`: n elements,
 * byte addresses of contiguous float32 (or bytes) in the imported `env.memory`, and the parameters. `out` may
 * be an input whose elements are at least as large. A lane's result depends on its own inputs only, and equal
 * inputs give equal bits on every machine (with `relaxed`, on machines of one kind), but for `sin`, `cos` and `tan`
 * beyond 2^20, which `Math` computes.
 *
 * Throws when a name is neither an input nor a parameter, and for functions that `canEmit` refuses.
 *
 * @example
 * const memory = new WebAssembly.Memory({ initial: 1 });
 * const bytes = emitWasm(parse("x * x + c"), ["x"], ["c"]);
 * const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, ...wasmImports } });
 * const values = new Float32Array(memory.buffer, 0, 3);
 * values.set([1, 2, 3]);
 * (exports["run"] as (...args: number[]) => void)(3, 0, 0, 10);
 * Array.from(values); // => [11, 14, 19]
 */
export function emitWasm(
  formula: Node,
  inputs: readonly string[],
  params: readonly string[],
  { splat = [], bytes = [], integers = false, result = "f32", relaxed = false, sharedMemory = false }: WasmOptions = {},
): Uint8Array<ArrayBuffer> {
  if (!canEmit(formula, { integers })) throw new TypeError(`formula: no WebAssembly form for "${toText(formula)}"`);
  const steps = schedule(integers ? formula : lower(formula));
  const imports = importsOf(steps);
  const addresses = inputs.length + 2;
  const isSplat = (name: string): boolean => splat[inputs.indexOf(name)] === true;
  const values = new ValueEmitter({
    steps,
    parameters: addresses + params.length,
    imports,
    integers,
    relaxed,
    invariantNames: new Set([...params, ...inputs.filter(isSplat)]),
  });
  const code: Code = [];
  const loads: Load[] = [];
  for (const { node } of steps) {
    if (node.kind !== "name") continue;
    const input = inputs.indexOf(node.name);
    const param = params.indexOf(node.name);
    if (input < 0 && param < 0) throw unknownName(node.name, [...inputs, ...params], formula);
    const local = values.addName(node.name);
    if (input >= 0 && !isSplat(node.name))
      loads.push({ name: node.name, address: 2 + input, local, bytes: bytes[input] === true });
    else {
      emitLocal(code, op.localGet, input >= 0 ? 2 + input : addresses + param);
      if (input < 0) emitSimd(code, integers ? simd.i32x4Splat : simd.f32x4Splat);
      else emitSplat(code, bytes[input] === true, integers);
      emitLocal(code, op.localSet, local);
    }
  }
  values.emitInvariants(code);
  code.push(...loopCode({ loads, values, integers, result }));
  return assemble({
    imports: imports.map((name) => ({ name, signature: patchSignature(name) })),
    sharedMemory,
    signature: {
      params: [...inputs, "n", "out"]
        .map((): number => valueType.i32)
        .concat(params.map(() => (integers ? valueType.i32 : valueType.f32))),
      results: [],
    },
    locals: values.locals,
    body: [...returnIfEmpty, ...values.constantCode, ...code],
  });
}

const returnIfEmpty: Code = [op.localGet, 0, op.i32Eqz, op.if, op.voidBlock, op.return, op.end];

function importsOf(steps: readonly Step[]): readonly Patch["import"][] {
  const used = new Set<Patch["import"]>();
  for (const { node } of steps) {
    const patch = node.kind === "call" ? patches[node.fn] : undefined;
    if (patch !== undefined) used.add(patch.import);
  }
  return [...used];
}

function patchSignature(name: Patch["import"]): Signature {
  const { f64 } = valueType;
  return { params: name === "fmod" ? [f64, f64] : [f64], results: [f64] };
}

function unknownName(name: string, known: readonly string[], formula: Node): TypeError {
  return new TypeError(
    `formula: "${name}" is none of the inputs and parameters (${known.join(", ")}) in "${toText(formula)}"`,
  );
}
