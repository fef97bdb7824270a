import {
  compileReference,
  emitWasm,
  type Node,
  parse,
  type WasmOptions,
  wasmImports,
} from "../../src/formula/index.ts";

/** Values by name; all inputs are of one length. */
export type Inputs = Readonly<Record<string, ArrayLike<number>>>;

/** The formula on the reference, in float64 or 32-bit integers. */
export function runReference(
  formula: Node | string,
  inputs: Inputs,
  params: Readonly<Record<string, number>> = {},
  mode: "float" | "int" = "float",
): Float64Array {
  const columns = Object.values(inputs);
  const n = columns[0]?.length ?? 1;
  const result = new Float64Array(n);
  const kernel = compileReference(nodeOf(formula), Object.keys(inputs), Object.keys(params), mode);
  kernel.run(
    (input, register, start, count) => {
      for (let i = 0; i < count; i++) register[i] = columns[input]?.[start + i] ?? Number.NaN;
    },
    Object.values(params),
    (register, start, count) => result.set(register.subarray(0, count), start),
    n,
  );
  return result;
}

/** The formula as WebAssembly, on copies of the inputs; the element after the last must stay as it was. */
export function runWasm(
  formula: Node | string,
  inputs: Inputs,
  params: Readonly<Record<string, number>> = {},
  options: WasmOptions & { readonly inPlace?: boolean } = {},
): Float32Array {
  const columns = Object.values(inputs);
  const n = Math.max(...columns.map(({ length }) => length));
  const stride = 4 * n + 20;
  const pages = Math.ceil((stride * (columns.length + 1)) / 65536);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: 65536, shared: options.sharedMemory ?? false });
  for (const [index, column] of columns.entries()) {
    const View = options.bytes?.[index] ? Uint8Array : Float32Array;
    new View(memory.buffer, index * stride, column.length).set(column);
  }
  const out = options.inPlace ? 0 : columns.length * stride;
  new Uint8Array(memory.buffer, out + (options.result === "bool" ? n : 4 * n), 4).fill(77);
  const bytes = emitWasm(nodeOf(formula), Object.keys(inputs), Object.keys(params), options);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory, ...wasmImports } });
  const run = exports["run"];
  if (typeof run !== "function") throw new Error("the module exports no run");
  run(n, out, ...columns.map((_, index) => index * stride), ...Object.values(params));
  const isBool = options.result === "bool";
  const guard = new Uint8Array(memory.buffer, out + (isBool ? n : 4 * n), 4);
  if (!guard.every((byte) => byte === 77)) throw new Error("the kernel wrote beyond its output");
  return isBool
    ? Float32Array.from(new Uint8Array(memory.buffer, out, n))
    : new Float32Array(memory.buffer, out, n).slice();
}

/** The edges that every formula must survive, with both signs, and NaN. */
export const edges: readonly number[] = [
  0,
  1e-45,
  1e-38,
  1e-30,
  1e-8,
  1e-3,
  0.5,
  1,
  2,
  3,
  20,
  88,
  88.72,
  88.73,
  104,
  1e4,
  3e38,
  Number.POSITIVE_INFINITY,
]
  .flatMap((x) => [x, -x])
  .concat(Number.NaN);

/** The edges, then `n` numbers of all sizes from a fixed stream. */
export function points(n: number, seed: number): Float32Array {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const scales = [
    () => next() * 2 - 1,
    () => next() * 20 - 10,
    () => next() * 220 - 110,
    () => (next() < 0.5 ? -1 : 1) * 10 ** (next() * 78 - 40),
  ];
  return Float32Array.from([...edges, ...Array.from({ length: n }, (_, i) => scales[i % 4]?.() ?? 0)]);
}

/** Float32 numbers between two; 0 for two NaNs, infinite where only one is NaN. */
export function ulps(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) === Number.isNaN(b) ? 0 : Number.POSITIVE_INFINITY;
  return Math.abs(order(a) - order(b));
}

const scratch = new Float32Array(1);
const scratchBits = new Int32Array(scratch.buffer);

function order(x: number): number {
  scratch[0] = x;
  const bits = scratchBits[0] ?? 0;
  return bits < 0 ? -(bits & 0x7fffffff) : bits;
}

function nodeOf(formula: Node | string): Node {
  return typeof formula === "string" ? parse(formula) : formula;
}
